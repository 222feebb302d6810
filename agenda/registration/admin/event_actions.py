"""Calling off and moving an event: buttons on its page, and screens that ask what to tell to those who registered."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateTimeInput
from wagtail.models import Page

from agenda.models import EventPage
from agenda.registration import protecting, telling
from agenda.registration.refusals import RegistrationRefused

from .access import HOME, AboutEvent


def is_to_come(event: EventPage) -> bool:
    return bool(event.live and not event.alias_of_id and event.ends_at and event.ends_at > timezone.now())


class EventButton(PageMenuItem):
    def is_shown(self, user):
        event = self.page.specific
        return self.fits(event) and event.permissions_for_user(user).can_publish()

    def fits(self, event: EventPage) -> bool:
        """Whether there is anything to do with ``event``."""
        raise NotImplementedError


class PeopleButton(PageMenuItem):
    label = _("Aanmeldingen")
    icon_name = "group"
    url_name = "registrations:event"
    priority = 4

    def is_shown(self, user):
        event = self.page.specific
        return event.registers_here and event.permissions_for_user(user).can_edit()


class MoveButton(EventButton):
    label = _("Verzetten")
    icon_name = "date"
    url_name = "registrations:move_event"
    priority = 6

    def fits(self, event):
        return is_to_come(event) and not event.cancelled


class CallOffButton(EventButton):
    label = _("Afgelasten")
    icon_name = "cross"
    url_name = "registrations:call_off"
    priority = 7

    def fits(self, event):
        return is_to_come(event) and not event.cancelled


class ReinstateButton(EventButton):
    label = _("Toch laten doorgaan")
    icon_name = "undo"
    url_name = "registrations:reinstate"
    priority = 7

    def fits(self, event):
        return is_to_come(event) and event.cancelled


def buttons(page: Page, user, **kwargs) -> list[PageMenuItem]:
    """What one can do with ``page`` when it is an event."""
    if page.specific_class is not EventPage:
        return []
    return [button(page=page) for button in (PeopleButton, MoveButton, CallOffButton, ReinstateButton)]


class TellForm(forms.Form):
    message = forms.CharField(label=_("Bericht"), max_length=5_000, widget=AdminAutoHeightTextInput)

    def __init__(self, *args, event: EventPage, people: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.event = event
        if not people:
            del self.fields["message"]

    def carry_out(self, user) -> int:
        """Do it; gives the number of mails."""
        raise NotImplementedError

    @property
    def told(self) -> str:
        return self.cleaned_data.get("message", "")


class CallOffForm(TellForm):
    def carry_out(self, user):
        return telling.call_off(self.event, user, self.told)


class ReinstateForm(TellForm):
    def carry_out(self, user):
        return telling.reinstate(self.event, user, self.told)


class MoveForm(TellForm):
    start = forms.DateTimeField(label=_("Nieuw begin"), widget=AdminDateTimeInput)
    end = forms.DateTimeField(
        label=_("Nieuw einde"), required=False, widget=AdminDateTimeInput, help_text=_("Leeg bij een open einde.")
    )
    field_order = ["start", "end", "message"]

    def clean_start(self) -> datetime.datetime:
        start = self.cleaned_data["start"]
        if start <= timezone.now():
            raise ValidationError(_("Dit moment is al geweest."))
        return start

    def carry_out(self, user):
        return telling.move(self.event, user, self.cleaned_data["start"], self.cleaned_data["end"], self.told)


class TellView(AboutEvent, WagtailAdminTemplateMixin, FormView):
    """Asks what to tell, says to how many, and does it; without people there is nothing to tell."""

    template_name = "agenda/registrations/form.html"

    def may(self, permissions):
        return permissions.can_publish()

    @property
    def people(self) -> int:
        return self.event.registrations.active().count()

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.event.pk])

    def get_page_title(self):
        return self.question % {"title": self.event.title}

    def get_breadcrumbs_items(self):
        event = {"url": self.edit_url, "label": self.event.get_admin_display_title()}
        return [*HOME, event, {"url": "", "label": self.get_page_title()}]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"event": self.event, "people": self.people}

    def form_valid(self, form: TellForm) -> HttpResponse:
        try:
            mails = form.carry_out(self.request.user)
        except RegistrationRefused as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as error:
            for name, problems in error.message_dict.items():
                form.add_error(name if name in form.fields else None, problems)
        else:
            messages.success(self.request, f"{self.done} {in_words(mails)}")
            return redirect(self.edit_url)
        return self.form_invalid(form)

    def get_context_data(self, **kwargs):
        people = self.people
        everybody = _("Iedereen krijgt uw bericht per mail, ook wie op de wachtlijst staat.")
        nobody = _("Er is niemand aangemeld; er gaat geen mail uit.")
        told = f"{protecting.in_words(people)} {everybody}" if people else nobody
        context = super().get_context_data(**kwargs)
        return context | {
            "media": context["form"].media,
            "explanation": f"{self.explanation} {told}",
            "submit_button_label": self.verb,
            "back": self.edit_url,
        }


def in_words(mails: int) -> str:
    return ngettext("Er gaat %d mail uit.", "Er gaan %d mails uit.", mails) % mails if mails else ""


class CallOffView(TellView):
    form_class = CallOffForm
    header_icon = "cross"
    question = _("‘%(title)s’ afgelasten")
    explanation = _(
        "Op de site staat meteen dat de bijeenkomst niet doorgaat, ook bij mensen die haar in hun agenda hebben. De "
        "pagina blijft staan."
    )
    verb = _("Afgelasten")
    done = _("De bijeenkomst is afgelast.")


class ReinstateView(TellView):
    form_class = ReinstateForm
    header_icon = "undo"
    question = _("‘%(title)s’ toch laten doorgaan")
    explanation = _("De bijeenkomst staat weer gewoon op de site. Wie aangemeld was, is dat nog.")
    verb = _("Toch laten doorgaan")
    done = _("De bijeenkomst gaat toch door.")


class MoveEventView(TellView):
    form_class = MoveForm
    header_icon = "date"
    question = _("‘%(title)s’ verzetten")
    explanation = _(
        "De nieuwe tijd staat meteen op de site. Kijk daarna zelf het programma na, en tot wanneer aanmelden kan: die "
        "schuiven niet mee."
    )
    verb = _("Verzetten")
    done = _("De bijeenkomst is verzet.")

    def get_initial(self):
        return {"start": self.event.start, "end": self.event.end}


def refuse_deleting(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    """An answer instead of deleting ``pages`` when that would lose people who are registered; ``None`` when not."""
    return _refuse(request, pages, _("Verwijderen kan pas na afloop."))


def refuse_unpublishing(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    """An answer instead of taking ``pages`` offline when people are to come who would look for them; else ``None``."""
    return _refuse(request, pages, _("Offline halen kan pas na afloop."))


def _refuse(request: HttpRequest, pages: list[Page], rule: str) -> HttpResponse | None:
    people = sum(protecting.people_below(page) for page in pages)
    if not people:
        return None
    advice = _("Gaat de bijeenkomst niet door? Kies dan bij Acties ‘Afgelasten’.")
    messages.error(request, f"{protecting.in_words(people)} {rule} {advice}")
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)
