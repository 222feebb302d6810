"""The door to the vocabulary."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse

from cms.compact_json import as_json
from cms.json_schema import INTEGER, STRING, Named, array, extended, shape
from cms.models import Theme

from .answers import Answer
from .contract import contract
from .doors import door
from .serializers import TERM, represent_term

THEME = Named(
    "Theme", extended(TERM, description=STRING, pages=INTEGER), "A theme; `pages` is the number filed under it."
)
THEMES = shape(meta=shape(total_count=INTEGER), items=array(THEME))


@contract("themes", THEMES)
@door
def themes(request: HttpRequest) -> HttpResponse:
    """All themes in the national order: ``{id, slug, title, description, pages}``, the last the number of pages."""
    shown = Count("pages", filter=Q(pages__document__isnull=False))
    items = [
        {**represent_term(theme), "description": theme.description, "pages": theme.shown}
        for theme in Theme.objects.annotate(shown=shown).order_by("order", "title")
    ]
    return Answer(as_json({"meta": {"total_count": len(items)}, "items": items}), ["themes", "pages"])
