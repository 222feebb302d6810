"""The endpoints of the API."""

from wagtail.api.v2.router import WagtailAPIRouter

from .pages import PagesAPIViewSet
from .redirects import RedirectsAPIViewSet

api = WagtailAPIRouter("api")
api.register_endpoint("pages", PagesAPIViewSet)
api.register_endpoint("redirects", RedirectsAPIViewSet)
