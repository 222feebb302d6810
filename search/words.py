"""The words of a question, as they are looked for: without accents or capitals, in the forms that Dutch gives them."""

import re
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

from cms.words import split

MOST_WORDS = 10
SHORTEST_BEGINNING = 4
"""A word of fewer letters is looked for as a whole only: too much begins like that."""
# What nobody looks for; the list of PostgreSQL's Dutch, with the words of questions.
STOP_WORDS = frozenset(
    word
    for line in (
        "aan af al als alle alles altijd andere ben bij daar dan dat de den der deze die dit doch doen door dus",
        "een eens en er ge geen geweest haar had heb hebben heeft hem het hier hij hoe hun iemand iets ik in is ja",
        "je kan kon kunnen maar me meer men met mij mijn moet na naar niet niets nog nu of om omdat onder ons ook",
        "op over reeds s te tegen toch toen tot u uit uw van veel voor want waren was wat werd wezen wie wij wil",
        "worden wordt zal ze zelf zich zij zijn zo zonder zou waar waarom wanneer welke we wel mag mogen moeten",
        "vind vinden vindt",
    )
    for word in line.split()
)
VOWELS = "aeou"
# Of loanwords, of which the stemmer doesn't know all: "robots". After a vowel it mostly belongs to the word.
PLURAL_S = re.compile(r"[^aeiouyjs]s$")
DOUBLED = re.compile(r"([^aeiouy\d])\1$")
SHORT = re.compile(r"[a-z][aeiou][b-df-hj-np-tv-z]")
"""Such a word isn't a beginning, but its plurals are: "bussen", "dagen"."""


def read(text: str) -> list[str]:
    """The first words of ``text`` that say something; all of them when none does."""
    words = split(text)
    return ([word for word in words if word not in STOP_WORDS] or words)[:MOST_WORDS]


def say_something(words: Iterable[str]) -> bool:
    return not STOP_WORDS.issuperset(words)


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """What most forms of ``word`` have in common; of a short word or a number it is the word itself."""
    if len(word) < SHORTEST_BEGINNING or word.isdecimal():
        return word
    # A stemmer keeps the word on itself: threads can't have one together.
    return snowballstemmer.stemmer("dutch").stemWord(word)


@lru_cache(maxsize=4096)
def forms(word: str) -> tuple[str, ...]:
    """``word`` and what other forms of it begin with: of "huizen" also "huis" and "huiz", of "bus" also "bussen"."""
    found = dict.fromkeys([word])
    if len(word) >= SHORTEST_BEGINNING and not word.isdecimal():
        root = stem(word)
        found[root] = None
        if PLURAL_S.search(word):
            found[word[:-1]] = None
        for last, other in (("f", "v"), ("v", "f"), ("s", "z"), ("z", "s")):
            if root.endswith(last):
                found[root[:-1] + other] = None
        if len(root) >= 3 and root[-2] == root[-3] and root[-2] in VOWELS:
            short = f"{root[:-2]}{root[-1]}"
            found[f"{short}e"] = None
            if SHORT.fullmatch(short) and not word.startswith(root):
                found[short] = None
        if DOUBLED.search(root):
            found[root[:-1]] = None
    elif SHORT.fullmatch(word):
        found |= {f"{word}en": None, f"{word}{word[-1]}en": None}
    return tuple(form for form in found if form == word or len(form) >= SHORTEST_BEGINNING - 1)


def is_beginning(form: str) -> bool:
    """Whether longer words are found by it as well: "techlab" finds "techlabs" and "techlabcoach"."""
    return len(form) >= SHORTEST_BEGINNING
