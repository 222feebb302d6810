"""Which documents can be found: of pages that say something themselves, as long as it holds."""

import datetime
from functools import cache

from django.db import connection
from django.utils import timezone
from wagtail.models import get_page_models

from cms.models import BasePage
from cms.moments import first_moment_after

from .selection import Selection, is_one_of


@cache
def searched_types() -> dict[str, type[BasePage]]:
    """The types of pages that are searched, by their labels."""
    models = (model for model in get_page_models() if issubclass(model, BasePage) and model is not BasePage)
    return {model._meta.label: model for model in models if model.is_searched}


def searched_now() -> Selection:
    """The same until ``end_of_scope``."""
    types = searched_types()
    lapsing = [label for label, model in types.items() if model.lapses]
    holds = 'document.start <= %s AND (document."end" IS NULL OR document."end" > %s)'
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    searched = Selection(is_one_of("document.type", types), tuple(types))
    return searched.where(f"(NOT {is_one_of('document.type', lapsing)} OR {holds})", *lapsing, now, now)


def end_of_scope() -> datetime.datetime:
    """The midnight at which pages begin to be found, or end."""
    return first_moment_after(timezone.localdate())
