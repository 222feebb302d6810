"""Full text of PostgreSQL: Dutch stems, by the index on titles and the rest of the texts together."""

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db.models import F, Func, QuerySet
from modelsearch.backends.database.postgres.weights import get_sql_weights

from search import hits, words
from search.hits import Hit
from search.models import SearchedDocument, entries_of
from search.query import Wanted

from . import expressions

CONFIGURATION = "cms_dutch"
"""Made by a migration: Dutch, without accents where the server can do that."""


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
    newest = hits.newest(found).values("index_entries")
    relevance = SearchRank(title, query, get_sql_weights()) * F("index_entries__title_norm")
    relevance += SearchRank(body, query, get_sql_weights())
    # Ranking reads the texts, so it comes after the newest are chosen.
    return hits.read(SearchedDocument.objects.filter(index_entries__in=newest).annotate(relevance=relevance))


def begin_with(rows: QuerySet[SearchedDocument], beginnings: list[str]) -> QuerySet[SearchedDocument]:
    query = SearchQuery(" & ".join(f"'{word}':*" for word in beginnings), search_type="raw", config="simple")
    return rows.annotate(in_title=F("index_entries__autocomplete")).filter(in_title=query)


def texts(pages: list[int]) -> dict[int, str]:
    return {int(page): text for page, text in entries_of(pages).values_list("object_id", "body_text")}


def _form(form: str) -> str:
    return f"'{form}':*" if words.is_beginning(form) else f"'{form}'"
