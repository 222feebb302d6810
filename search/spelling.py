"""What somebody may have meant who found too little: words of pages that theirs look like, or begin with."""

from collections import Counter
from collections.abc import Callable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from cms.words import split

from . import words
from .scope import searched_now

SHORTEST = 4
"""Letters; shorter words look like too many others."""
LIKE_ENOUGH, ALIKE = 0.7, 0.8
"""From 0 to 1; two letters in seven may differ, or in ten."""
MOST = 10_000
"""Of more pages the newest."""


def known_words() -> Counter[str]:
    """The words of titles and summaries that can be found, with the number of pages that they are in."""
    documents = searched_now().joined("JOIN cms_basepage AS page ON page.page_ptr_id = document.page_id")
    texts = map(" ".join, documents.newest("document.title, page.summary", MOST))
    return Counter(word for text in texts for word in set(split(text)) if _can_be_meant(word))


def _can_be_meant(word: str) -> bool:
    return len(word) >= SHORTEST and words.say_something([word])


def correct(text: str, known: Counter[str]) -> str | None:
    """``text`` with the words that nobody uses replaced by others; ``None`` when there is nothing to replace."""
    return _replace(text, known, _meant_by)


def correct_letters(text: str, known: Counter[str]) -> str | None:
    """``text`` with the words replaced that are others with a letter or two wrong; ``None`` when there are none.

    What differs from a word in its end only may be another form of it, and stays.
    """
    return _replace(text, known, _spelt_as)


def _replace(text: str, known: Counter[str], by: Callable[[str, Counter[str]], str]) -> str | None:
    asked = words.read(text)
    meant = [word if _is_known(word, known) else by(word, known) for word in asked]
    return " ".join(meant) if meant != asked else None


def _is_known(word: str, known: Counter[str]) -> bool:
    return len(word) < SHORTEST or word in known or word.isdecimal()  # another year is another question


def _meant_by(word: str, known: Counter[str]) -> str:
    like, likeness = _most_alike(word, known)
    return like if likeness >= ALIKE else _beginning_of(word, known) or like


def _spelt_as(word: str, known: Counter[str]) -> str:
    like, likeness = _most_alike(word, known)
    is_form = word.startswith(like) or like.startswith(word)
    return like if likeness >= ALIKE and not is_form else word


def _most_alike(word: str, known: Counter[str]) -> tuple[str, float]:
    found = process.extract(word, known.keys(), scorer=OSA.normalized_similarity, score_cutoff=LIKE_ENOUGH, limit=5)
    best, likeness, _place = max(found, key=lambda one: (one[1], known[one[0]]), default=(word, 0.0, None))
    return best, likeness


def _beginning_of(word: str, known: Counter[str]) -> str:
    """The longest known word that ``word`` begins with, as compounds do, and the rest of it if that is one too."""
    for length in range(len(word) - 1, SHORTEST - 1, -1):
        beginning, rest = word[:length], word[length:]
        if beginning in known:
            return f"{beginning} {rest}" if rest in known else beginning
    return ""
