"""The doors to one's own preferences, by a link in a mail: see and change the lists, take the data along, erase it."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cms.api.contract import contract
from cms.api.doors import door, personal
from cms.api.limiting import guessing
from cms.api.listing import allow_parameters
from cms.api.writing import writing_door
from cms.client_address import client_address
from cms.json_schema import BOOLEAN, HTML, ID, INTEGER, MOMENT, STRING, Named, array, extended, nullable, shape
from newsletter.models import NewsletterIndexPage, Subscriber, Subscription

from . import desk, limits, tokens
from .answering import NEWSLETTER, answered, represent_newsletter
from .doors import MESSAGE, NOTHING
from .erasing import erase
from .form import read_choice, read_email
from .newsletters import in_order, open_newsletters
from .own_data import own_data
from .privacy import privacy_notice
from .wording import wording_of_preferences

OWN = Named(
    "OwnSubscriptions",
    shape(
        email=STRING,
        newsletters=array(extended(NEWSLETTER, subscribed=BOOLEAN)),
        wording=STRING,
        privacy=HTML,
    ),
    "Which newsletters somebody gets, and which ones they can choose from.",
)
OWN_DATA = Named(
    "OwnData",
    shape(
        email=STRING,
        since=MOMENT,
        undeliverable=INTEGER,
        blocked=nullable(shape(reason=STRING, since=MOMENT)),
        subscriptions=array(
            shape(
                newsletter=STRING,
                state=STRING,
                source=STRING,
                requested_at=MOMENT,
                confirmed_at=nullable(MOMENT),
                ended_at=nullable(MOMENT),
            )
        ),
        consents=array(
            shape(
                what=STRING,
                newsletter=STRING,
                at=MOMENT,
                wording=STRING,
                wording_version=STRING,
                source=STRING,
                client_address=nullable(STRING),
            )
        ),
        newsletters=array(
            shape(
                subject=STRING,
                state=STRING,
                attempts=INTEGER,
                closed_at=nullable(MOMENT),
                reply=STRING,
                bounced_at=nullable(MOMENT),
                complained_at=nullable(MOMENT),
            )
        ),
        feedback=array(shape(kind=STRING, status=STRING, words=STRING, received_at=MOMENT)),
        mails=array(shape(kind=STRING, state=STRING, created_at=MOMENT, sent_at=nullable(MOMENT), error=STRING)),
    ),
    "All that is kept of somebody, in words for people; `undeliverable` is how many mails came back for good.",
)
ADDRESS = {
    "type": "object",
    "properties": {"email": STRING},
    "additionalProperties": False,
    "required": ["email"],
}
CHOICE = {
    "type": "object",
    "properties": {"newsletters": array(ID)},
    "additionalProperties": False,
    "required": ["newsletters"],
}


@contract("newsletters", MESSAGE, body=ADDRESS, status=HTTPStatus.ACCEPTED)
@writing_door
def ask_for_preferences(request: HttpRequest, body: dict[str, Any]) -> HttpResponse:
    """Have the link to one's own preferences mailed.

    The answer is the same whether or not the address is known. The mail goes at most once an hour and three times a
    day.
    """
    email = read_email(body)
    limits.count_request(request, email)
    desk.ask_for_preferences(email)
    message = _(
        "Kennen we dit adres, dan sturen we er een mail heen met een link. Vroeg u het kort geleden ook al, dan kan "
        "dat even duren."
    )
    return personal({"message": message}, HTTPStatus.ACCEPTED)


@contract("newsletters", OWN, not_found=True, is_personal=True, is_limited=True)
@door
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Which newsletters somebody gets, and which ones they can choose from.

    `wording` is what one agrees to by the button and belongs beside it. The link works for a day.
    """
    allow_parameters(request.GET)
    return personal(represent_own(find_subscriber(request, token)))


@contract("newsletters", OWN, body=CHOICE, not_found=True)
@writing_door
def change_preferences(request: HttpRequest, body: dict[str, Any], token: str) -> HttpResponse:
    """Have the newsletters with these ids from now on, and no others.

    No mail has to be confirmed. The `code` of a 409 is `blocked`.
    """
    subscriber = find_subscriber(request, token)
    newsletters = read_choice(body, choices_of(subscriber))
    limits.count_action(request)
    with answered():
        desk.change(subscriber, newsletters, client_address=client_address(request))
    return personal(represent_own(find_subscriber(request, token)))


@contract("newsletters", OWN_DATA, not_found=True, is_personal=True, is_limited=True)
@door
def download_own_data(request: HttpRequest, token: str) -> HttpResponse:
    """All that is kept of somebody."""
    allow_parameters(request.GET)
    return personal(own_data(find_subscriber(request, token)))


@contract("newsletters", MESSAGE, body=NOTHING, not_found=True)
@writing_door
def erase_own_data(request: HttpRequest, body: dict[str, Any], token: str) -> HttpResponse:
    """Leave all newsletters and erase everything; the link then leads to nothing."""
    subscriber = find_subscriber(request, token)
    limits.count_action(request)
    erase(subscriber)
    return personal({"message": _("We hebben alles gewist wat we van u hadden. U krijgt geen nieuwsbrieven meer.")})


def find_subscriber(request: HttpRequest, token: str) -> Subscriber:
    """Raises ``Http404``; and ``Refused`` for a client who tried too many wrong links."""
    with guessing(request), answered():
        found = Subscriber.objects.filter(public_id=tokens.read_preferences_token(token)).first()
        if found is None:
            raise tokens.WrongToken
        return found


def represent_own(subscriber: Subscriber) -> dict[str, Any]:
    active = set(subscriber.subscriptions.active().values_list("newsletter", flat=True))
    return {
        "email": subscriber.email,
        "newsletters": [
            {**represent_newsletter(newsletter), "subscribed": newsletter.pk in active}
            for newsletter in choices_of(subscriber)
        ],
        "wording": wording_of_preferences().text,
        "privacy": privacy_notice(),
    }


def choices_of(subscriber: Subscriber) -> list[NewsletterIndexPage]:
    """Those that are online, and those that ``subscriber`` gets though they aren't."""
    newsletters = open_newsletters()
    online = {newsletter.pk for newsletter in newsletters}
    own = Subscription.objects.active().filter(subscriber=subscriber.pk).exclude(newsletter__in=online)
    return in_order([*newsletters, *(one.newsletter for one in own.select_related("newsletter__document"))])
