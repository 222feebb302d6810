"""The entries of pages in the index that Wagtail keeps of what they say."""

from django.contrib.contenttypes.models import ContentType

from .scope import searched_types
from .selection import Selection

ENTRIES = "wagtailsearch_indexentry AS entry"


def with_entries(selection: Selection) -> Selection:
    """Those that have an entry, together with it."""
    # Most entries are those of pages: the index of types is of no use, but PostgreSQL would read it for every question.
    is_page = f"CAST(entry.content_type_id AS bigint) IN ({page_types()})"
    return selection.joined(f"JOIN {ENTRIES} ON document.page_id = CAST(entry.object_id AS bigint) AND {is_page}")


def page_types() -> str:
    """The ids of the types of searched pages, with commas."""
    return ", ".join(str(found.pk) for found in ContentType.objects.get_for_models(*searched_types().values()).values())
