"""Full text of PostgreSQL: Dutch stems, by the indexes on titles and on the rest of the text."""

from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import Greatest
from modelsearch.backends.database.postgres.query import CombinedLexeme, Lexeme
from modelsearch.backends.database.postgres.weights import get_sql_weights

from search import hits, words
from search.hits import Hit
from search.models import SearchedDocument
from search.query import Part, Wanted

CONFIGURATION = "cms_dutch"
"""Made by a migration: Dutch, without accents where the server can do that."""


def match(rows: QuerySet[SearchedDocument], wanted: Wanted) -> list[Hit]:
    combine = or_ if wanted.any_part else and_
    parts = [_query(_of_part(part)) for part in wanted.parts]
    whole = reduce(combine, parts)
    title, body = F("index_entries__title"), F("index_entries__body")
    # Each part for itself may be in the title or in the rest; asked of both columns, each by its own index.
    found = reduce(combine, (Q(in_title=part) | Q(in_body=part) for part in parts))
    # Words of a short title weigh more; of a long one they are words of a title still.
    relevance = SearchRank(title, whole, get_sql_weights()) * Greatest(F("index_entries__title_norm"), 1.0)
    relevance += SearchRank(body, whole, get_sql_weights())
    rows = hits.newest(rows.annotate(in_title=title, in_body=body).filter(found).annotate(relevance=relevance))
    return _read_with_parts(rows, parts) if wanted.any_part else hits.read(rows)


def _read_with_parts(rows: QuerySet[SearchedDocument], parts: list[SearchQuery]) -> list[Hit]:
    """Ranks of PostgreSQL don't know that some words are rarer than others."""
    holds = {
        f"holds_{number}": ExpressionWrapper(Q(in_title=part) | Q(in_body=part), output_field=BooleanField())
        for number, part in enumerate(parts)
    }
    found = rows.annotate(**holds).values_list(*hits.COLUMNS, *holds)
    columns = len(hits.COLUMNS)
    return hits.weigh_parts((Hit(*row[:columns]), row[columns:]) for row in found)


def begin_with(rows: QuerySet[SearchedDocument], beginnings: list[str]) -> QuerySet[SearchedDocument]:
    lexemes = reduce(and_, (Lexeme(beginning, prefix=True) for beginning in beginnings))
    query = SearchQuery(lexemes, search_type="raw", config="simple")
    return rows.annotate(in_title=F("index_entries__autocomplete")).filter(in_title=query)


def texts(pages: list[int]) -> dict[int, str]:
    return dict(SearchedDocument.objects.filter(pk__in=pages).values_list("pk", "index_entries__body_text"))


def _query(lexemes: Lexeme | CombinedLexeme) -> SearchQuery:
    """By stems, and by what stems begin with: that of "school" is "schol", with which "schoolplein" doesn't begin."""
    by_stem, as_it_is = (SearchQuery(lexemes, search_type="raw", config=name) for name in (CONFIGURATION, "simple"))
    return by_stem | as_it_is


def _of_part(part: Part) -> Lexeme | CombinedLexeme:
    return reduce(or_, (reduce(and_, map(_of_word, alternative)) for alternative in part.alternatives))


def _of_word(word: str) -> Lexeme | CombinedLexeme:
    return reduce(or_, (Lexeme(form, prefix=words.is_beginning(form)) for form in words.forms(word)))
