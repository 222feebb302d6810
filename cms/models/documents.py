"""What the pages API says of each live page, rendered once and kept."""

import datetime
import secrets
from functools import cache

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from wagtail.models import Page, get_page_models

# Stand for "none" in columns that listings are ordered by: an index over real values needs no rule for empty ones.
NO_DATE = datetime.date(1, 1, 1)
NO_MOMENT = datetime.datetime(1900, 1, 1, tzinfo=datetime.UTC)


LISTING = "pages"
"""The tag of what shows pages that it doesn't refer to."""


class PageDocumentQuerySet(models.QuerySet):
    """Selects by the tree as a queryset of pages does; ``page`` is a page or its document."""

    def descendant_of(self, page, inclusive: bool = False):
        below = self.filter(path__startswith=page.path)
        return below if inclusive else below.exclude(path=page.path)

    def child_of(self, page):
        return self.filter(path__startswith=page.path, depth=page.depth + 1)

    def ancestor_of(self, page):
        paths = [page.path[:end] for end in range(Page.steplen, len(page.path), Page.steplen)]
        return self.filter(path__in=paths)

    def fresh(self, version: str):
        """Those whose text can be handed out as it is."""
        unexpired = Q(valid_until=None) | Q(valid_until__gt=timezone.now())
        return self.filter(unexpired, version=version)

    def mark_stale(self, **changes) -> int:
        """Have them rendered again; the raised generation stops a rendering that is under way from being kept."""
        return self.update(version="", generation=F("generation") + 1, **changes)


class PageDocument(models.Model):
    """One row for every live, public page, with columns of its own to filter and order by.

    A draft can't leak from a table that it never enters. ``version`` is empty when the text is stale.
    """

    page = models.OneToOneField("cms.BasePage", primary_key=True, on_delete=models.CASCADE, related_name="document")
    type = models.CharField(max_length=80)
    path = models.CharField(max_length=255, db_index=True)
    depth = models.PositiveSmallIntegerField()
    html_path = models.CharField(max_length=2048)
    """The path on the national site, with slashes at both ends."""
    region = models.PositiveBigIntegerField(null=True)
    """The id of the region that the page is or lies below."""
    title = models.CharField(max_length=255)
    slug = models.CharField(max_length=255)
    themes = models.TextField(default="")
    """The ids of those that it is filed under, as ``3 7``; of one that was deleted it may still be there."""
    audiences = models.TextField(default="")
    date = models.DateField(default=NO_DATE)
    start = models.DateTimeField(default=NO_MOMENT)
    end = models.DateTimeField(null=True)
    """``None`` when it has no end."""
    first_published_at = models.DateTimeField(default=NO_MOMENT)
    last_published_at = models.DateTimeField(default=NO_MOMENT)

    version = models.CharField(max_length=32, default="")
    generation = models.PositiveBigIntegerField(default=0)
    valid_until = models.DateTimeField(null=True)
    tags = models.TextField(default="")
    """What the text shows, as ``page-1 type-regions.NewsPage region-2``, for caches to purge by."""
    card = models.TextField(default="")
    item = models.TextField(default="")
    full = models.TextField(default="")
    detail = models.TextField(default="")

    objects = PageDocumentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["html_path"], name="cms_document_html_path"),
            models.Index(fields=["-date", "page"], name="cms_document_newest"),
            models.Index(fields=["type", "-date", "page"], name="cms_document_newest_of_type"),
            models.Index(fields=["region", "-date", "page"], name="cms_document_newest_of_region"),
            models.Index(fields=["region", "type", "-date", "page"], name="cms_document_newest_of_both"),
            models.Index(fields=["type", "start", "page"], name="cms_document_start"),
            models.Index(fields=["type", "end"], name="cms_document_end"),
            models.Index(fields=["-first_published_at", "page"], name="cms_document_published"),
        ]

    def __str__(self):
        return f"{self.type} {self.title}"


class DocumentState(models.Model):
    """One row, with a token that is another one after every change to any document.

    What is counted over all documents is kept under the token, and pages that list others are stale with each change.
    Writing it first makes changes to the documents wait for each other, so that two of them can't each hold what the
    other needs.
    """

    token = models.CharField(max_length=16)

    def __str__(self):
        return self.token

    @classmethod
    def renew(cls) -> None:
        state = cls(pk=1, token=secrets.token_hex(8))
        cls.objects.bulk_create([state], update_conflicts=True, unique_fields=["id"], update_fields=["token"])
        # Only those that listed others when they were rendered, or may do so once they are.
        lists_others = Q(tags__contains=LISTING) | Q(version="")
        PageDocument.objects.filter(lists_others, type__in=_types_that_list_others()).mark_stale()


@cache
def _types_that_list_others() -> list[str]:
    return [model._meta.label for model in get_page_models() if getattr(model, "lists_others", False)]
