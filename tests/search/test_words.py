"""Words are looked for in their forms, whoever else asks at that moment."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

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
