"""What is found follows what editors do: synonyms, what comes first, what a page has of its own, OpenSearch."""

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from modelsearch import index
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.documents import get_document_model
from wagtail.models import Page, ReferenceIndex, get_default_page_content_type
from wagtail.signals import page_published

from cms.document_signals import DRAFT_FIELDS
from cms.models import BasePage, DocumentState

from .engines import has_opensearch
from .models import ChangedPage, Synonym
from .tasks import tell_what_changed


def connect() -> None:
    for signal in (post_save, post_delete):
        for model in (Synonym, SearchPromotion):
            signal.connect(answers_changed, sender=model, dispatch_uid="search.answers")
    page_published.connect(published, dispatch_uid="search.published")
    files = get_document_model()
    post_save.connect(file_saved, sender=files, dispatch_uid="search.file_saved")
    pre_delete.connect(file_is_deleted, sender=files, dispatch_uid="search.file_is_deleted")
    post_delete.connect(file_deleted, sender=files, dispatch_uid="search.file_deleted")
    post_save.connect(page_saved, dispatch_uid="search.page_saved")
    # Django tells it of each of the tables that a page has a row in; one of them is enough.
    post_delete.connect(page_changed, sender=BasePage, dispatch_uid="search.page_deleted")


@transaction.atomic(savepoint=False)
def answers_changed(**kwargs) -> None:
    """Answers are kept for as long as the state is the same."""
    DocumentState.renew()


def published(instance: Page, **kwargs) -> None:
    """Wagtail adds a page to the index before the rows that belong to it are written, such as those of a programme."""
    if any(isinstance(field, index.RelatedFields) for field in instance.get_search_fields()):
        index.insert_or_update_object(instance)


def file_saved(instance: Model, raw: bool, created: bool, **kwargs) -> None:
    """Pages are found by the names of their files."""
    if not raw and not created:
        _index(_pages_with(instance))


def file_is_deleted(instance: Model, **kwargs) -> None:
    """Once it is, nobody knows any more which pages had it."""
    instance.pages_with_it = _pages_with(instance)


def file_deleted(instance: Model, **kwargs) -> None:
    _index(instance.pages_with_it)


def _pages_with(file: Model) -> set[int]:
    references = ReferenceIndex.get_references_to(file).filter(base_content_type=get_default_page_content_type())
    return {int(page) for page in references.values_list("object_id", flat=True)}


def _index(page_ids: set[int]) -> None:
    for page in BasePage.objects.filter(pk__in=page_ids):
        index.insert_or_update_object(page)
        page_changed(page)


def page_saved(instance: Model, raw: bool, update_fields: frozenset[str] | None = None, **kwargs) -> None:
    is_draft = update_fields is not None and DRAFT_FIELDS.issuperset(update_fields)
    if isinstance(instance, Page) and not raw and not is_draft:
        page_changed(instance)


def page_changed(instance: Page, **kwargs) -> None:
    """Write down, in the transaction of the change, that OpenSearch has to be told."""
    if has_opensearch():
        ChangedPage.objects.create(page=instance.pk)
        tell_what_changed()
