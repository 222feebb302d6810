"""What the links in mails have: each opens one thing, and nothing that opens it is kept.

All of them are ASCII that addresses and headers of mails take as it is (RFC 3986, 2.3). That by which one leaves holds
for good, also after another ``SECRET_KEY``.
"""

import datetime
import uuid

from django.conf import settings
from django.core import signing

SEPARATOR = "."
CONFIRM_WITHIN = datetime.timedelta(days=7)
PREFERENCES_WITHIN = datetime.timedelta(days=1)

_leaving = signing.Signer(key=settings.ADDRESS_HASH_KEY, sep=SEPARATOR, salt="newsletter.unsubscribe")
_confirming = signing.TimestampSigner(sep=SEPARATOR, salt="newsletter.confirm")
_preferring = signing.TimestampSigner(sep=SEPARATOR, salt="newsletter.preferences")


class WrongToken(Exception):
    """It is none of ours, or its time is over."""


def unsubscribe_token(public_id: uuid.UUID) -> str:
    """Of the subscription; its holder can end that and do nothing else."""
    return _leaving.sign(public_id.hex)


def read_unsubscribe_token(token: str) -> uuid.UUID:
    """The ``public_id`` of the subscription, which may be gone; raises ``WrongToken``."""
    try:
        return uuid.UUID(_leaving.unsign(token))
    except signing.BadSignature as error:
        raise WrongToken from error


def confirm_token(public_id: uuid.UUID, mail_id: int) -> str:
    """Of the subscriber, and the mail that asks them to confirm, which knows what was asked; for seven days."""
    return _confirming.sign(f"{public_id.hex}-{mail_id}")


def read_confirm_token(token: str) -> tuple[uuid.UUID, int]:
    """The ``public_id`` of the subscriber and the id of the mail, which may be gone; raises ``WrongToken``."""
    try:
        public_id, _, mail_id = _confirming.unsign(token, max_age=CONFIRM_WITHIN).partition("-")
    except signing.BadSignature as error:
        raise WrongToken from error
    return uuid.UUID(public_id), int(mail_id)


def preferences_token(public_id: uuid.UUID) -> str:
    """Of the subscriber; for a day."""
    return _preferring.sign(public_id.hex)


def read_preferences_token(token: str) -> uuid.UUID:
    """The ``public_id`` of the subscriber, who may be gone; raises ``WrongToken``."""
    try:
        return uuid.UUID(_preferring.unsign(token, max_age=PREFERENCES_WITHIN))
    except signing.BadSignature as error:
        raise WrongToken from error
