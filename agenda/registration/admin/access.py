"""Who may see the registrations for an event: whoever may edit it."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy

from agenda.models import EventPage

HOME = WagtailAdminTemplateMixin.breadcrumbs_items
TO_EVENTS = {"url": reverse_lazy("registrations:index"), "label": _("Aanmeldingen")}


def events_of(user) -> QuerySet[EventPage]:
    """The events that ``user`` may edit, of those that are registered for here or were."""
    mine = PagePermissionPolicy(EventPage).instances_user_has_permission_for(user, "change")
    here = Q(registration_mode=EventPage.RegistrationMode.HERE, alias_of=None)
    return mine.filter(here | Q(registrations__isnull=False)).distinct()


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class AboutEvent:
    """For views about one event; to be named before the view that it guards."""

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.event = get_object_or_404(EventPage.objects.filter(alias_of=None).defer_streamfields(), pk=kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not self.may(self.event.permissions_for_user(request.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def may(self, permissions: PagePermissionTester) -> bool:
        return permissions.can_edit()


class AboutRegistration(AboutEvent):
    """For views about one registration for an event."""

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        registrations = self.event.registrations.select_related("session", "reserve", "audience")
        self.registration = get_object_or_404(registrations, pk=kwargs["registration_pk"])
