"""The checkbox for the newsletter where one registers for an event."""

from agenda.models import EventPage
from agenda.signals import newsletter_wanted
from newsletter.models import Subscription

from . import desk
from .newsletters import national_newsletter
from .wording import wording_of_registration


def connect() -> None:
    newsletter_wanted.connect(ask_visitor, dispatch_uid="newsletter.ask_visitor")


def ask_visitor(event: EventPage, email: str, **kwargs) -> None:
    """Ask who registered to confirm that they want the national newsletter, which is what the checkbox speaks of."""
    newsletter = national_newsletter()
    if newsletter:
        desk.subscribe(
            email,
            [newsletter],
            source=Subscription.Source.EVENT,
            wording=wording_of_registration(),
            client_address=None,
            source_text=event.title,
        )
