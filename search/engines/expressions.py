"""Questions in the languages of indexes."""

from collections.abc import Callable, Iterable

from search import words
from search.query import Part, Wanted


def write(wanted: Wanted, all_of: str, any_of: str, write_form: Callable[[str], str]) -> str:
    """``wanted`` with operators between the forms of its words.

    With no deeper brackets for more words: the parser of SQLite gives up at a hundred of them.
    """
    parts = (write_part(part, all_of, any_of, write_form) for part in wanted.parts)
    return _join(any_of if wanted.any_part else all_of, parts)


def write_part(part: Part, all_of: str, any_of: str, write_form: Callable[[str], str]) -> str:
    def write_word(word: str) -> str:
        return _join(any_of, map(write_form, words.forms(word)))

    return _join(any_of, (_join(all_of, map(write_word, alternative)) for alternative in part.alternatives))


def _join(operator: str, expressions: Iterable[str]) -> str:
    return f"({f' {operator} '.join(expressions)})"
