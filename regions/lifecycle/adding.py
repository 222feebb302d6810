"""A new region."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.models import User
from cms.tree import add_live
from regions.models import RegionIndexPage, RegionPage

from .changes import Refused, check_free, check_slug, lock


@dataclass(frozen=True)
class AddPlan:
    title: str
    slug: str

    def sentences(self) -> list[str]:
        names = {"title": self.title, "slug": self.slug}
        return [
            _("Regio %(title)s komt op het adres ‘%(slug)s’ te staan, en is meteen online.") % names,
            _("Nieuws, agenda en inspiratie komen er leeg bij.") % names,
            _("Er komen een groep ‘Redactie %(title)s’ en een collectie ‘%(title)s’.") % names,
        ]


def plan_add(title: str, slug: str = "") -> AddPlan:
    """What ``add`` would do; without ``slug``, the address follows the name. Raises ``Refused``."""
    title = title.strip()
    if not title:
        raise Refused(_("Geef de regio een naam."), code="empty")
    slug = check_slug(slug.strip() or slugify(title))
    check_free(title, slug)
    return AddPlan(title, slug)


@transaction.atomic
def add(title: str, slug: str = "", user: User | None = None) -> AddPlan:
    """Add a region with its sections, group and collection (``regions.rights``). Raises ``Refused``."""
    lock()
    plan = plan_add(title, slug)
    region = RegionPage(title=plan.title, slug=plan.slug, owner=user)
    add_live(RegionIndexPage.objects.get(), region)
    log(region, "regions.add", user=user)
    return plan
