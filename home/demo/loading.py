"""Loading the demo, and clearing the site of what is there.

This module sees all of the site, the newsletter above ``home`` included; nothing that visitors or editors use imports
it.
"""

import datetime
from random import Random

from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from cms.models import Audience, Theme
from home.models import FaqCategory, HomePage, SiteSettings
from home.structure import build_site
from newsletter.demo.issues import NewsletterDemo, forget_issues
from newsletter.demo.runs import record_runs
from newsletter.demo.subscribers import SubscriberDemo, forget_subscribers
from regions.models import RegionPage
from regions.rights import national_collection

from .accounts import EDITED_REGIONS
from .indexing import documents_at_the_end, indexed_at_the_end
from .library import PictureLibrary
from .national import NationalDemo
from .regional import RegionalDemo
from .registrations import RegistrationDemo

REGION_WITH_NEWSLETTER = EDITED_REGIONS[0]


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
    with indexed_at_the_end():
        _fill(home, RegionalDemo(Random(seed), today), today)


def _fill(home: HomePage, regional: RegionalDemo, today: datetime.date) -> None:
    library = PictureLibrary(national_collection())
    national = NationalDemo(home, library)
    with documents_at_the_end():
        regions = regional.add_regions()
        national.load()
        RegistrationDemo(national, today).load()
        regional.fill(regions)
    regional.nominate()
    newsletter = NewsletterDemo(home, library, national.pages).load()
    SubscriberDemo(newsletter, RegionPage.objects.get(slug=REGION_WITH_NEWSLETTER), today).load()
    record_runs(newsletter)


def _clear(home: HomePage) -> None:
    """Delete every page, the vocabulary, the site settings, and every file with its collection."""
    RegionPage.objects.update(merged_into=None, status=RegionPage.Status.ACTIVE)
    for page in home.get_children():
        page.specific.delete()
    home.delete()
    forget_issues()
    forget_subscribers()
    for model in (Theme, Audience, FaqCategory, SiteSettings):
        model.objects.all().delete()
    for model in (get_image_model(), get_document_model()):
        for file in model.objects.all():
            file.delete()
    for collection in Collection.get_first_root_node().get_children():
        collection.delete()
