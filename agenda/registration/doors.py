"""The doors by which visitors register: what the form asks, and sending it."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.api.v2.utils import BadRequestError

from agenda.models import EventPage, Registration
from agenda.serializers import (
    PLACES_LEFT,
    STATES,
    PlaceField,
    RegistrationField,
    represent_registration,
    represent_session_places,
)
from cms.api.contract import Parameter, contract
from cms.api.doors import door, personal
from cms.api.errors import errors_of, invalid, is_id
from cms.api.listing import allow_parameters
from cms.api.robots import PROOF, TRAP, make_challenge, spend
from cms.api.writing import writing_door
from cms.json_schema import BOOLEAN, HTML, ID, INTEGER, MOMENT, STRING, array, nullable, one_of, shape
from cms.moments import represent_moment
from cms.page_paths import paths_of

from . import desk, limits
from .answering import answered
from .form import RegistrationForm
from .privacy import privacy_notice
from .status import Status, status_of

MAX_KEY = 64
AUTOCOMPLETE = {"name": "name", "email": "email", "organisation": "organization"}

EVENT = shape(
    id=ID,
    title=STRING,
    html_path=STRING,
    start=nullable(MOMENT),
    end=nullable(MOMENT),
    all_day=BOOLEAN,
    place=PlaceField.schema,
)
CHOICE = shape(value=STRING, label=STRING, state=one_of(("", *STATES)), places_left=PLACES_LEFT)
FIELD = shape(
    name=STRING,
    label=STRING,
    help_text=STRING,
    type=one_of(("text", "email", "textarea", "select", "checkbox")),
    required=BOOLEAN,
    max_length=nullable(INTEGER),
    autocomplete=one_of(("name", "email", "organization", "off")),
    choices=array(CHOICE),
)
FORM = shape(
    event=EVENT,
    registration=RegistrationField.schema,
    fields=array(FIELD),
    trap=STRING,
    privacy=HTML,
    proof=nullable({"type": "object"}),
)
FILLED_IN = {
    "type": "object",
    "properties": {
        **dict.fromkeys(("name", "email", "organisation", "audience", "session", "reserve"), STRING),
        "newsletter": BOOLEAN,
        TRAP: STRING,
        PROOF: STRING,
    },
    "patternProperties": {"^question_[0-9]+$": {"type": ["string", "boolean"]}},
    "additionalProperties": False,
    "required": ["name", "email"],
}
OUTCOME = shape(state=one_of(("confirmed", "waiting")), session=nullable(shape(id=ID, title=STRING)), message=STRING)
KEY = Parameter(
    "Idempotency-Key",
    "What the form calls this registration: sent again with the same one, it is the same registration.",
    {"type": "string", "maxLength": MAX_KEY, "pattern": "^[ -~]*$"},
    place="header",
)


@contract("events", FORM, not_found=True, is_personal=True)
@door
def registration_form(request: HttpRequest, pk: int) -> HttpResponse:
    """What one fills in to register for an event.

    Show the `fields` in this order, with the field that `trap` names: people must not see that one and leave it empty.
    `privacy` belongs beside the button. `proof` is `null`, or a challenge of ALTCHA for the browser to solve.
    """
    allow_parameters(request.GET)
    event = find_event(pk)
    status = status_of(event, timezone.now())
    fields = RegistrationForm(event).fields
    answer = {
        "event": represent_event(event),
        "registration": represent_registration(event, status),
        "fields": [represent_field(event, status, name, field) for name, field in fields.items()],
        "trap": TRAP,
        "privacy": privacy_notice(event),
        "proof": make_challenge(),
    }
    return personal(answer)


@contract("events", OUTCOME, [KEY], body=FILLED_IN, status=HTTPStatus.CREATED, not_found=True)
@writing_door
def register(request: HttpRequest, body: dict[str, Any], pk: int) -> HttpResponse:
    """Register for an event.

    The body has a value for each field that was filled in: `true` or `false` for a checkbox, else text, for a select
    the `value` of what was chosen. The answer is the same whether or not somebody with this address is registered.
    The `code` of a 409 is `not_yet`, `closed`, `cancelled`, `past`, `full`, `session_full`, `session_unknown`
    or `not_here`.
    """
    key = read_key(request)
    event = find_event(pk)
    form = RegistrationForm(event, body)
    if wrong := wrong_fields(form, body):
        raise invalid(wrong)
    if not form.is_valid():
        raise invalid(errors_of(form))
    entry = form.entry(key)
    if settings.PROOF_OF_WORK:
        spend(body.get(PROOF, ""), f"{event.pk} {key}" if key else "")
    limits.count_registration(request, entry.email)
    with answered():
        outcome = desk.foresee(event, entry) if body.get(TRAP) else desk.register(event.pk, entry)
    return personal(represent_outcome(event, outcome), HTTPStatus.CREATED)


def find_event(pk: int) -> EventPage:
    """The public event that is registered for here, as it is now; raises ``Http404``."""
    events = EventPage.objects.defer_streamfields().filter(document__isnull=False)
    event = events.filter(pk=pk).first() if is_id(str(pk)) else None
    if event is None or not event.registers_here:
        raise Http404
    return event


def read_key(request: HttpRequest) -> str:
    """What the form calls this registration; raises ``BadRequestError``."""
    key = request.headers.get("Idempotency-Key", "")
    if len(key) > MAX_KEY or not (key.isascii() and key.isprintable()):
        raise BadRequestError(f"Idempotency-Key can have {MAX_KEY} printable ASCII characters")
    return key


def wrong_fields(form: forms.Form, body: dict[str, Any]) -> dict[str, list[str]]:
    """What is no field of ``form``, or has a value of another type than the field."""
    kinds = {name: kind_of(field) for name, field in form.fields.items()} | dict.fromkeys((TRAP, PROOF), str)
    errors = {name: [_("Dit veld hoort niet bij dit formulier.")] for name in body.keys() - kinds}
    for name, kind in kinds.items():
        if name in body and not isinstance(body[name], kind):
            errors[name] = [_("Hier hoort true of false.") if kind is bool else _("Hier hoort tekst.")]
    return errors


def kind_of(field: forms.Field) -> type:
    return bool if isinstance(field, forms.BooleanField) else str


def represent_event(event: EventPage) -> dict[str, Any]:
    """``html_path`` is empty when the event isn't online."""
    return {
        "id": event.pk,
        "title": event.title,
        "html_path": paths_of([event.pk]).get(event.pk, ""),
        "start": represent_moment(event.start),
        "end": represent_moment(event.end),
        "all_day": event.all_day,
        "place": PlaceField().to_representation(event),
    }


