"""What stands before the views of Wagtail that show more than somebody may see, and that no hook can narrow."""

from collections.abc import Callable
from fnmatch import fnmatchcase

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from .visible import sees_all, visible_objects, visible_pages

Guard = Callable[[HttpRequest, dict], None]


def closed(request: HttpRequest, kwargs: dict) -> None:
    raise Http404


def national_only(request: HttpRequest, kwargs: dict) -> None:
    if not sees_all(request.user):
        raise PermissionDenied


def visible(*names: str) -> Guard:
    """Every page that the address, or what was sent, names by one of ``names`` is one that the user may see."""

    def guard(request: HttpRequest, kwargs: dict) -> None:
        sent = [value for name in names for values in (request.GET, request.POST) for value in values.getlist(name)]
        named = {str(value) for value in (*sent, *(kwargs[name] for name in names if name in kwargs)) if value != ""}
        if not all(map(str.isdecimal, named)):
            raise Http404
        if visible_pages(request.user).filter(pk__in=named).count() < len(named):
            raise Http404

    return guard


def ticked(request: HttpRequest, kwargs: dict) -> None:
    """Leaves of what was ticked in a list, or of that list as a whole (``all``), only what the user may see."""
    action = bulk_action_registry.get_bulk_action_class(kwargs["app_label"], kwargs["model_name"], kwargs["action"])
    ids = request.GET.getlist("id")
    if action is None or not all(one == "all" or one.isdecimal() for one in ids):
        raise Http404
    model = apps.get_model(kwargs["app_label"], kwargs["model_name"])
    if "all" in ids:
        ids = list(action(request, model).get_all_objects_in_listing_query(request.GET.get("childOf")))
    seen = visible_objects(request.user, model).filter(pk__in=ids)
    request.GET = request.GET.copy()
    request.GET.setlist("id", [str(pk) for pk in seen.values_list("pk", flat=True)])


WORKFLOWS = "workflows are switched off here; these views show titles, names and tasks to everybody"
# The name of an address or of many, what stands before it, and why.
DOORS: list[tuple[str, Guard, str]] = [
    ("wagtailadmin_api:pages:action", closed, "publishes and reverts past the page form; nothing here uses it"),
    ("wagtailadmin_api:images:*", closed, "lists everything; nothing here uses it"),
    ("wagtailadmin_api:documents:*", closed, "lists everything; nothing here uses it"),
    (
        "wagtaildocs:create_multiple_from_uploaded_document",
        closed,
        "is for documents that lack something after their upload, which ours don't; it fails on any file",
    ),
    (
        "wagtailadmin_collections:set_privacy",
        closed,
        "would close the documents of a collection but not its pictures, whose files anybody can read",
    ),
    ("wagtailadmin_error_test", closed, "is for developers of Wagtail"),
    ("wagtailadmin_tag_*", closed, "tags are of nobody in particular; there are none here"),
    ("wagtailadmin_workflows:*", closed, WORKFLOWS),
    ("wagtailadmin_reports:workflow*", closed, WORKFLOWS),
    ("wagtailadmin_pages:*workflow*", closed, WORKFLOWS),
    ("wagtailsearchpromotions:chooser*", closed, "asks for no right at all; what is searched for isn't kept there"),
    ("wagtailsearchpromotions:search_terms*", closed, "is empty: what is searched for isn't kept there"),
    ("wagtailadmin_reports:*", national_only, "their filters name all people, and their rows pages of all regions"),
    ("wagtailadmin_pages:type_use*", national_only, "its filters name all people"),
    ("wagtailsnippetchoosers_*", national_only, "asks for no right at all"),
    ("*:choose_parent", visible("parent_page"), "its error names the page"),
    ("wagtailadmin_pages:copy", visible("new_parent_page"), "its error names the page"),
    ("wagtailadmin_pages:move", visible("new_parent_page"), "its error names the page"),
    ("wagtailadmin_pages:move_confirm", visible("page_to_move_id", "destination_id"), "shows both before it asks"),
    ("wagtail_bulk_action", visible("chooser"), "its error names the page"),
    ("wagtail_bulk_action", ticked, "names what was ticked by who has no right to it"),
    (
        "wagtailadmin_choose_page*",
        visible("parent_page_id", "id", "target_pages[]"),
        "shows the page that one looks below, and what was chosen",
    ),
]


class Doors:
    """The middleware that asks them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        name = request.resolver_match.view_name
        guards = [guard for pattern, guard, _why in DOORS if fnmatchcase(name, pattern)]
        if not guards or not request.user.is_authenticated:  # who isn't is sent to the log-in screen
            return None
        try:
            for guard in guards:
                guard(request, kwargs)
        except PermissionDenied:
            return permission_denied(request)
        return None
