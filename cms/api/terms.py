"""The door to the vocabulary."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse

from cms.models import Theme

from .answers import Answer
from .doors import door
from .rendering import as_json
from .serializers import represent_term


@door
def themes(request: HttpRequest) -> HttpResponse:
    """All themes in the national order: ``{id, slug, title, description, pages}``, the last the number of pages."""
    shown = Count("pages", filter=Q(pages__document__isnull=False))
    items = [
        {**represent_term(theme), "description": theme.description, "pages": theme.shown}
        for theme in Theme.objects.annotate(shown=shown).order_by("order", "title")
    ]
    return Answer(as_json({"meta": {"total_count": len(items)}, "items": items}), ["themes", "pages"])
