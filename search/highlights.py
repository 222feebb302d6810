"""What is found, with the words that were looked for marked in it. Nothing in it is HTML but ``<mark>``."""

import re
from collections.abc import Iterable
from html import escape

from cms.plain_text import one_line
from cms.words import fold

from . import words

LENGTH = 200
"""Characters of the fragment, about."""
BEFORE = 60
"""Characters of it that come before the first word that was looked for."""
LOOKED_AT = 20_000
"""Characters of a text; who asks for a word that only comes after these sees how the text begins."""
SPACE = re.compile(r"\s")


def pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Finds the words of a folded text that begin with one of ``forms``, or are it when it is a short one."""
    return re.compile(rf"(?:{'|'.join(map(_pattern_of, forms)) or '(?!)'})(?![^\W_])")


def _pattern_of(form: str) -> str:
    # What may not come before is looked at after the first letter, by which places are skipped that can't begin it.
    first = re.escape(form[0])
    beginning = rf"{first}(?<![^\W_]{first}){re.escape(form[1:])}"
    return beginning + (r"[^\W_]*" if words.is_beginning(form) else "")


def mark(text: str, looked_for: re.Pattern[str]) -> str:
    """The whole of ``text``, as HTML."""
    shown, end = [], 0
    for match in looked_for.finditer(fold(text)):
        shown += [escape(text[end : match.start()]), f"<mark>{escape(text[match.start() : match.end()])}</mark>"]
        end = match.end()
    return "".join([*shown, escape(text[end:])])


def fragment(text: str, looked_for: re.Pattern[str]) -> str:
    """Some of ``text`` around the first word that was looked for, or its beginning, as HTML."""
    text = text[:LOOKED_AT].strip()
    first = looked_for.search(fold(text))
    start = _beginning_of_word(text, first.start() - BEFORE) if first else 0
    end = len(text) if len(text) <= start + LENGTH else _beginning_of_word(text, start + LENGTH)
    marked = mark(one_line(text[start:end]), looked_for)
    return ("… " if start else "") + marked + (" …" if end < len(text) else "")


def _beginning_of_word(text: str, place: int) -> int:
    """The first place from ``place`` on, or the beginning."""
    space = SPACE.search(text, place) if place > 0 else None
    return space.end() if space else max(0, min(place, 0))
