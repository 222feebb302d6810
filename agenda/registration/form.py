"""What somebody fills in to register: the fields that every event asks, and the questions of this one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agenda.models import EventPage, EventQuestion
from cms.form_fields import AddressField, LinesField, OneLineField
from cms.models import Audience

from .desk import Entry

QUESTION = "question_"
"""How the names of the fields of extra questions begin; the id of the question follows."""
MAX_ANSWER = 2_000
WANTS_NEWSLETTER = _("Ja, ik wil de nieuwsbrief van Sterk Techniekonderwijs ontvangen")
"""What one agrees to; ``newsletter.subscribing.wording`` gives it another version when it changes."""


class RegistrationForm(forms.Form):
    """For an event that is registered for here; ``entry`` is what was filled in, once the form is valid.

    Whether there is a place left is not asked here, but when registering.
    """

    name = OneLineField(label=_("Naam"), max_length=120, error_messages={"required": _("Vul een naam in.")})
    email = AddressField(
        label=_("E-mailadres"),
        max_length=254,
        help_text=_("Hierheen sturen we de bevestiging."),
        error_messages={"required": _("Vul een e-mailadres in.")},
    )
    organisation = OneLineField(label=_("School of bedrijf"), max_length=150, required=False)

    def __init__(self, event: EventPage, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.event = event
        self._add_audience()
        self._add_sessions()
        for question in event.questions.all():
            self.fields[f"{QUESTION}{question.pk}"] = field_for(question)
        self.fields["newsletter"] = forms.BooleanField(label=WANTS_NEWSLETTER, required=False)

    def _add_audience(self) -> None:
        """Only worth asking when the event is meant for more than one."""
        audiences = self.event.audiences.all()
        if len(audiences) > 1:
            self.fields["audience"] = forms.ModelChoiceField(
                Audience.objects.filter(pk__in=[audience.pk for audience in audiences]),
                label=_("Bij welke groep hoort u?"),
                required=False,
            )

    def _add_sessions(self) -> None:
        choices = [(str(session.pk), session.title) for session in self.event.sessions.all()]
        if choices:
            self.fields["session"] = session_field(choices, label=_("Sessie"), required=True)
        if len(choices) > 1 and self.event.reserve_choice:
            self.fields["reserve"] = session_field(
                choices,
                label=_("Tweede keuze"),
                help_text=_("Voor als de sessie van uw eerste keuze vol is."),
                required=False,
            )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reserve") and cleaned["reserve"] == cleaned.get("session"):
            self.add_error("reserve", _("Kies een andere sessie dan hierboven."))
        return cleaned

    def entry(self, key: str = "") -> Entry:
        """What was filled in; ``key`` is what the form calls this registration."""
        given = self.cleaned_data
        audience = given.get("audience")
        answers = {name.removeprefix(QUESTION): given[name] for name in given if name.startswith(QUESTION)}
        return Entry(
            name=given["name"],
            email=given["email"],
            organisation=given["organisation"],
            audience_id=audience and audience.pk,
            session_id=given.get("session"),
            reserve_id=given.get("reserve"),
            answers={int(pk): in_words(answer) for pk, answer in answers.items() if answer},
            wants_newsletter=given["newsletter"],
            key=key,
        )


def session_field(choices: list[tuple[str, str]], **options) -> forms.TypedChoiceField:
    """Gives the id of the session, or ``None``."""
    empty = [("", _("Maak een keuze"))]
    missing = {"required": _("Kies een sessie.")}
    return forms.TypedChoiceField(
        choices=empty + choices, coerce=int, empty_value=None, error_messages=missing, **options
    )


def field_for(question: EventQuestion) -> forms.Field:
    options = {"label": question.label, "help_text": question.help_text, "required": question.required}
    match question.kind:
        case EventQuestion.Kind.CHOICE:
            empty = [("", _("Maak een keuze"))]
            return forms.ChoiceField(choices=empty + [(option, option) for option in question.options], **options)
        case EventQuestion.Kind.CHECK:
            return forms.BooleanField(**options)
        case EventQuestion.Kind.TEXT:
            return LinesField(max_length=MAX_ANSWER, widget=forms.Textarea, **options)
        case _:
            return OneLineField(max_length=250, **options)


def in_words(answer: str | bool) -> str:
    return str(_("Ja")) if answer is True else str(answer)
