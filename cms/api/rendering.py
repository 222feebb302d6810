"""Representing pages for their documents, outside of any request."""

import datetime
from collections.abc import Iterator, Sequence
from functools import cache

from rest_framework.request import Request
from wagtail.api.v2.serializers import BaseSerializer
from wagtail.coreutils import get_dummy_request
from wagtail.models import Page, Site

from cms.models import BasePage

from .fields import pick, read_fields
from .pages import PagesAPIViewSet
from .router import api


class DocumentRenderer:
    """Represents pages by the serializers that their ``api_fields`` declare, as they are ``at`` a moment, or now."""

    def __init__(self, at: datetime.datetime | None = None):
        # Another process may have changed them; what is rendered is kept for longer than they are.
        Site.clear_site_root_paths_cache()
        site = Site.objects.get(is_default_site=True)
        self.view = PagesAPIViewSet()
        self.view.at = at
        self.view.request = Request(get_dummy_request(site=site))
        self.view.request.wagtailapi_router = api
        self._serializers: dict[type[Page], BaseSerializer] = {}

    def represent(self, page: BasePage) -> dict[str, dict]:
        """As ``card`` (in a mixed list), ``item`` (in one of its type), ``full`` (there, all fields) and ``detail``."""
        return next(self.represent_all([page]))

    def represent_all(self, pages: Sequence[BasePage]) -> Iterator[dict[str, dict]]:
        """Each of ``pages`` in turn, in fewer queries than one by one."""
        self.view.fetch_for(pages)
        return map(self._represent, pages)

    def _represent(self, page: BasePage) -> dict[str, dict]:
        whole = self._serializer(type(page)).to_representation(page)
        return {kind: pick(whole, names) for kind, names in kinds(type(page)).items()}

    def _serializer(self, model: type[Page]) -> BaseSerializer:
        """With all fields that any answer shows."""
        if model not in self._serializers:
            self._serializers[model] = serializer_of(model)(context=self.view.get_serializer_context())
        return self._serializers[model]


@cache
def serializer_of(model: type[Page]) -> type[BaseSerializer]:
    return PagesAPIViewSet._get_serializer_class(api, model, [("*", False, None)], show_details=True)


@cache
def kinds(model: type[Page]) -> dict[str, frozenset[str]]:
    """The names of the fields in each kind of text."""
    return {
        "card": read_fields("", BasePage),
        "item": read_fields("", model),
        "full": read_fields("*", model),
        "detail": read_fields("", model, detail=True),
    }
