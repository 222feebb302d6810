"""The list at the door of each hall: who has a place, with a box to tick; a page for every session."""

from typing import NamedTuple

from django import forms
from django.db.models.functions import Lower
from django.views.generic import TemplateView

from agenda.models import EventSession, Registration

from .access import AboutEvent


class Sheet(NamedTuple):
    session: EventSession | None
    people: list[Registration]


class SessionForm(forms.Form):
    """Which session; all of them when none is named."""

    session = forms.ModelChoiceField(queryset=EventSession.objects.none(), required=False)

    def __init__(self, event, *args):
        super().__init__(*args)
        self.fields["session"].queryset = EventSession.objects.filter(event=event.pk)


class PrintView(AboutEvent, TemplateView):
    """On paper there are no pages to leaf through: everybody at once, in two queries."""

    template_name = "agenda/registrations/print.html"

    def get_context_data(self, **kwargs):
        form = SessionForm(self.event, self.request.GET)
        chosen = form.is_valid() and form.cleaned_data["session"]
        return super().get_context_data(**kwargs) | {"event": self.event, "sheets": self.sheets(chosen or None)}

    def sheets(self, chosen: EventSession | None) -> list[Sheet]:
        sessions = [chosen] if chosen else list(EventSession.objects.filter(event=self.event.pk))
        by_session: dict[int | None, list[Registration]] = {session.pk: [] for session in sessions}
        people = self.event.registrations.filter(state=Registration.State.CONFIRMED).order_by(Lower("name"), "pk")
        if chosen:
            people = people.filter(session=chosen)
        for person in people:
            by_session.setdefault(person.session_id, []).append(person)
        titles = {session.pk: session for session in sessions}
        return [Sheet(titles.get(pk), found) for pk, found in by_session.items()] or [Sheet(None, [])]
