"""What somebody may have meant who found nothing: words of titles that theirs look like, or begin with."""

from collections import Counter

from rapidfuzz import process
from rapidfuzz.distance import OSA

from cms.words import split

from . import words
from .scope import searched_now

SHORTEST = 4
"""Letters; shorter words look like too many others."""
LIKE_ENOUGH = 0.7
"""From 0 to 1; two letters in eight may differ."""


def known_words() -> Counter[str]:
    """The words of all titles that can be found, with the number of titles that they are in."""
    titles = searched_now().all("document.title")
    return Counter(word for (title,) in titles for word in set(split(title)) if _can_be_meant(word))


def _can_be_meant(word: str) -> bool:
    return len(word) >= SHORTEST and words.say_something([word])


def correct(text: str, known: Counter[str]) -> str | None:
    """``text`` with the words that nobody uses replaced by others; ``None`` when there is nothing to replace."""
    asked = words.read(text)
    meant = [_meant_by(word, known) for word in asked]
    return " ".join(meant) if meant != asked else None


def _meant_by(word: str, known: Counter[str]) -> str:
    if len(word) < SHORTEST or word in known or word.isdecimal():  # another year is another question
        return word
    found = process.extract(word, known.keys(), scorer=OSA.normalized_similarity, score_cutoff=LIKE_ENOUGH, limit=5)
    return max(found, key=lambda one: (one[1], known[one[0]]))[0] if found else _without_its_end(word, known)


def _without_its_end(word: str, known: Counter[str]) -> str:
    """The longest known word that ``word`` begins with, as compounds do; itself when there is none."""
    beginnings = (word[:length] for length in range(len(word), SHORTEST - 1, -1))
    return next((beginning for beginning in beginnings if beginning in known), word)
