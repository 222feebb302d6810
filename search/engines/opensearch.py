"""OpenSearch: Dutch stems, and beginnings of words. It is asked for ids; which of them are shown, the database says.

So nothing shows that isn't public any more, however far the server is behind.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from modelsearch.index import AutocompleteField, FilterField, SearchField

from search import hits, words
from search.hits import Hit
from search.opensearch import ask, backend, column
from search.query import Part, Wanted
from search.selection import Selection

Query = dict[str, Any]
SUGGESTED = 100
"""Pages that are looked at for suggestions: the newest."""
WEIGHTS = {"title": 10, "summary": 4}
WEIGHT_OF_REST = 2
ALL_TEXT = "_all_text"
"""The column of all that readers see, as modelsearch calls it."""


def match(documents: Selection, wanted: Wanted) -> list[Hit]:
    parts = [_of_part(part) for part in wanted.parts]
    found: list[Hit] = []
    for scores in _scores(_any(parts) if wanted.any_part else _all(parts)):
        rows = documents.of_pages(scores).all(hits.columns())
        found += [Hit._make([*row, scores[row[0]]]) for row in sorted(rows, reverse=True)]
        if len(found) >= hits.MOST:
            break
    return found[: hits.MOST]


def begin_with(documents: Selection, beginnings: list[str]) -> Selection:
    """Of which at most the newest ``SUGGESTED`` are looked at."""
    longest = backend().settings["settings"]["analysis"]["filter"]["edgengram"]["max_gram"]
    text = " ".join(beginning[:longest] for beginning in beginnings)
    query = {"match": {column(AutocompleteField, "title"): {"query": text, "operator": "and"}}}
    newest = [{column(FilterField, "date"): "desc"}, {column(FilterField, "id"): "desc"}]
    found = ask({"query": _live(query), "sort": newest, "size": SUGGESTED})
    return documents.of_pages([int(hit["_id"]) for hit in found])


def _scores(query: Query) -> Iterator[dict[int, float]]:
    """How relevant pages are, by their ids; as many at a time as the server gives, the last that was made first."""
    body = {
        "query": _live(query),
        "sort": [{column(FilterField, "id"): "desc"}],
        "track_scores": True,
        "size": hits.MOST,
    }
    while found := ask(body):
        yield {int(hit["_id"]): hit["_score"] for hit in found}
        if len(found) < hits.MOST:
            return
        body["search_after"] = found[-1]["sort"]


def _live(query: Query) -> Query:
    """Drafts are in the index too."""
    return {"bool": {"must": query, "filter": {"term": {column(FilterField, "live"): True}}}}


def _of_part(part: Part) -> Query:
    return _any([_all([_of_word(word) for word in alternative]) for alternative in part.alternatives])


def _of_word(word: str) -> Query:
    """Its stem, and what its forms begin with; the stems of questions and of texts are made by the server."""
    columns = {column(SearchField, name): weight for name, weight in WEIGHTS.items()} | {ALL_TEXT: WEIGHT_OF_REST}
    stem = {"multi_match": {"query": word, "fields": [f"{name}^{weight}" for name, weight in columns.items()]}}
    beginnings = [
        {"prefix": {name: {"value": form, "boost": weight}}}
        for form in _shortest(filter(words.is_beginning, words.forms(word)))
        for name, weight in columns.items()
    ]
    return _any([stem, *beginnings])


def _shortest(beginnings: Iterable[str]) -> list[str]:
    """Those that don't begin with another: the server takes a thousand of these at most."""
    found: list[str] = []
    for beginning in sorted(beginnings, key=len):
        if not beginning.startswith(tuple(found)):
            found.append(beginning)
    return found


def _all(queries: list[Query]) -> Query:
    return {"bool": {"must": queries}}


def _any(queries: list[Query]) -> Query:
    return {"bool": {"should": queries, "minimum_should_match": 1}}
