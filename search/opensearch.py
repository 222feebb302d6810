"""What the OpenSearch at ``SEARCH_URL`` is asked and told; its client is optional, and needed by this module."""

import logging
from collections.abc import Iterable
from functools import cache
from http import HTTPStatus
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext as _
from modelsearch.backends import get_search_backend
from modelsearch.backends.base import BaseSearchBackend
from modelsearch.index import BaseField
from opensearchpy.exceptions import OpenSearchException
from opensearchpy.helpers.errors import BulkIndexError
from wagtail.models import Page

from cms.api.errors import Refused
from cms.models import BasePage

from .time_limit import seconds_left

SHORTEST = 0.001
"""Seconds; none at all would be no limit."""
logger = logging.getLogger(__name__)


class Away(Exception):
    """The server can't be told anything for now."""


@cache
def backend() -> BaseSearchBackend:
    """For questions; it keeps its connections."""
    return get_search_backend("opensearch")


def column(kind: type[BaseField], name: str) -> str:
    """What the index calls the field ``name`` of pages that is there for such a ``kind`` of looking."""
    fields = BasePage.get_search_fields()
    field = next(field for field in fields if isinstance(field, kind) and field.field_name == name)
    return backend().mapping_class(BasePage).get_field_column_name(field)


def ask(body: dict[str, Any]) -> list[dict[str, Any]]:
    """The hits of a question, without what is known of the pages.

    Raises ``Refused`` (503) when there is no answer in the seconds that are left of ``time_limit``.
    """
    index = backend().get_index_for_model(BasePage)
    question = {"_source": False, "track_total_hits": False, **body}
    try:
        # Some of the hits wouldn't be an answer.
        found = backend().es.search(
            index=index.name,
            body=question,
            allow_partial_search_results=False,
            request_timeout=max(SHORTEST, seconds_left()),
        )
        return found["hits"]["hits"]
    except (OpenSearchException, KeyError) as error:
        logger.error("OpenSearch doesn't answer: %s", error)
        sentence = _("Zoeken kan nu even niet. Probeer het over een minuut nog eens.")
        raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, sentence, code="search_away") from error


def tell(page_ids: Iterable[int]) -> None:
    """Have the index hold these pages as they are now, and not those that are gone. Raises ``Away``."""
    server = get_search_backend("opensearch")
    try:
        # Without one, the first page would make one that knows no Dutch.
        if not server.get_index_for_model(Page).exists():
            raise Away("it has no index yet; manage.py wagtail_update_index makes it")
        pages = sorted(Page.objects.filter(pk__in=page_ids).specific(), key=attrgetter("content_type_id"))
        for _type, of_type in groupby(pages, key=type):
            _add(server, list(of_type))
        for gone in set(page_ids).difference(page.pk for page in pages):
            server.delete(Page(pk=gone))
    except OpenSearchException as error:
        raise Away(str(error)) from error


def _add(server: BaseSearchBackend, pages: list[Page]) -> None:
    try:
        server.add_bulk(type(pages[0]), pages)
    except BulkIndexError as error:
        refused = [item["index"] for item in error.errors]
        if any(item["status"] != HTTPStatus.BAD_REQUEST for item in refused):
            # The error itself holds the pages.
            raise Away(refused[0]["error"]) from None
        # It would refuse them a minute later too, and what comes behind them would never have its turn.
        logger.error("OpenSearch can't hold pages %s: %s", [item["_id"] for item in refused], refused[0]["error"])
