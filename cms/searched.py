"""What pages are found by: the texts that readers see, and nothing else.

A test (``tests/search/test_indexed.py``) holds every field of every type of page against what the API shows.

Databases take "vmbo/havo" or "2026-2027" for one word, and some "café" for another word than "cafe". So the index has
their words beside them, between brackets that nobody uses, by which they are left out again where the text is shown.
Within them are spaces: to PostgreSQL without a language (locale C) such brackets are letters.
"""

import re
from typing import Any

from django.db import connection
from wagtail.models import Page
from wagtail.search import index

from .words import split

LONGEST, LONGEST_OF_ROW = 100_000, 10_000
"""Bytes of a text of a page, and of a row that belongs to it, that the page is found by. PostgreSQL refuses pages whose
words take more than a megabyte (https://www.postgresql.org/docs/current/textsearch-limitations.html); addresses take
almost five times as much as they are long, ordinary words no more than twice."""
WRITTEN = re.compile(r"\S+")
# Other signs before a word or after it tell PostgreSQL of files, tags, numbers below zero and the like.
AS_TYPED = re.compile(r"""["'(‘“]*+[a-zA-Z0-9]*+["'’”).,:;!?…]*+""")
ADDED = re.compile("⟦[^⟧]*⟧ ?")
NO_TAG = "<⟦⟧"
"""PostgreSQL takes what follows "<!--" for a comment, however far that goes."""
OWN = str.maketrans("⟦⟧", "[]")
"""Of a text that has our brackets itself."""


class TextField(index.SearchField):
    """A text with the words in it as they are typed by who looks for it."""

    def get_value(self, obj):
        return with_words(_beginning(super().get_value(obj), LONGEST if isinstance(obj, Page) else LONGEST_OF_ROW))


class WordsField(index.SearchField):
    """Words that readers see of a page, but not in its text."""

    def get_value(self, obj):
        return f"⟦ {super().get_value(obj)} ⟧"


class SummaryField(TextField):
    """A text that weighs more than the rest of a page.

    SQLite has one weight for all that isn't a title, but counts words: there those of the summary are said again.
    """

    TIMES = 3

    def get_value(self, obj):
        text = super().get_value(obj)
        words = split(as_written(text)) if connection.vendor == "sqlite" else []
        return f"{text} ⟦ {' '.join(words * self.TIMES)} ⟧" if words else text


class BeginningsField(index.AutocompleteField):
    """A text that is found by what its words begin with."""

    def get_value(self, obj):
        return with_words(super().get_value(obj))


def texts(*names: str) -> list[TextField]:
    """The fields ``names`` of a page, or of rows that belong to it: they weigh less than its title and its summary.

    Rows mustn't call theirs ``title``: by that name Wagtail takes them for the title of the page.
    """
    return [TextField(name, boost=2) for name in names]


def with_words(value: Any) -> Any:
    """``value``, if a text with its words beside it as far as they are written otherwise."""
    return WRITTEN.sub(_with_words, value) if isinstance(value, str) else value


def as_written(text: str) -> str:
    """``text`` of the index without what ``with_words`` added, but for blanks."""
    return ADDED.sub("", text)


def _beginning(value: Any, length: int) -> Any:
    """The first so many bytes of ``value``, a text or several."""
    if isinstance(value, list):
        value = ", ".join(value)
    return value.encode()[:length].decode(errors="ignore") if isinstance(value, str) else value


def _with_words(written: re.Match[str]) -> str:
    if AS_TYPED.fullmatch(written[0]):
        return written[0]
    text = written[0].translate(OWN)
    words = " ".join(split(text))
    shown = text.replace("<", NO_TAG)
    return f"{shown} ⟦ {words} ⟧" if words else shown
