"""Who may see whom: whoever may publish the issues of a newsletter sees who gets it, and nothing of other lists."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.isolation.visible import sees_all
from newsletter.models import NewsletterIndexPage, Subscriber
from newsletter.subscribing.newsletters import in_order

HOME = WagtailAdminTemplateMixin.breadcrumbs_items
TO_SUBSCRIBERS = {"url": reverse_lazy("subscribers:index"), "label": _("Abonnees")}


def lists_of(user) -> QuerySet[NewsletterIndexPage]:
    """The newsletters of which ``user`` may publish issues."""
    mine = PagePermissionPolicy().instances_user_has_permission_for(user, "publish")
    return NewsletterIndexPage.objects.filter(pk__in=mine.values("pk"), alias_of=None)


def own_lists(user) -> list[NewsletterIndexPage]:
    """The same with their regions known, for ``full_title``: the national one first."""
    return in_order(lists_of(user))


def subscribers_of(user) -> QuerySet[Subscriber]:
    """Those on the lists of ``user``, or who were; of national editors also those on no list."""
    if sees_all(user):
        return Subscriber.objects.all()
    return Subscriber.objects.filter(subscriptions__newsletter__in=lists_of(user).values("pk")).distinct()


class Guarded:
    """For every view; to be named before the view that it guards."""

    @method_decorator([sensitive_post_parameters(), never_cache])
    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return super().dispatch(request, *args, **kwargs)


class AboutSubscriber(Guarded):
    """For views about one subscriber."""

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.subscriber = get_object_or_404(subscribers_of(request.user), pk=kwargs["subscriber_pk"])
