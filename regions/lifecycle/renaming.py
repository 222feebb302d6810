"""Another name or another address for a region."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.models import PageDocument, User
from regions.models import RegionPage

from .changes import Refused, change, check_free, check_slug, lock


@dataclass(frozen=True)
class RenamePlan:
    old_title: str
    title: str
    old_slug: str
    slug: str
    addresses: int
    """How many public pages get another address."""

    def sentences(self) -> list[str]:
        sentences = []
        if self.title != self.old_title:
            names = {"old": self.old_title, "new": self.title}
            sentences = [
                _("Regio %(old)s heet voortaan %(new)s.") % names,
                _("De groep heet voortaan ‘Redactie %(new)s’ en de collectie ‘%(new)s’.") % names,
            ]
        if self.slug != self.old_slug:
            slugs = {"old": self.old_slug, "new": self.slug, "number": self.addresses}
            sentences += [
                _("Het adres gaat van ‘%(old)s’ naar ‘%(new)s’.") % slugs,
                _("Pagina's die een ander adres krijgen: %(number)d. De oude adressen verwijzen door.") % slugs,
            ]
        return sentences


def plan_rename(region: RegionPage, title: str = "", slug: str = "") -> RenamePlan:
    """What ``rename`` would do; what is left empty stays as it is. Raises ``Refused``."""
    title, slug = title.strip() or region.title, check_slug(slug.strip() or region.slug)
    if (title, slug) == (region.title, region.slug):
        raise Refused(_("De regio heet al zo en heeft dit adres al."), code="same")
    check_free(title, slug, region)
    moved = PageDocument.objects.descendant_of(region, inclusive=True).count() if slug != region.slug else 0
    return RenamePlan(region.title, title, region.slug, slug, moved)


@transaction.atomic
def rename(region: RegionPage, title: str = "", slug: str = "", user: User | None = None) -> RenamePlan:
    """Give ``region`` another title or slug; its group and collection follow. Raises ``Refused``.

    One redirect from the old address is enough for all below it (``cms.old_addresses``).
    """
    [region] = lock(region)
    plan = plan_rename(region, title, slug)
    change(region, {"title": plan.title, "slug": plan.slug}, user)
    log(region, "regions.rename", user=user, data={"old": plan.old_title, "old_slug": plan.old_slug, "slug": plan.slug})
    return plan
