"""What a provider of mail tells by its webhook, put in our words.

django-anymail takes the request, refuses it without the secret, and gives what all providers have in common
(https://anymail.dev/en/stable/sending/tracking/). It doesn't say whether a bounce is for good: that is in what the
provider itself wrote.
"""

from collections.abc import Callable, Mapping
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking

from newsletter.models import Feedback
from newsletter.sending.return_path import METADATA, delivery_marked
from newsletter.sending.status import code_in, is_of_the_address
from newsletter.subscribing.addresses import hash_of

from .inbox import Report, keep

Kind = Feedback.Kind
# Soft bounce, DNS failure, mailbox full, too large, timeout, generic, transient failure:
# https://support.sparkpost.com/docs/deliverability/bounce-classification-codes
SPARKPOST_SOFT = {"20", "21", "22", "23", "24", "40", "70"}
IS_SOFT: dict[str, Callable[[Mapping[str, Any]], bool]] = {
    "Brevo": lambda written: written.get("event") == "soft_bounce",
    "Mailjet": lambda written: not written.get("hard_bounce"),
    "Postmark": lambda written: written.get("Type") == "SoftBounce",
    "SparkPost": lambda written: _sparkpost_class(written) in SPARKPOST_SOFT,
}
"""Whether a bounce may come in another time, by the name that django-anymail has for the provider; of the others only
the code in the words of the mail server tells."""
BAD_ADDRESS = (RejectReason.INVALID, RejectReason.BOUNCED)


def connect() -> None:
    tracking.connect(take, dispatch_uid="newsletter.bounces.providers")


def take(event: AnymailTrackingEvent, esp_name: str, **kwargs) -> None:
    """Write down what is a matter of bounces, complaints and leaving; who opened or clicked what is not kept."""
    words = " ".join(str(part) for part in (event.mta_response, event.description) if part)
    kind = kind_of(event, esp_name, words)
    if kind is None:
        return
    address_hash = hash_of(event.recipient) if event.recipient else ""
    mail = event.message_id or event.event_id or event.timestamp
    report = Report(
        kind=kind,
        about=f"{esp_name} {mail} {address_hash}",
        delivery_id=delivery_marked(str((event.metadata or {}).get(METADATA, ""))),
        address_hash=address_hash,
        provider_id=event.message_id or "",
        status=code_in(words),
        words=words,
    )
    keep(report)


def kind_of(event: AnymailTrackingEvent, esp_name: str, words: str) -> Kind | None:
    """``None`` for what isn't kept."""
    match event.event_type:
        case EventType.COMPLAINED:
            return Kind.COMPLAINT
        case EventType.UNSUBSCRIBED:
            return Kind.LEFT
        case EventType.DEFERRED:
            return Kind.SOFT_BOUNCE
        case EventType.BOUNCED | EventType.REJECTED:
            return kind_of_bounce(event, esp_name, words)
        case EventType.FAILED:
            return Kind.OTHER
        case _:
            return None


def kind_of_bounce(event: AnymailTrackingEvent, esp_name: str, words: str) -> Kind:
    """For good only when the address is at fault, and not when it is us who aren't trusted."""
    if event.event_type == EventType.BOUNCED and IS_SOFT.get(esp_name, lambda written: False)(event.esp_event):
        return Kind.SOFT_BOUNCE
    status = code_in(words)
    if status and not status.endswith(".0.0"):
        return Kind.HARD_BOUNCE if is_of_the_address(status) else Kind.SOFT_BOUNCE
    return Kind.HARD_BOUNCE if event.reject_reason in BAD_ADDRESS else Kind.OTHER


def _sparkpost_class(written: Mapping[str, Any]) -> str:
    (event,) = written["msys"].values()
    return str(event.get("bounce_class"))
