"""The door to issues of newsletters."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from cms.api.contract import contract, list_of, page_item
from cms.api.doors import door
from cms.api.filters import DATE_FROM, DATE_TO, REGION
from cms.api.items import Items

from .models import NewsletterPage

ISSUES = Items(label=NewsletterPage._meta.label, filters=(REGION, DATE_FROM, DATE_TO), order="-date")


@contract("newsletters", list_of(page_item("NewsletterPage")), ISSUES.described)
@door
def newsletters(request: HttpRequest) -> HttpResponse:
    """Issues that were published, the last one first."""
    return ISSUES.list(request).respond()


urlpatterns = [path("newsletters/", newsletters)]
