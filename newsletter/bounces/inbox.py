"""Writing down what came back, each thing once however often it comes in."""

from hashlib import sha256
from typing import NamedTuple

from newsletter.models import Delivery, Feedback
from newsletter.sending.outcomes import without_addresses

MOST_READ = 2_000
MOST_OF_ID = 200
"""Characters."""


class Report(NamedTuple):
    """What somebody who may know says of one mail."""

    kind: Feedback.Kind
    about: str
    """Which mail, in the words of who reports it: the same for all reports of one mail, and of no other."""
    delivery_id: int | None = None
    address_hash: str = ""
    provider_id: str = ""
    status: str = ""
    words: str = ""

    @property
    def key(self) -> str:
        """Of a mail there is one report of a kind."""
        return sha256(f"{self.kind} {self.about}".encode()).hexdigest()


def keep(report: Report) -> None:
    """Write down ``report``, unless that was done before; ``newsletter.bounces.processing`` does the rest."""
    delivery = Delivery.objects.filter(pk=report.delivery_id).first() if report.delivery_id else None
    feedback = Feedback(
        key=report.key,
        kind=report.kind,
        delivery=delivery,
        address_hash=delivery.address_hash if delivery else report.address_hash,
        provider_id=report.provider_id[:MOST_OF_ID],
        status=report.status,
        words=without_addresses(report.words[:MOST_READ].replace("\x00", "")),
    )
    Feedback.objects.bulk_create([feedback], ignore_conflicts=True)
