"""All addresses of the admin, read from the resolver: one that an upgrade adds is walked too."""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import RegexPattern, URLPattern, URLResolver
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from .world import World

ADMIN = "admin/"
REGEX_GROUP = re.compile(r"\(\?P<(\w+)>[^()]*\)")
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# What a parameter names.
KINDS = {
    "parent_page_id": "pages",
    "page_id": "pages",
    "page_pk": "pages",
    "page_to_move_id": "pages",
    "destination_id": "pages",
    "object_id": "pages",
    "image_id": "images",
    "document_id": "documents",
    "doc_id": "documents",
    "revision_id": "revisions",
    "revision_id_a": "revisions",
    "revision_id_b": "revisions",
    "collection_id": "collections",
    "redirect_id": "redirects",
    "query_id": "promoted questions",
    "registration_pk": "registrations",
    "run_pk": "runs",
    "subscriber_pk": "subscribers",
    "subscription_pk": "subscriptions",
    "import_pk": "imports",
    "suppression_pk": "suppressions",
    "uploaded_file_id": "uploads",
    "session_id": "editing sessions",
    "workflow_pk": "workflows",
    "workflow_state_id": "workflow states",
    "task_id": "tasks",
    "task_state_id": "task states",
    "group_pk": "groups",
}
# The same of ``pk``, by the beginning of the name of the address.
PRIMARY_KEYS = {
    "admin/api/main/pages/": "pages",
    "wagtailadmin_api:pages": "pages",
    "wagtailadmin_api:documents": "documents",
    "wagtailadmin_api:images": "images",
    "wagtailadmin_collections": "collections",
    "wagtailadmin_pages": "pages",
    "wagtailadmin_workflows": "workflows and tasks",
    "wagtaildocs_chooser": "documents",
    "wagtailimages_chooser": "images",
    "wagtailsites": "of the site",
    "wagtailsnippetchoosers": "of the site",
    "wagtailsnippets": "of the site",
    "wagtailusers_groups": "groups",
    "wagtailusers_users": "users",
    "webhook": "of the site",
    "ask_links_of_issue": "issues",
    "correct_issue": "issues",
    "item_chooser": "pages",
    "nominate": "pages",
    "nominations": "nominations",
    "people": "users and invitations",
    "region_": "regions",
    "registrations": "events",
    "runs": "issues",
    "withdraw_nomination": "pages",
}
WORDS = {
    "action": ["publish", "unpublish", "move", "delete", "add_to_collection", "add_tags"],
    "action_name": ["publish", "copy", "approve"],
    "filter_spec": ["max-165x165"],
    "uidb64": ["MQ"],
    "token": ["set-password"],
}
BULK = "wagtail_bulk_action"
APP, MODEL = {"app_label", "app_name", "content_type_app_name"}, {"model_name", "content_type_model_name"}
PAGE_MODEL = "regions.newspage"
MODELS = ["wagtailcore.page", PAGE_MODEL, "newsletter.newsletterpage", "cms.user"]
MODELS += [model._meta.label_lower for model in (get_image_model(), get_document_model())]


@dataclass(frozen=True)
class Address:
    name: str
    """As ``reverse`` knows it; the route of the few that have none."""
    route: str
    """With every parameter as ``<name>``."""

    @property
    def parameters(self) -> list[str]:
        return PARAMETER.findall(self.route)

    @property
    def is_list(self) -> bool:
        """Whether it is about many things, and which depends on what one asks."""
        return not set(self.parameters) - APP - MODEL - WORDS.keys()

    def paths(self, world: World) -> Iterator[str]:
        """With everything of ``world`` that the parameters can name; each id once."""
        names = self.parameters
        words = [[{name: word} for word in WORDS[name]] for name in names if name in WORDS]
        labels = MODELS if self.is_list else [PAGE_MODEL]  # the ids beside them are those of pages
        models = [_named_model(names, label) for label in labels] if APP & set(names) else [{}]
        ids = _in_step({name: self._ids(name, world) for name in names if name not in WORDS.keys() | APP | MODEL})
        for parts in itertools.product(models, *words, ids):
            values = {name: value for part in parts for name, value in part.items()}
            yield "/" + PARAMETER.sub(lambda parameter, values=values: str(values[parameter[1]]), self.route)

    def _ids(self, name: str, world: World) -> list[int]:
        """Raises ``KeyError`` for a parameter of which nobody said what it names."""
        if name != "pk":
            return world.ids[KINDS[name]]
        kinds = [kind for beginning, kind in PRIMARY_KEYS.items() if self.name.startswith(beginning)]
        if not kinds:
            raise KeyError(f"what is the pk of {self.name}?")
        return world.ids[kinds[0]]


def all_addresses() -> list[Address]:
    return list(_walk(get_resolver().url_patterns))


def admin_addresses() -> list[Address]:
    return [address for address in all_addresses() if address.route.startswith(ADMIN)]


def _walk(patterns: Iterable, prefix: str = "", namespaces: tuple = ()) -> Iterator[Address]:
    for pattern in patterns:
        route = prefix + _route(pattern)
        if isinstance(pattern, URLResolver):
            inside = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern.url_patterns, route, inside)
        elif isinstance(pattern, URLPattern):
            yield Address(":".join((*namespaces, pattern.name)) if pattern.name else route, route)


def _route(pattern: URLPattern | URLResolver) -> str:
    route = PARAMETER.sub(r"<\1>", str(pattern.pattern))
    if isinstance(pattern.pattern, RegexPattern):
        route = REGEX_GROUP.sub(r"<\1>", str(pattern.pattern)).strip("^$").replace("\\.", ".").replace(".*", "nergens")
    return route


def _named_model(names: Iterable[str], label: str) -> dict[str, str]:
    app, model = label.split(".")
    return {name: app for name in names if name in APP} | {name: model for name in names if name in MODEL}


def _in_step(pools: dict[str, list[int]]) -> list[dict[str, Any]]:
    """As many as the longest has; the others begin again."""
    longest = max(map(len, pools.values()), default=1)
    return [{name: pool[number % len(pool)] for name, pool in pools.items()} for number in range(longest)]
