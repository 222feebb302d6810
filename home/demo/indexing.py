"""Writing once, when everything is there, what else each save has written: indexes and the documents of pages."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db.models.signals import m2m_changed, post_save
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler, register_signal_handlers
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms import document_signals, documents
from cms.models import BasePage, DocumentState


@contextmanager
def indexed_at_the_end() -> Iterator[None]:
    """Leave both indexes alone within, in this whole process, and rebuild them from what is there after it."""
    with disable_reference_index_auto_update(), _nothing_added_to_search():
        yield
    call_command("rebuild_references_index", verbosity=0)
    call_command("wagtail_update_index", verbosity=0)


@contextmanager
def documents_at_the_end() -> Iterator[None]:
    """Leave the documents of pages alone within, in this whole process, and write them all after it.

    No webhook is told of the pages that are made within.
    """
    with _no_page_followed():
        yield
    DocumentState.renew()
    documents.follow_subtree(Page.get_first_root_node())


@contextmanager
def _no_page_followed() -> Iterator[None]:
    post_save.disconnect(dispatch_uid="cms.documents.page_saved")
    for terms in ("themes", "audiences"):
        through = getattr(BasePage, terms).through
        m2m_changed.disconnect(sender=through, dispatch_uid=f"cms.documents.{terms}")
    try:
        yield
    finally:
        document_signals.connect()


@contextmanager
def _nothing_added_to_search() -> Iterator[None]:
    for model in get_indexed_models():
        post_save.disconnect(post_save_signal_handler, sender=model)
    try:
        yield
    finally:
        register_signal_handlers()
