"""Dutch words for the alt texts."""

from collections.abc import Sequence

_NUMBERS = [
    "nul",
    "een",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
    "twintig",
]


def number(count: int) -> str:
    return _NUMBERS[count]


def listed(words: Sequence[str]) -> str:
    """'a', 'a en b' or 'a, b en c'."""
    *first, last = words
    return f"{', '.join(first)} en {last}" if first else last


def sentence(text: str) -> str:
    return text[0].upper() + text[1:] + "."
