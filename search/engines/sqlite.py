"""FTS5 of SQLite, which knows no Dutch: words are found by what their forms begin with."""

from django.db.models import QuerySet, Value
from modelsearch.backends.database.sqlite.query import (
    BM25,
    MatchExpression,
    SearchQueryExpression,
    SQLiteFTSIndexEntry,
)

from cms.searched import as_written
from search import hits, words
from search.hits import Hit
from search.models import SearchedDocument, entries_of
from search.query import Wanted

from . import expressions

ENTRY = "index_entries__sqliteftsindexentry"
WEIGHTS = "0, 1, 10"
"""Of beginnings of titles, which only suggestions look at, of the text and of the title."""


class Relevance(BM25):
    """Okapi BM25; that of FTS5 is the lower, the better (https://www.sqlite.org/fts5.html#the_bm25_function)."""

    def as_sql(self, compiler, connection, **context):
        return f"-bm25({SQLiteFTSIndexEntry._meta.db_table}, {WEIGHTS})", []


def match(rows: QuerySet[SearchedDocument], wanted: Wanted) -> list[Hit]:
    found = _matching(rows, ["title", "body"], expressions.write(wanted, "AND", "OR", _form))
    return hits.read(hits.newest(found.annotate(relevance=Relevance())))


def begin_with(rows: QuerySet[SearchedDocument], beginnings: list[str]) -> QuerySet[SearchedDocument]:
    return _matching(rows, ["autocomplete"], " AND ".join(f'"{word}"*' for word in beginnings))


def texts(pages: list[int]) -> dict[int, str]:
    return {int(page): as_written(text or "") for page, text in entries_of(pages).values_list("object_id", "body")}


def _matching(rows: QuerySet[SearchedDocument], columns: list[str], query: str) -> QuerySet[SearchedDocument]:
    expression = SearchQueryExpression(Value(query))
    return rows.filter(**{f"{ENTRY}__isnull": False}).filter(MatchExpression(columns, expression))


def _form(form: str) -> str:
    return f'"{form}"*' if words.is_beginning(form) else f'"{form}"'
