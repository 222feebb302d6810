"""The words of texts and of questions, as they are looked for, whoever else asks at that moment."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from cms.searched import as_written, with_words
from cms.words import split
from search.words import stem

WORDS = [
    f"{first}{second}en" for first in ("techniek", "praktijk", "school", "vak") for second in ("les", "dag", "huiz")
]


@pytest.fixture
def taking_turns():
    """Has threads take turns as often as they can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def test_threads_do_not_get_each_others_words(taking_turns):
    find_stem = stem.__wrapped__  # each time anew
    asked = WORDS * 50
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(find_stem, asked))
    assert found == [find_stem(word) for word in asked]


@pytest.mark.parametrize(
    "text", ["vmbo/havo", "Een café.", "60 m²", "<b>las</b> <!-- en boor -->", "mbo-4, mbo-3", "é"]
)
def test_words_stand_by_themselves_in_the_index(text):
    """Brackets beside them are letters to a PostgreSQL of which the locale is C."""
    indexed = with_words(text)
    assert set(indexed.replace(",", "").replace(".", "").lower().split()).issuperset(split(text))
    assert as_written(indexed).split() == text.split()
