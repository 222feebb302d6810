"""Answers follow what editors do: words that mean the same, what comes first, parts that are written after a page."""

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from modelsearch import index
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page
from wagtail.signals import page_published

from cms.models import DocumentState

from .models import Synonym


def connect() -> None:
    for signal in (post_save, post_delete):
        for model in (Synonym, SearchPromotion):
            signal.connect(answers_changed, sender=model, dispatch_uid="search.answers")
    page_published.connect(published, dispatch_uid="search.published")


@transaction.atomic(savepoint=False)
def answers_changed(**kwargs) -> None:
    """Answers are kept for as long as the state is the same."""
    DocumentState.renew()


def published(instance: Page, **kwargs) -> None:
    """Wagtail adds a page to the index before the rows that belong to it are written, such as those of a programme."""
    if any(isinstance(field, index.RelatedFields) for field in instance.get_search_fields()):
        index.insert_or_update_object(instance)
