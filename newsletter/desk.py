"""Newsletters on the first screen: the last issue, drafts, and a button for the next one."""

from django.db.models import QuerySet
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.permission_policies.pages import PagePermissionPolicy

from .models import NewsletterIndexPage, NewsletterPage

SHOWN = 4
"""Issues; the drafts are among them because they are the last ones that were begun."""


class NewsletterPanel(Component):
    """One newsletter."""

    name = "newsletter"
    template_name = "newsletter/desk_panel.html"
    order = 75

    def __init__(self, newsletter: NewsletterIndexPage):
        self.newsletter = newsletter

    def get_context_data(self, parent_context):
        issues = NewsletterPage.objects.child_of(self.newsletter).defer_streamfields()
        return {
            "newsletter": self.newsletter,
            "issues": issues.order_by("-date", "-pk")[:SHOWN],
            "add_url": reverse("wagtailadmin_pages:add", args=["newsletter", "newsletterpage", self.newsletter.pk]),
        }


def newsletters_of(user) -> QuerySet[NewsletterIndexPage]:
    """Those to which ``user`` may add an issue because she was given that right, there or above."""
    addable = PagePermissionPolicy().instances_user_has_permission_for(user, "add")
    return NewsletterIndexPage.objects.filter(pk__in=addable.values("pk")).order_by("path")
