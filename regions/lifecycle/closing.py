"""The end of a region's site: its front page stays, with a notice, and all other addresses lead there."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.models import PageDocument, User
from regions.models import RegionPage
from regions.signals import region_closing

from .changes import Refused, change, check_open, lock


@dataclass(frozen=True)
class ClosePlan:
    title: str
    pages: int
    """How many public pages readers lose."""
    editors: int

    def sentences(self) -> list[str]:
        numbers = {"title": self.title, "pages": self.pages, "editors": self.editors}
        return [
            _("De voorpagina van regio %(title)s blijft, met het bericht dat de regio niet meer meedoet.") % numbers,
            _("Pagina's die offline gaan: %(pages)d. Hun adressen leiden naar de voorpagina.") % numbers,
            _("Er wordt niets weggegooid. Redacteuren die toegang houden: %(editors)d.") % numbers,
            _("Terugdraaien kan: zet de status van de regio weer op ‘Actief’."),
        ]


def plan_close(region: RegionPage) -> ClosePlan:
    """What ``close`` would do. Raises ``Refused``."""
    check_open(region)
    try:
        region_closing.send(RegionPage, region=region)
    except ValidationError as error:
        raise Refused(error.messages, code="needed") from error
    pages = PageDocument.objects.descendant_of(region).count()
    return ClosePlan(region.title, pages, region.access.group.user_set.count())


@transaction.atomic
def close(region: RegionPage, user: User | None = None) -> ClosePlan:
    """Close ``region``; what readers then get, ``cms.region`` and ``cms.api.paths`` know. Raises ``Refused``."""
    [region] = lock(region)
    plan = plan_close(region)
    change(region, {"status": RegionPage.Status.CLOSED}, user)
    log(region, "regions.close", user=user, data={"pages": plan.pages})
    return plan
