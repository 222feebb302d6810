"""Representing pages for their documents, outside of any request."""

import json
from typing import Any

from rest_framework.request import Request
from rest_framework.utils.encoders import JSONEncoder
from wagtail.coreutils import get_dummy_request
from wagtail.models import Page, Site

from cms.models import BasePage

from .pages import PagesAPIViewSet
from .router import api


class DocumentRenderer:
    """Represents pages by the serializers that their ``api_fields`` declare."""

    def __init__(self):
        site = Site.objects.get(is_default_site=True)
        self.view = PagesAPIViewSet()
        self.view.request = Request(get_dummy_request(site=site))
        self.view.request.wagtailapi_router = api

    def represent(self, page: BasePage) -> dict[str, dict]:
        """As ``card`` (in a mixed list), ``item`` (in one of its type), ``full`` (there, all fields) and ``detail``."""
        model = type(page)
        everything = [("*", False, None)]
        return {
            "card": self.represent_fields(page, BasePage, []),
            "item": self.represent_fields(page, model, []),
            "full": self.represent_fields(page, model, everything),
            "detail": self.represent_fields(page, model, [], detail=True),
        }

    def represent_fields(self, page: BasePage, model: type[Page], fields: list, detail: bool = False) -> dict[str, Any]:
        """``page`` with those ``fields`` of ``model`` that a parsed ``fields=`` names."""
        view = self.view
        view.fetch_for(page)
        serializer_class = view._get_serializer_class(view.request.wagtailapi_router, model, fields, detail)
        return serializer_class(context=view.get_serializer_context()).to_representation(page)


def as_json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), cls=JSONEncoder)
