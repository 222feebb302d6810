"""The words in a text, as people type them who look for it: in small letters, without accents and signs."""

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W_]+")
# Letters that Unicode doesn't take for others with an accent, as PostgreSQL's ``unaccent`` has them.
AS_ONE = {"ø": "o", "ł": "l", "đ": "d"}
AS_TWO = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def fold(text: str) -> str:
    """``text`` in small letters without accents, with as many characters as it had."""
    if not text.isascii():
        text = NOT_ASCII.sub(lambda found: _fold_character(found[0]), text)
    return text.lower()


@lru_cache(maxsize=4096)  # of more than a million that visitors can send
def _fold_character(character: str) -> str:
    small = unicodedata.normalize("NFKD", character.lower())
    return AS_ONE.get(small[0], small[0]) if small and not unicodedata.combining(small[0]) else character


def split(text: str) -> list[str]:
    """The words of ``text`` as it is read, however its signs are put together."""
    folded = text.lower() if text.isascii() else fold(_compose(text)).translate(AS_TWO)
    return WORD.findall(folded)


def _compose(text: str) -> str:
    """Accents as one with their letters, ligatures as letters, and without what nobody sees."""
    seen = (character for character in text if unicodedata.category(character) != "Cf")
    return unicodedata.normalize("NFKC", "".join(seen))
