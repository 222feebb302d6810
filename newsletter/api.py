"""The doors to newsletters: issues, and who gets them."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from cms.api.contract import contract, list_of, page_item
from cms.api.doors import door
from cms.api.filters import DATE_FROM, DATE_TO, REGION
from cms.api.items import Items
from cms.api.writing import either

from .models import NewsletterPage
from .subscribing import doors, own

ISSUES = Items(label=NewsletterPage._meta.label, filters=(REGION, DATE_FROM, DATE_TO), order="-date")


@contract("newsletters", list_of(page_item("NewsletterPage")), ISSUES.described)
@door
def newsletters(request: HttpRequest) -> HttpResponse:
    """Issues that were published, the last one first."""
    return ISSUES.list(request).respond()


urlpatterns = [
    path("newsletters/", newsletters),
    path("newsletters/subscription-form/", doors.subscription_form),
    path("newsletters/subscriptions/", doors.subscribe),
    path(
        "newsletters/subscriptions/confirm/<str:token>/",
        either(doors.asked_subscriptions, doors.confirm_subscriptions),
    ),
    path("newsletters/unsubscribe/<str:token>/", either(doors.subscription_to_leave, doors.leave)),
    path("newsletters/preferences/", own.ask_for_preferences),
    path("newsletters/preferences/<str:token>/", either(own.preferences, own.change_preferences)),
    path("newsletters/preferences/<str:token>/data/", own.download_own_data),
    path("newsletters/preferences/<str:token>/erase/", own.erase_own_data),
]
