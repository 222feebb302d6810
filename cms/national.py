"""What of the admin is for those who manage the structure of the site, and nobody else."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.admin.menu import MenuItem

from .models.pages import MANAGE_STRUCTURE


class NationalMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(MANAGE_STRUCTURE)


class NationalOnly:
    """For views; to be named before the view that it guards."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.has_perm(MANAGE_STRUCTURE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)
