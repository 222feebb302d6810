"""The mails about registrations that wait."""

from django.db.models import Prefetch

from agenda.models import EventPage, OutgoingMail
from cms.outbox import Outbox

from .mails.composing import compose
from .mails.outdated import why_outdated


def due_mails(number: int) -> list[OutgoingMail]:
    events = EventPage.objects.defer_streamfields().prefetch_related("themes")
    mails = OutgoingMail.objects.due().order_by("pk").select_related("registration__session")
    return list(mails.prefetch_related(Prefetch("registration__event", events))[:number])


OUTBOX = Outbox("mails about registrations", due_mails, compose, why_outdated)
