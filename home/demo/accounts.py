"""People to log in as. They exist in development only: their password is known to everybody."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from home.demo import PASSWORD
from regions.models import RegionPage
from regions.rights import NATIONAL_GROUP

EDITED_REGIONS = ("stozeeland", "helmonddepeel")


@dataclass(frozen=True)
class Login:
    email: str
    role: str


def add_accounts() -> list[Login]:
    """One national editor and two regional editors; those that are there stay as they are.

    Except that whoever is in no group any more, because it went with its region, gets the new one.
    """
    logins = [_add("landelijk@example.org", "Landelijke redactie", Group.objects.get(name=NATIONAL_GROUP))]
    for region in RegionPage.objects.filter(slug__in=EDITED_REGIONS).select_related("access__group"):
        logins.append(_add(f"{region.slug}@example.org", f"Redactie {region.title}", region.access.group))
    return logins


def _add(email: str, role: str, group: Group) -> Login:
    first_name, _, last_name = role.partition(" ")
    user = get_user_model().objects.filter(email=email).first()
    if user is None:
        user = get_user_model().objects.create_user(email, PASSWORD, first_name=first_name, last_name=last_name)
    if not user.groups.exists():
        user.groups.set([group])
    return Login(email, role)
