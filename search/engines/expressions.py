"""Questions in the languages of indexes."""

from collections.abc import Callable, Iterable

from search import words
from search.query import Part, Wanted


def write(wanted: Wanted, all_of: str, any_of: str, write_form: Callable[[str], str]) -> str:
    """``wanted`` with operators between the forms of its words.

    With no deeper brackets for more words: the parser of SQLite gives up at a hundred of them.
    """

    def write_word(word: str) -> str:
        return _join(any_of, map(write_form, words.forms(word)))

    def write_part(part: Part) -> str:
        return _join(any_of, (_join(all_of, map(write_word, alternative)) for alternative in part.alternatives))

    return _join(any_of if wanted.any_part else all_of, map(write_part, wanted.parts))


def _join(operator: str, expressions: Iterable[str]) -> str:
    return f"({f' {operator} '.join(expressions)})"
