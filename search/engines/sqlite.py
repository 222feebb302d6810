"""FTS5 of SQLite, which knows no Dutch: words are found by what their forms begin with."""

from search import hits, words
from search.entries import with_entries
from search.hits import Hit
from search.query import Wanted
from search.selection import Selection

from . import expressions

TEXT = "body"
INDEX = "wagtailsearch_indexentry_fts"
# Okapi BM25; that of FTS5 is the lower, the better (https://www.sqlite.org/fts5.html#the_bm25_function). The weights
# are those of beginnings of titles, which only suggestions look at, of the text and of the title. In one sum the length
# of a text would count against its title: by itself, with such a weight, a title counts as much whatever is below it.
RELEVANCE = f"-1.5 * bm25({INDEX}, 0, 0, 1000) - bm25({INDEX}, 0, 1, 0)"


def match(documents: Selection, wanted: Wanted) -> list[Hit]:
    found = _matching(documents, "title body", expressions.write(wanted, "AND", "OR", _form))
    return [Hit(*row) for row in found.newest(f"{hits.columns()}, {RELEVANCE}", hits.MOST)]


def begin_with(documents: Selection, beginnings: list[str]) -> Selection:
    return _matching(documents, "autocomplete", " AND ".join(f'"{word}"*' for word in beginnings))


def _matching(documents: Selection, columns: str, query: str) -> Selection:
    indexed = with_entries(documents).joined(f"JOIN {INDEX} ON {INDEX}.rowid = entry.id")
    return indexed.where(f"{INDEX} MATCH %s", f"{{{columns}}} : ({query})")


def _form(form: str) -> str:
    return f'"{form}"*' if words.is_beginning(form) else f'"{form}"'
