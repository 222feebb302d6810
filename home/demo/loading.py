"""Loading the demo, and clearing the site of what is there."""

import datetime
from random import Random

from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from cms.models import Audience, Theme
from home.models import FaqCategory, HomePage, SiteSettings
from home.structure import build_site
from regions.models import RegionPage
from regions.rights import national_collection

from .library import PictureLibrary
from .national import NationalDemo
from .regional import RegionalDemo


class SiteIsFilled(Exception):
    """There is content already; the demo would get in its way."""


@transaction.atomic
def load_demo(seed: int, today: datetime.date, reset: bool = False) -> None:
    """Fill the site; the same ``seed`` and ``today`` give the same content.

    Raises ``SiteIsFilled`` when there are regions or images, unless ``reset`` says to throw away all that there is.
    """
    home = build_site()
    if reset:
        _clear(home)
        home = build_site()
    elif RegionPage.objects.exists() or get_image_model().objects.exists():
        raise SiteIsFilled
    regional = RegionalDemo(Random(seed), today)
    regions = regional.add_regions()
    NationalDemo(home, PictureLibrary(national_collection())).load()
    regional.fill(regions)


def _clear(home: HomePage) -> None:
    """Delete every page, the vocabulary, the site settings, and every file with its collection."""
    RegionPage.objects.update(merged_into=None, status=RegionPage.Status.ACTIVE)
    for page in home.get_children():
        page.specific.delete()
    home.delete()
    for model in (Theme, Audience, FaqCategory, SiteSettings):
        model.objects.all().delete()
    for model in (get_image_model(), get_document_model()):
        for file in model.objects.all():
            file.delete()
    for collection in Collection.get_first_root_node().get_children():
        collection.delete()
