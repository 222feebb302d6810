"""What browsers may do with what the CMS sends them, where Django's ``SecurityMiddleware`` has no setting for it.

The doors of the API are answered before a policy for content is added; they have one of their own (``cms.api.doors``).
"""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse

# Nothing here needs any of it. Names that a browser doesn't know would be errors in its console.
REFUSED_FEATURES = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in REFUSED_FEATURES)


class PermissionsPolicy:
    """No page asks for the camera, the place or whatever else of a visitor's machine."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        return response


class ContentPolicy(CSPMiddleware):
    """``CONTENT_SECURITY_POLICY`` everywhere, on errors too, but for Wagtail's admin, which needs more.

    So does a preview: it is shown in a frame there, but Wagtail asks for it by the address that the page will have.
    """

    admin = "/admin/"

    def get_policy_parts(self, request: HttpRequest, response: HttpResponse, report_only: bool = False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        is_of_admin = request.path_info.startswith(self.admin) or getattr(request, "is_preview", False)
        if is_of_admin and not report_only:
            parts.config = settings.ADMIN_CONTENT_POLICY
        return parts
