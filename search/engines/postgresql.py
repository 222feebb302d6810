"""Full text of PostgreSQL: Dutch stems, by the index on titles and the rest of the texts together."""

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db.models import Case, F, Func, QuerySet, When, Window
from django.db.models.functions import RowNumber
from django.db.models.lookups import LessThanOrEqual
from modelsearch.backends.database.postgres.weights import get_sql_weights

from search import hits, words
from search.hits import Hit
from search.models import SearchedDocument, entries_of
from search.query import Wanted

from . import expressions

CONFIGURATION = "cms_dutch"
"""Made by a migration: Dutch, without accents where the server can do that."""
RANKED = 500
"""Of more pages only those so many that are newest are ranked by their texts, all of them by their titles.

Reading a text takes longer than all else that is done for a page.
"""


class SearchVectors(Func):
    """Several in one."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = SearchVectorField()


def match(rows: QuerySet[SearchedDocument], wanted: Wanted) -> list[Hit]:
    query = SearchQuery(expressions.write(wanted, "&", "|", _form), search_type="raw", config=CONFIGURATION)
    title, body = F("index_entries__title"), F("index_entries__body")
    # In this order, which is that of the index (search/migrations/0004).
    found = rows.annotate(words=SearchVectors(body, title)).filter(words=query)
    place = Window(RowNumber(), order_by=hits.NEWEST)
    of_text = Case(When(LessThanOrEqual(place, RANKED), SearchRank(body, query, get_sql_weights())), default=0.0)
    of_title = SearchRank(title, query, get_sql_weights()) * F("index_entries__title_norm")
    return hits.read(hits.newest(found.annotate(relevance=of_title + of_text)))


def begin_with(rows: QuerySet[SearchedDocument], beginnings: list[str]) -> QuerySet[SearchedDocument]:
    query = SearchQuery(" & ".join(f"'{word}':*" for word in beginnings), search_type="raw", config="simple")
    return rows.annotate(in_title=F("index_entries__autocomplete")).filter(in_title=query)


def texts(pages: list[int]) -> dict[int, str]:
    return {int(page): text for page, text in entries_of(pages).values_list("object_id", "body_text")}


def _form(form: str) -> str:
    return f"'{form}':*" if words.is_beginning(form) else f"'{form}'"
