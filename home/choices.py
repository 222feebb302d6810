"""Pages that were chosen for the homepage and that visitors don't see there any more."""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.blocks import CallToActionBlock
from cms.models import PageDocument

from .models import HomePage
from .sections import ChosenPagesBlock


class MissingChoice(NamedTuple):
    section: str
    """The heading of the section, or the text on a button."""
    title: str
    """The title of the page; empty when it was deleted."""
    reason: str


def missing_choices(home: HomePage) -> list[MissingChoice]:
    """Of the pages chosen by hand for ``home``: those that aren't public, and those whose last day is past.

    In the order of the sections. Takes as many queries for 20 as for 2.
    """
    choices = list(_choices(home))
    chosen = {page.pk for _heading, page, _last_day in choices if page}
    public = set(PageDocument.objects.filter(pk__in=chosen).values_list("pk", flat=True))
    missing = []
    for heading, page, last_day in choices:
        if page is None:
            missing.append(MissingChoice(heading, "", _("is verwijderd")))
        elif page.pk not in public:
            missing.append(MissingChoice(heading, page.get_admin_display_title(), _("staat niet online")))
        elif last_day and last_day < timezone.localdate():
            reason = _("mocht er staan tot en met %(day)s") % {"day": date_format(last_day, "j F Y")}
            missing.append(MissingChoice(heading, page.get_admin_display_title(), reason))
    return missing


def _choices(home: HomePage) -> Iterator[tuple[str, Page | None, datetime.date | None]]:
    """Where each page stands, the page (``None`` when it was deleted), and its last day there."""
    for section in home.sections:
        if isinstance(section.block, ChosenPagesBlock):
            for choice in section.value["pages"]:
                yield section.value["title"], choice["page"], choice["show_until"]
        elif isinstance(section.block, CallToActionBlock) and not section.value["url"]:
            yield section.value["text"], section.value["page"], None
