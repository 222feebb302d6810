"""Which documents can be found: of pages that say something themselves, as long as it holds."""

import datetime
from functools import cache

from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import get_page_models

from cms.models import BasePage
from cms.moments import first_moment_after

from .models import SearchedDocument


@cache
def searched_types() -> dict[str, type[BasePage]]:
    """The types of pages that are searched, by their labels."""
    models = (model for model in get_page_models() if issubclass(model, BasePage) and model is not BasePage)
    return {model._meta.label: model for model in models if model.is_searched}


def searched_now() -> QuerySet[SearchedDocument]:
    """The same until ``end_of_scope``."""
    now = timezone.now()
    types = searched_types()
    lapsing = [label for label, model in types.items() if model.lapses]
    lapsed = Q(type__in=lapsing) & (Q(start__gt=now) | Q(end__lte=now))
    return SearchedDocument.objects.filter(type__in=list(types)).exclude(lapsed)


def end_of_scope() -> datetime.datetime:
    """The midnight at which pages begin to be found, or end."""
    return first_moment_after(timezone.localdate())