def represent_field(event: EventPage, status: Status, name: str, field: forms.Field) -> dict[str, Any]:
    return {
        "name": name,
        "label": str(field.label),
        "help_text": str(field.help_text),
        "type": type_of(field),
        "required": field.required,
        "max_length": getattr(field, "max_length", None),
        "autocomplete": AUTOCOMPLETE.get(name, "off"),
        "choices": represent_choices(event, status, name, field),
    }


def type_of(field: forms.Field) -> str:
    match field:
        case forms.BooleanField():
            return "checkbox"
        case forms.ChoiceField():
            return "select"
        case forms.EmailField():
            return "email"
        case _:
            return "textarea" if isinstance(field.widget, forms.Textarea) else "text"


def represent_choices(event: EventPage, status: Status, name: str, field: forms.Field) -> list[dict[str, Any]]:
    """Those of a list, without the empty one; sessions say whether there is a place."""
    sessions = {str(session.pk): session for session in event.sessions.all()} if name in ("session", "reserve") else {}
    return [
        {
            "value": str(value),
            "label": str(label),
            **(
                represent_session_places(event, status, sessions[value])
                if value in sessions
                else {"state": "", "places_left": None}
            ),
        }
        for value, label in getattr(field, "choices", ())
        if value
    ]


def represent_outcome(event: EventPage, outcome: desk.Outcome) -> dict[str, Any]:
    session = next((session for session in event.sessions.all() if session.pk == outcome.session_id), None)
    if outcome.state == Registration.State.WAITING:
        full = _("De sessie van uw keuze is vol") if session else _("Alle plaatsen zijn bezet")
        message = _("%(full)s: u staat op de wachtlijst. We mailen u als er een plaats voor u vrijkomt.") % {
            "full": full
        }
    else:
        message = _("Uw aanmelding is binnen. We mailen u een bevestiging met een link om te wijzigen of af te melden.")
    return {
        "state": outcome.state,
        "session": session and {"id": session.pk, "title": session.title},
        "message": message,
    }
