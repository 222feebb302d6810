"""Representing pages for their documents, outside of any request."""

from rest_framework.request import Request
from wagtail.coreutils import get_dummy_request
from wagtail.models import Site

from cms.models import BasePage

from .pages import PagesAPIViewSet
from .router import api


class DocumentRenderer:
    """Represents pages outside of a request, as ``PagesAPIViewSet`` does within one."""

    def __init__(self):
        site = Site.objects.get(is_default_site=True)
        self.view = PagesAPIViewSet()
        self.view.request = Request(get_dummy_request(site=site))
        self.view.request.wagtailapi_router = api

    def represent(self, page: BasePage) -> dict[str, dict]:
        """As ``card`` (in a mixed list), ``item`` (in one of its type), ``full`` (there, all fields) and ``detail``."""
        self.view.fetch_for(page)
        model = type(page)
        everything = [("*", False, None)]
        return {
            "card": self._represent(page, BasePage, []),
            "item": self._represent(page, model, []),
            "full": self._represent(page, model, everything),
            "detail": self._represent(page, model, [], show_details=True),
        }

    def _represent(self, page, model, fields, show_details=False):
        view = self.view
        serializer_class = view._get_serializer_class(view.request.wagtailapi_router, model, fields, show_details)
        return serializer_class(context=view.get_serializer_context()).to_representation(page)
