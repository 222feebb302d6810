"""The door to one's own registration, by the link in a mail: see it, cancel, change session, accept a place, erase."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from agenda.models import EventSession, Registration
from agenda.serializers import PLACES_LEFT
from cms.api.contract import contract
from cms.api.doors import door, personal
from cms.api.errors import invalid, is_id
from cms.api.limiting import guessing
from cms.api.listing import allow_parameters
from cms.api.serializers import TERM, represent_term
from cms.api.writing import writing_door
from cms.json_schema import BOOLEAN, DATE, ID, MOMENT, STRING, Named, array, extended, nullable, one_of, shape
from cms.moments import represent_moment

from . import desk, limits
from .answering import answered
from .doors import EVENT, represent_event
from .offering import is_expired
from .places import count_places
from .privacy import erased_on
from .status import coarse
from .tokens import registration_of

State = Registration.State
ACTIONS = {
    "cancel": desk.cancel,
    "accept": desk.accept_offer,
    "erase": desk.erase,
    "change_session": desk.change_session,
}

SESSION = nullable(shape(id=ID, title=STRING, hall=STRING))
CHOICE = shape(id=ID, title=STRING, state=one_of(("open", "waiting_list", "full")), places_left=PLACES_LEFT)
OWN = Named(
    "OwnRegistration",
    shape(
        state=one_of(State.values),
        name=STRING,
        email=STRING,
        organisation=STRING,
        audience=nullable(TERM),
        created_at=MOMENT,
        event=extended(EVENT, calendar=STRING, cancelled=BOOLEAN),
        session=SESSION,
        reserve=SESSION,
        offer_expires_at=nullable(MOMENT),
        answers=array(shape(question=STRING, answer=STRING)),
        wants_newsletter=BOOLEAN,
        erased_on=nullable(DATE),
        sessions=array(CHOICE),
        can=shape(cancel=BOOLEAN, change_session=BOOLEAN, accept=BOOLEAN),
    ),
    "All that is kept of somebody who registered, what they can do now, and to which `sessions` they can change.",
)
ACTION = {
    "type": "object",
    "properties": {"action": one_of(ACTIONS), "session": ID},
    "additionalProperties": False,
    "required": ["action"],
    "description": "`session` goes with `change_session` only.",
}


@contract("events", OWN, not_found=True, is_personal=True, is_limited=True)
@door
def own_registration(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody's own registration."""
    allow_parameters(request.GET)
    return personal(represent(find(request, token)))


@contract("events", OWN, body=ACTION, not_found=True, may_be_empty=True)
@writing_door
def change_registration(request: HttpRequest, body: dict[str, Any], token: str) -> HttpResponse:
    """Cancel one's own registration, change session, accept a place, or erase everything.

    Who cancels or accepts twice gets the same answer twice. After `erase` there is nothing left to show (204), and the
    place goes to the next in line. The `code` of a 409 is `closed`, `cancelled`, `session_full`, `session_unknown`,
    `not_registered`, `offer_pending`, `offer_expired` or `nothing_offered`.
    """
    registration = find(request, token)
    action, *session_id = read_action(body)
    limits.count_action(request)
    with answered():
        ACTIONS[action](registration.pk, *session_id)
    if action == "erase":
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return personal(represent(find(request, token)))


def find(request: HttpRequest, token: str) -> Registration:
    """Raises ``Http404``; and ``Refused`` for a client who tried too many wrong links."""
    with guessing(request), answered():
        return registration_of(token)


def read_action(body: dict[str, Any]) -> tuple:
    """The action, and with ``change_session`` the id of the session; raises ``Refused``."""
    action = body.get("action")
    if not isinstance(action, str) or action not in ACTIONS:
        raise invalid({"action": [_("Kies uit %(actions)s.") % {"actions": ", ".join(ACTIONS)}]})
    needed = {"action", "session"} if action == "change_session" else {"action"}
    if unknown := body.keys() - needed:
        raise invalid({name: [_("Dit veld hoort niet bij dit formulier.")] for name in unknown})
    if "session" not in needed:
        return (action,)
    if not is_id(str(body.get("session"))):
        raise invalid({"session": [_("Kies een van de sessies.")]})
    return action, int(body["session"])


def represent(registration: Registration) -> dict[str, Any]:
    """All that is kept of somebody, and what they can do now."""
    event = registration.event
    shown = represent_event(event)
    calendar = f"{settings.WAGTAILADMIN_BASE_URL}/api/v2/events/{event.pk}.ics" if shown["html_path"] else ""
    can = what_one_can_do(registration)
    answers = registration.answers.select_related("question").order_by("question__sort_order", "pk")
    erased = erased_on(event)
    return {
        "state": state_of(registration),
        "name": registration.name,
        "email": registration.email,
        "organisation": registration.organisation,
        "audience": registration.audience and represent_term(registration.audience),
        "created_at": represent_moment(registration.created_at),
        "event": {**shown, "calendar": calendar, "cancelled": event.cancelled},
        "session": represent_session(registration.session),
        "reserve": represent_session(registration.reserve),
        "offer_expires_at": represent_moment(registration.offer_expires_at),
        "answers": [{"question": answer.question.label, "answer": answer.text} for answer in answers],
        "wants_newsletter": registration.wants_newsletter,
        "erased_on": erased and erased.isoformat(),
        "sessions": other_sessions(registration) if can["change_session"] else [],
        "can": can,
    }


def state_of(registration: Registration) -> str:
    """An offer whose time is over has expired, also when the clock didn't come by yet."""
    return State.EXPIRED if is_expired(registration) else registration.state


def what_one_can_do(registration: Registration) -> dict[str, bool]:
    event = registration.event
    state = state_of(registration)
    stands = state in Registration.ACTIVE and not desk.has_begun(event)
    goes_on = stands and not event.cancelled
    return {
        "cancel": stands,
        "change_session": goes_on and state != State.OFFERED and len(event.sessions.all()) > 1,
        "accept": goes_on and state == State.OFFERED,
    }


def represent_session(session: EventSession | None) -> dict[str, Any] | None:
    return session and {"id": session.pk, "title": session.title, "hall": session.hall}


def other_sessions(registration: Registration) -> list[dict[str, Any]]:
    """Where one can go instead: who has a place needs one only in the session, who waits can wait there."""
    places = count_places(registration.event)
    waits = registration.state == State.WAITING
    return [
        represent_choice(session, places.left_for(session.pk) if waits else places.left_in_session[session.pk], waits)
        for session in registration.event.sessions.all()
        if session.pk != registration.session_id
    ]


def represent_choice(session: EventSession, left: int | None, waits: bool) -> dict[str, Any]:
    state = "open" if left != 0 else "waiting_list" if waits else "full"
    return {"id": session.pk, "title": session.title, "state": state, "places_left": coarse(left)}
