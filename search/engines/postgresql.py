"""Full text of PostgreSQL: Dutch stems, by the index on titles and the rest of the texts together."""

from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db.models import BooleanField, Case, ExpressionWrapper, F, Func, Q, QuerySet, When, Window
from django.db.models.functions import Greatest, RowNumber
from django.db.models.lookups import LessThanOrEqual
from modelsearch.backends.database.postgres.weights import get_sql_weights

from cms.searched import as_written
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
    parts = [_query(expressions.write_part(part, "&", "|", _form)) for part in wanted.parts]
    whole = reduce(or_ if wanted.any_part else and_, parts)
    title, body = F("index_entries__title"), F("index_entries__body")
    # In this order, which is that of the index (search/migrations/0005).
    found = rows.annotate(words=SearchVectors(body, title), in_title=title, in_body=body).filter(words=whole)
    # Words of a short title weigh more; of a long one they are words of a title still.
    of_title = SearchRank(title, whole, get_sql_weights()) * Greatest(F("index_entries__title_norm"), 1.0)
    of_text = Case(When(_is_ranked(), SearchRank(body, whole, get_sql_weights())), default=0.0)
    newest = hits.newest(found.annotate(relevance=of_title + of_text))
    return _read_with_parts(newest, parts) if wanted.any_part else hits.read(newest)


def _is_ranked() -> LessThanOrEqual:
    return LessThanOrEqual(Window(RowNumber(), order_by=hits.NEWEST), RANKED)


def _read_with_parts(rows: QuerySet[SearchedDocument], parts: list[SearchQuery]) -> list[Hit]:
    """Ranks of PostgreSQL don't know that some words are rarer than others."""
    holds = {
        f"holds_{number}": Case(
            When(_is_ranked(), _holds(Q(in_title=part) | Q(in_body=part))), default=_holds(Q(in_title=part))
        )
        for number, part in enumerate(parts)
    }
    found = rows.annotate(**holds).values_list(*hits.COLUMNS, *holds)
    columns = len(hits.COLUMNS)
    return hits.weigh_parts((Hit(*row[:columns]), row[columns:]) for row in found)


def _holds(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def begin_with(rows: QuerySet[SearchedDocument], beginnings: list[str]) -> QuerySet[SearchedDocument]:
    query = SearchQuery(" & ".join(f"'{word}':*" for word in beginnings), search_type="raw", config="simple")
    return rows.annotate(in_title=F("index_entries__autocomplete")).filter(in_title=query)


def texts(pages: list[int]) -> dict[int, str]:
    return {int(page): as_written(text or "") for page, text in entries_of(pages).values_list("object_id", "body_text")}


def _query(text: str) -> SearchQuery:
    """By stems, and by what stems begin with: that of "school" is "schol", with which "schoolplein" doesn't begin."""
    by_stem, as_it_is = (SearchQuery(text, search_type="raw", config=name) for name in (CONFIGURATION, "simple"))
    return by_stem | as_it_is


def _form(form: str) -> str:
    return f"'{form}':*" if words.is_beginning(form) else f"'{form}'"
