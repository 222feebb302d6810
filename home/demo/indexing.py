"""Writing the indexes of references and of search once, when everything is there, instead of at each save."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db.models.signals import post_save
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler, register_signal_handlers
from wagtail.signal_handlers import disable_reference_index_auto_update


@contextmanager
def indexed_at_the_end() -> Iterator[None]:
    """Leave both indexes alone within, in this whole process, and rebuild them from what is there after it."""
    with disable_reference_index_auto_update(), _nothing_added_to_search():
        yield
    call_command("rebuild_references_index", verbosity=0)
    call_command("wagtail_update_index", verbosity=0)


@contextmanager
def _nothing_added_to_search() -> Iterator[None]:
    for model in get_indexed_models():
        post_save.disconnect(post_save_signal_handler, sender=model)
    try:
        yield
    finally:
        register_signal_handlers()
