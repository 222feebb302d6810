"""The doors to the site as a whole, and to questions and their answers."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from wagtail.api.v2.utils import BadRequestError

from cms.api.answers import Answer
from cms.api.contract import contract, list_of, page_item
from cms.api.doors import door
from cms.api.filters import DATE_FROM, DATE_TO, Filter
from cms.api.items import Items
from cms.compact_json import as_json
from cms.moments import first_moment_after, next_minute, this_minute

from .models import FaqCategory, FaqPage, SiteSettings
from .site import SITE, pages_referred_to, represent_site

VALIDITIES = {
    "current": lambda rows: rows.filter(Q(end=None) | Q(end__gt=this_minute()), start__lte=this_minute()),
    "upcoming": lambda rows: rows.filter(start__gt=this_minute()),
    "expired": lambda rows: rows.filter(end__lte=this_minute()),
    "all": lambda rows: rows,
}


def _in_category(rows, value):
    category = FaqCategory.objects.filter(slug=value).first()
    if category is None:
        raise BadRequestError(f"category '{value}' doesn't exist")
    return rows.filter(pk__in=category.questions.values("pk"))


def _with_validity(rows, value):
    if value not in VALIDITIES:
        raise BadRequestError(f"validity must be one of {', '.join(VALIDITIES)}")
    return VALIDITIES[value](rows)


CATEGORY = Filter("category", "Slug of a category of questions.", _in_category)
VALIDITY = Filter("validity", "Whether the answers hold today.", _with_validity, {"enum": list(VALIDITIES)})

QUESTIONS = Items(
    label=FaqPage._meta.label,
    filters=(CATEGORY, VALIDITY, DATE_FROM, DATE_TO),
    order="-date",
    defaults={"validity": "current"},
)


@contract("faq", list_of(page_item("FaqPage")), QUESTIONS.described)
@door
def faq(request: HttpRequest) -> HttpResponse:
    """Questions whose answers hold today, the most recent first."""
    until = next_minute()
    return QUESTIONS.list(request).respond(until)


@contract("site", SITE)
@door
def site(request: HttpRequest) -> HttpResponse:
    """What stands around every page: menu, footer, contact and statements, as they were last published.

    `figures` count the regions, and those with an item of the last days.
    """
    settings = SiteSettings.published()
    tags = ["site", *(f"page-{page_id}" for page_id in pages_referred_to(settings))]
    return Answer(as_json(represent_site(settings)), tags, first_moment_after(timezone.localdate()))


urlpatterns = [path("faq/", faq), path("site/", site)]
