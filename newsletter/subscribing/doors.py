"""The doors by which visitors subscribe and confirm, and leave by the link in a newsletter."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from cms.api.contract import contract
from cms.api.doors import NOT_CACHEABLE, door, personal
from cms.api.limiting import guessing
from cms.api.listing import allow_parameters
from cms.api.robots import PROOF, TRAP, make_challenge, spend
from cms.api.writing import posting_door, writing_door
from cms.client_address import client_address
from cms.json_schema import HTML, ID, STRING, array, nullable, one_of, shape
from newsletter.models import Subscription

from . import desk, limits, tokens
from .answering import NEWSLETTER, answered, represent_newsletter
from .form import read_request
from .links import unsubscribe_page
from .newsletters import in_order, open_newsletters
from .privacy import privacy_notice
from .wording import wording_of_form

State = Subscription.State
NOTHING: dict[str, Any] = {"type": "object", "additionalProperties": False}

FORM = shape(
    newsletters=array(NEWSLETTER),
    wording=STRING,
    wording_version=STRING,
    privacy=HTML,
    trap=STRING,
    proof=nullable({"type": "object"}),
)
FILLED_IN = {
    "type": "object",
    "properties": {
        "email": STRING,
        "newsletters": {**array(ID), "minItems": 1},
        "wording_version": STRING,
        TRAP: STRING,
        PROOF: STRING,
    },
    "additionalProperties": False,
    "required": ["email", "newsletters", "wording_version"],
}
MESSAGE = shape(message=STRING)
ASKED = shape(newsletters=array(NEWSLETTER), state=one_of((State.PENDING, State.ACTIVE)))
LEFT = shape(newsletter=nullable(NEWSLETTER), state=one_of(State.values))
PRESSED = {"type": "object", "properties": {"List-Unsubscribe": {"const": "One-Click"}}}


@contract("newsletters", FORM, is_personal=True)
@door
def subscription_form(request: HttpRequest) -> HttpResponse:
    """What one fills in to subscribe.

    Show a checkbox for each of `newsletters`, an e-mail address, and the field that `trap` names: people must not see
    that one and leave it empty. `wording` is what one agrees to by the button and belongs beside it, with `privacy`.
    `proof` is `null`, or a challenge of ALTCHA for the browser to solve.
    """
    allow_parameters(request.GET)
    wording = wording_of_form()
    answer = {
        "newsletters": [represent_newsletter(newsletter) for newsletter in open_newsletters()],
        "wording": wording.text,
        "wording_version": wording.version,
        "privacy": privacy_notice(),
        "trap": TRAP,
        "proof": make_challenge(),
    }
    return personal(answer)


@contract("newsletters", MESSAGE, body=FILLED_IN, status=HTTPStatus.ACCEPTED)
@writing_door
def subscribe(request: HttpRequest, body: dict[str, Any]) -> HttpResponse:
    """Ask for newsletters.

    `newsletters` are ids, `wording_version` is that of the form. The answer is the same whoever has the address: a
    mail goes there, by which one confirms. It goes at most once an hour and three times a day.
    """
    email, newsletters = read_request(body, open_newsletters())
    if settings.PROOF_OF_WORK:
        spend(body.get(PROOF, ""), "")
    limits.count_request(request, email)
    if not body.get(TRAP):
        desk.subscribe(
            email,
            newsletters,
            source=Subscription.Source.SITE,
            wording=wording_of_form(),
            client_address=client_address(request),
        )
    message = _(
        "We sturen u een mail met een link waarmee u de inschrijving bevestigt. Vroeg u het kort geleden ook al, dan "
        "kan dat even duren. Niets gekregen? Kijk dan ook bij de ongewenste mail."
    )
    return personal({"message": message}, HTTPStatus.ACCEPTED)


@contract("newsletters", ASKED, not_found=True, is_personal=True, is_limited=True)
@door
def asked_subscriptions(request: HttpRequest, token: str) -> HttpResponse:
    """What the link in a mail confirms; looking at it changes nothing."""
    allow_parameters(request.GET)
    with guessing(request), answered():
        return personal(represent_asked(desk.asked_by(token)))


@contract("newsletters", ASKED, body=NOTHING, not_found=True)
@writing_door
def confirm_subscriptions(request: HttpRequest, body: dict[str, Any], token: str) -> HttpResponse:
    """Confirm what was asked for; doing so twice is fine.

    The link works for seven days, until one leaves again. The `code` of a 409 is `blocked`.
    """
    limits.count_action(request)
    with guessing(request), answered():
        return personal(represent_asked(desk.confirm(token, client_address(request))))


@contract("newsletters", LEFT, not_found=True, is_personal=True, leads_browsers=True)
@door
def subscription_to_leave(request: HttpRequest, token: str) -> HttpResponse:
    """What the link in a newsletter ends; looking at it changes nothing.

    `newsletter` is `null` when nothing is left of the subscription. A browser is led to the page on the site (302):
    mail programs that don't post by themselves open this address in one.
    """
    allow_parameters(request.GET)
    with answered():
        subscription = find_subscription(token)
    if "text/html" in request.headers.get("Accept", ""):
        return HttpResponseRedirect(unsubscribe_page(token), headers={"Cache-Control": NOT_CACHEABLE})
    return personal(represent_left(subscription))


@contract(
    "newsletters",
    LEFT,
    body=PRESSED,
    body_types=("application/x-www-form-urlencoded", "multipart/form-data", "application/json"),
    not_found=True,
)
@posting_door
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Leave a newsletter; doing so twice is fine.

    For mail programs (RFC 8058) and for pages: what stands in the body makes no difference.
    """
    with answered():
        subscription = find_subscription(token)
        if subscription:
            desk.unsubscribe(subscription, client_address=client_address(request))
    return personal(represent_left(subscription))


def find_subscription(token: str) -> Subscription | None:
    """``None`` for one that was erased; raises ``WrongToken``."""
    public_id = tokens.read_unsubscribe_token(token)
    found = Subscription.objects.select_related("subscriber", "newsletter__document")
    return found.filter(public_id=public_id).first()


def represent_asked(subscriptions: list[Subscription]) -> dict[str, Any]:
    newsletters = in_order(subscription.newsletter for subscription in subscriptions)
    is_waiting = any(subscription.state == State.PENDING for subscription in subscriptions)
    return {
        "newsletters": [represent_newsletter(newsletter) for newsletter in newsletters],
        "state": State.PENDING if is_waiting else State.ACTIVE,
    }


def represent_left(subscription: Subscription | None) -> dict[str, Any]:
    if subscription is None:
        return {"newsletter": None, "state": State.ENDED}
    return {"newsletter": represent_newsletter(subscription.newsletter), "state": subscription.state}
