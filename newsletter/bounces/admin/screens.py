"""The addresses of these screens, and their place in the menu."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from cms.national import NationalMenuItem

from .deliverability import DeliverabilityView
from .feedback import FeedbackView


def urls():
    return [
        path("reports/bezorging/", DeliverabilityView.as_view(), name="deliverability"),
        path("reports/bezorging/terugmeldingen/", FeedbackView.as_view(), name="feedback"),
        path(
            "reports/bezorging/terugmeldingen/lijst/", FeedbackView.as_view(results_only=True), name="feedback_results"
        ),
    ]


def menu_item():
    return NationalMenuItem(
        _("Bezorging"), reverse("deliverability"), name="deliverability", icon_name="mail", order=110
    )
