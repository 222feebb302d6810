"""Gives the documents that ``benchmarks.rendering`` left out the text of the first of their section.

What differs between them is put in its place. A sample is rendered afterwards, to see that this comes to the same.
"""

from django.utils import timezone
from wagtail.models import Page

from cms.models import PageDocument

from . import texts
from .rendering import COPIED_TYPES, FIRST, render

TEXTS = ["tags", "card", "item", "full", "detail"]
SAMPLE = 10
BATCH = 500


def main() -> None:
    for original in PageDocument.objects.filter(type__in=COPIED_TYPES, slug=FIRST):
        section = Page._get_parent_path_from_path(original.path)
        others = PageDocument.objects.filter(type=original.type, path__startswith=section).exclude(pk=original.pk)
        copy_to(list(others), original)
    check_sample()


def copy_to(others: list[PageDocument], original: PageDocument) -> None:
    for other in others:
        other.version = original.version
        replacements = list(zip(peculiarities(original), peculiarities(other), strict=True))
        for name in TEXTS:
            text = getattr(original, name)
            for old, new in replacements:
                text = text.replace(old, new)
            setattr(other, name, text if name != "tags" else " ".join(sorted(text.split())))
    PageDocument.objects.bulk_create(
        others, update_conflicts=True, unique_fields=["page"], update_fields=[*TEXTS, "version"], batch_size=BATCH
    )


def peculiarities(document: PageDocument) -> list[str]:
    """What stands in the texts of this document only."""
    return [
        f'"id":{document.pk},',
        f"page-{document.pk} ",
        f"/pages/{document.pk}/",
        f'"{document.slug}"',
        f"/{document.slug}/",
        texts.text(document.title),
        document.title,
        timezone.localtime(document.first_published_at).isoformat(),
        timezone.localtime(document.last_published_at).isoformat(timespec="seconds"),
        document.date.isoformat(),
    ]


def check_sample() -> None:
    copied = PageDocument.objects.filter(type__in=COPIED_TYPES).order_by("pk")
    page_ids = list(copied.values_list("pk", flat=True))
    sample = copied.filter(pk__in=page_ids[:: max(1, len(page_ids) // SAMPLE)])
    before = list(sample.values("pk", *TEXTS))
    sample.mark_stale()
    render(row["pk"] for row in before)
    if list(sample.values("pk", *TEXTS)) != before:
        raise RuntimeError("A copied document is not what it would be when rendered.")
