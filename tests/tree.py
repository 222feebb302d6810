"""The tree in which all tests begin: the site's skeleton with two regions, an editor of each, and a national editor."""

from django.contrib.auth.models import Group

from home.structure import build_site
from regions.rights import NATIONAL_GROUP

from .factories import make_region, make_user


def plant() -> None:
    build_site()
    noord = make_region("Noord", slug="noord", province="Groningen", latitude="53.2", longitude="6.5")
    zuid = make_region("Zuid", slug="zuid")
    make_user("noord@example.org", noord.access.group)
    make_user("zuid@example.org", zuid.access.group)
    make_user("landelijk@example.org", Group.objects.get(name=NATIONAL_GROUP))
