"""Wagtail's checks of a page, when the page in the preview comes from another address than the editor."""

from django.conf import settings
from wagtail.admin.userbar import ContentCheckerItem


class ChecksAcrossOrigins(ContentCheckerItem):
    """Lets the checker in the editor and the one in the preview talk to each other, and to nobody else.

    https://github.com/dequelabs/axe-core/blob/develop/doc/API.md#api-name-axeconfigure
    """

    def get_axe_spec(self, request):
        origins = [settings.WAGTAILADMIN_BASE_URL, settings.FRONTEND_URL]
        return super().get_axe_spec(request) | {"allowedOrigins": ["<same_origin>", *filter(None, origins)]}
