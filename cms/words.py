"""The words in a text, as people type them who look for it: in small letters, without accents and signs."""

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")


class _Folded(dict[int, str]):
    """What each character is folded to, by its code; made when one is met first."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        small = unicodedata.normalize("NFKD", character.lower())
        self[code] = small[0] if small and not unicodedata.combining(small[0]) else character
        return self[code]


_folded = _Folded()


def fold(text: str) -> str:
    """``text`` in small letters without accents, with as many characters as it had."""
    return text.translate(_folded)


def split(text: str) -> list[str]:
    return WORD.findall(fold(text))
