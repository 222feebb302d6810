"""What the pages API says of each live page, rendered once and kept."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from wagtail.models import Page


class PageDocumentQuerySet(models.QuerySet):
    """Selects by the tree as a queryset of pages does, so that the filters of the API work on either."""

    def descendant_of(self, page: Page, inclusive: bool = False):
        below = self.filter(path__startswith=page.path)
        return below if inclusive else below.exclude(path=page.path)

    def child_of(self, page: Page):
        return self.filter(path__startswith=page.path, depth=page.depth + 1)

    def ancestor_of(self, page: Page):
        paths = [page.path[:end] for end in range(page.steplen, len(page.path), page.steplen)]
        return self.filter(path__in=paths)

    def fresh(self, version: str):
        """Those whose text can be handed out as it is."""
        unexpired = Q(valid_until=None) | Q(valid_until__gt=timezone.now())
        return self.filter(unexpired, version=version)

    def mark_stale(self) -> int:
        """Have them rendered again; the raised generation stops a rendering that is under way from being kept."""
        return self.update(version="", generation=F("generation") + 1)


class PageDocument(models.Model):
    """One row for every live, public page, with columns of its own to filter and order by.

    A draft can't leak from a table that it never enters. ``version`` is empty when the text is stale.
    """

    page = models.OneToOneField("cms.BasePage", primary_key=True, on_delete=models.CASCADE, related_name="document")
    type = models.CharField(max_length=80)
    path = models.CharField(max_length=255, db_index=True)
    depth = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=255)
    slug = models.CharField(max_length=255)
    date = models.DateField(null=True)
    start = models.DateTimeField(null=True)
    first_published_at = models.DateTimeField(null=True)

    version = models.CharField(max_length=32, default="")
    generation = models.PositiveBigIntegerField(default=0)
    valid_until = models.DateTimeField(null=True)
    card = models.TextField(default="")
    item = models.TextField(default="")
    full = models.TextField(default="")
    detail = models.TextField(default="")

    objects = PageDocumentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-date", "page"], name="cms_document_newest"),
            models.Index(fields=["type", "-date", "page"], name="cms_document_newest_of_type"),
            models.Index(fields=["type", "start", "page"], name="cms_document_start"),
        ]

    def __str__(self):
        return f"{self.type} {self.title}"
