"""FTS5 of SQLite, which knows no Dutch: words are found by what their forms begin with."""

from functools import reduce
from operator import and_, or_

from django.db.models import QuerySet
from modelsearch.backends.database.sqlite.query import (
    BM25,
    Lexeme,
    MatchExpression,
    SearchQueryExpression,
    SQLiteFTSIndexEntry,
)

from search import hits, words
from search.hits import Hit
from search.models import SearchedDocument
from search.query import Part, Wanted

ENTRY = "index_entries__sqliteftsindexentry"
WEIGHTS = "0, 1, 10"
"""Of beginnings of titles, which only suggestions look at, of the text and of the title."""


class Relevance(BM25):
    """Okapi BM25; that of FTS5 is the lower, the better (https://www.sqlite.org/fts5.html#the_bm25_function)."""

    def as_sql(self, compiler, connection, **context):
        return f"-bm25({SQLiteFTSIndexEntry._meta.db_table}, {WEIGHTS})", []


def match(rows: QuerySet[SearchedDocument], wanted: Wanted) -> list[Hit]:
    query = reduce(or_ if wanted.any_part else and_, map(_of_part, wanted.parts))
    rows = _matching(rows, ["title", "body"], query).annotate(relevance=Relevance())
    return hits.read(hits.newest(rows))


def begin_with(rows: QuerySet[SearchedDocument], beginnings: list[str]) -> QuerySet[SearchedDocument]:
    query = reduce(and_, (SearchQueryExpression(Lexeme(beginning, prefix=True)) for beginning in beginnings))
    return _matching(rows, ["autocomplete"], query)


def texts(pages: list[int]) -> dict[int, str]:
    return dict(SearchedDocument.objects.filter(pk__in=pages).values_list("pk", "index_entries__body"))


def _matching(
    rows: QuerySet[SearchedDocument], columns: list[str], query: SearchQueryExpression
) -> QuerySet[SearchedDocument]:
    return rows.filter(**{f"{ENTRY}__isnull": False}).filter(MatchExpression(columns, query))


def _of_part(part: Part) -> SearchQueryExpression:
    return reduce(or_, (reduce(and_, map(_of_word, alternative)) for alternative in part.alternatives))


def _of_word(word: str) -> SearchQueryExpression:
    lexemes = (Lexeme(form, prefix=words.is_beginning(form)) for form in words.forms(word))
    return reduce(or_, map(SearchQueryExpression, lexemes))
