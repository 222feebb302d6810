"""The addresses of these screens, and their place in the menu."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from cms.national import NationalMenuItem

from .deliverability import DeliverabilityView
from .feedback import FeedbackView

REPORT = "reports/bezorging/"
FEEDBACK = f"{REPORT}terugmeldingen/"


def urls():
    return [
        path(REPORT, DeliverabilityView.as_view(), name="deliverability"),
        path(FEEDBACK, FeedbackView.as_view(), name="feedback"),
        path(f"{FEEDBACK}lijst/", FeedbackView.as_view(results_only=True), name="feedback_results"),
    ]


def menu_item():
    address = reverse("deliverability")
    return NationalMenuItem(_("Bezorging"), address, name="deliverability", icon_name="mail", order=110)
