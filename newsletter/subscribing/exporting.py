"""The subscribers as a spreadsheet."""

from collections import OrderedDict
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsletter.models import Subscription

HEADINGS = {
    "email": _("E-mailadres"),
    "newsletter": _("Nieuwsbrief"),
    "state": _("Status"),
    "source": _("Via"),
    "requested_at": _("Aangevraagd op"),
    "confirmed_at": _("Ingeschreven op"),
    "ended_at": _("Uitgeschreven op"),
}


def row_of(subscription: Subscription, newsletter: str) -> OrderedDict[str, str | datetime]:
    """What a row says of one ``with_suppression``; ``newsletter`` is what the list is called.

    Moments are in Dutch time, without a zone.
    """
    return OrderedDict(
        email=subscription.subscriber.email,
        newsletter=newsletter,
        state=standing(subscription),
        source=subscription.get_source_display(),
        requested_at=_moment(subscription.requested_at),
        confirmed_at=_moment(subscription.confirmed_at),
        ended_at=_moment(subscription.ended_at),
    )


def standing(subscription: Subscription) -> str:
    """Whether somebody is on the list, in words; one ``with_suppression`` who is on it may get no mail all the same."""
    if subscription.state == Subscription.State.ACTIVE and subscription.is_suppressed:
        return str(_("Geblokkeerd"))
    return subscription.get_state_display()


def _moment(moment: datetime | None) -> datetime | str:
    """Spreadsheets know no time zones."""
    return timezone.make_naive(moment).replace(microsecond=0) if moment else ""
