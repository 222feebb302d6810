"""Telling OpenSearch what became of pages, after each change and not within it: a server that is away holds up nobody.

A row of ``ChangedPage`` is written in the transaction of the change, and stays until the server knows.
"""

import logging

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from .engines import has_opensearch
from .models import ChangedPage

BATCH = 200
logger = logging.getLogger(__name__)


@task(backend="worker", priority=10)
def tell_opensearch() -> None:
    """Tell all that it doesn't know yet; what can't be told now waits for the clock."""
    from .opensearch import Away, tell  # the client of OpenSearch is optional

    try:
        while changes := dict(ChangedPage.objects.order_by("pk").values_list("pk", "page")[:BATCH]):
            tell(set(changes.values()))
            ChangedPage.objects.filter(pk__in=changes).delete()
    except Away as error:
        logger.warning("Pages wait for OpenSearch: %s", error)


def tell_what_changed() -> None:
    """Leave it to the worker, if there is anything to tell and it isn't told already."""
    waiting = DBTaskResult.objects.ready().filter(task_path=tell_opensearch.module_path)
    if has_opensearch() and ChangedPage.objects.exists() and not waiting.exists():
        tell_opensearch.enqueue()
