"""How much of what was sent came back, and how often it was reported as unwanted."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from newsletter.models import Delivery, SendRun

PERIOD = datetime.timedelta(days=30)
RUNS = 20
# Google asks senders to stay below 0.1 % and never to reach 0.3 % (https://support.google.com/a/answer/81126).
COMPLAINTS_MANY, COMPLAINTS_TOO_MANY = 0.1, 0.3
# There is no such rule for bounces; providers begin to ask questions at these.
BOUNCES_MANY, BOUNCES_TOO_MANY = 2, 5


@dataclass
class Rates:
    accepted: int = 0
    """Mails that a server took."""
    bounced: int = 0
    """Mails that were refused at once, or came back for good."""
    complaints: int = 0
    refused: int = 0
    """Those of ``bounced`` that no server took."""

    @property
    def bounces_percentage(self) -> float | None:
        """Of all that was tried; ``None`` when that is nothing."""
        tried = self.accepted + self.refused
        return 100 * self.bounced / tried if tried else None

    @property
    def complaints_percentage(self) -> float | None:
        """Of what was taken; ``None`` when that is nothing."""
        return 100 * self.complaints / self.accepted if self.accepted else None


COUNTS = {
    "accepted": Count("pk", filter=Q(state=Delivery.State.ACCEPTED)),
    "refused": Count("pk", filter=Q(state=Delivery.State.REJECTED)),
    "bounced": Count("pk", filter=Q(state=Delivery.State.REJECTED) | Q(bounced_at__isnull=False)),
    "complaints": Count("complained_at"),
}


def rates_of_period() -> Rates:
    """Of all runs that began in the last ``PERIOD``."""
    deliveries = Delivery.objects.filter(run__started_at__gte=timezone.now() - PERIOD)
    return Rates(**deliveries.aggregate(**COUNTS))


def last_runs() -> list[SendRun]:
    """Those that began last, at most ``RUNS``, each with its ``rates``, ``subject`` and ``newsletter_title``."""
    begun = SendRun.objects.filter(started_at__isnull=False).order_by("-started_at", "-pk")
    named = begun.annotate(subject=F("frozen__subject"), newsletter_title=F("newsletter__title"))
    runs = list(named[:RUNS])
    rates = rates_by_run(Delivery.objects.filter(run__in=[run.pk for run in runs]))
    for run in runs:
        run.rates = rates.get(run.pk, Rates())
    return runs


def rates_by_run(deliveries: QuerySet[Delivery]) -> dict[int, Rates]:
    rows = deliveries.order_by().values("run").annotate(**COUNTS)
    return {row.pop("run"): Rates(**row) for row in rows}
