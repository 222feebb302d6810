"""Mails as rows, written in the transaction of what they tell: nothing is mailed of what was rolled back."""

from agenda.models import OutgoingMail, Registration

from .refusals import NotRegistered
from .tasks import send_what_is_due

State = Registration.State
Kind = OutgoingMail.Kind
STANDING = {State.CONFIRMED: Kind.CONFIRMED, State.WAITING: Kind.WAITING, State.OFFERED: Kind.OFFERED}
"""The mail that says how a registration stands."""


def post(registration: Registration, kind: OutgoingMail.Kind, **content) -> OutgoingMail:
    """Have ``registration`` told; ``content`` is what the mail says that isn't in the registration (JSON)."""
    mail = OutgoingMail.objects.create(registration=registration, kind=kind, content=content)
    send_what_is_due()
    return mail


def post_to_all(registrations, kind: OutgoingMail.Kind, **content) -> int:
    """As ``post``, for each of the queryset ``registrations``; returns how many that are."""
    mails = [
        OutgoingMail(registration_id=pk, kind=kind, content=content)
        for pk in registrations.values_list("pk", flat=True)
    ]
    OutgoingMail.objects.bulk_create(mails, batch_size=500)
    send_what_is_due()
    return len(mails)


def post_again(registration: Registration) -> OutgoingMail:
    """Send the mail that says how ``registration`` stands once more; raises ``NotRegistered`` when it doesn't stand."""
    if registration.state not in STANDING:
        raise NotRegistered
    return post(registration, STANDING[registration.state])
