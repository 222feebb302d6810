"""People who subscribe, and what comes in their mailbox."""

import re

from newsletter.models import ConsentEvent, Subscriber, Subscription
from newsletter.subscribing import desk
from newsletter.subscribing.outbox import OUTBOX
from newsletter.subscribing.wording import wording_of_form

LINK = re.compile(r"https?://\S+")


def ask(email, *newsletters, client_address="192.0.2.7"):
    """Somebody fills in the form."""
    desk.subscribe(
        email,
        newsletters,
        source=Subscription.Source.SITE,
        wording=wording_of_form(),
        client_address=client_address,
    )


def send_mails(mailbox):
    """The mails that go out now."""
    del mailbox[:]
    OUTBOX.send_due()
    return list(mailbox)


def path_in(message):
    """Where the button of a mail leads, on the site."""
    return LINK.search(message.body).group().removeprefix("http://cms.test")


def token_in(message):
    return path_in(message).rstrip("/").rpartition("/")[2]


def state_of(email, newsletter):
    return Subscription.objects.get(subscriber__email=email, newsletter=newsletter).state


def consents(email):
    """What was said, the first first."""
    address_hash = Subscriber.objects.get(email=email).address_hash
    return [*ConsentEvent.objects.filter(address_hash=address_hash).values_list("kind", flat=True)]
