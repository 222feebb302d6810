"""Texts of pages: as long as in practice, of words of which a few are everywhere and most are rare.

The same title always has the same text.
"""

import re
from array import array
from hashlib import shake_128
from itertools import accumulate, product

WORDS = 300
IN_A_TENTH = "zonneboiler"
RARE = "exoskelet"
RARE_IN = re.compile(r" 0 van Regio [1-5]\b")
"""The titles of the five pages that have the rare word, however many pages there are."""
FREQUENT = [
    word
    for line in (
        "de van het een en in op te voor met zijn die is aan dat er door om bij ook als naar uit maar over dan nog",
        "hebben worden kunnen deze hun school leerlingen samen jaar klas docenten bedrijven",
    )
    for word in line.split()
]
STEMS = [
    word
    for line in (
        "auto bedrijf bouw brand broei buis dak data diesel draad druk energie fiets frees gas gereedschap gevel gips",
        "glas groen hand haven hef hijs horeca hout installatie isolatie kabel kraan kunst laad laser last lucht",
        "machine magneet meet metaal meubel model motor muur natuur netwerk olie onderhoud papier plaat plastic pomp",
        "printer proef radio regel riool robot rubber scheep schroef sensor sleutel smeer spoor staal steen stof",
        "stroom tandrad tegel teken test textiel transport turbine veer verf vlieg vloer voertuig wagen warmte water",
        "weef wiel wind zaag zand zorg",
    )
    for word in line.split()
]
VOCABULARY = [*FREQUENT, *(first + second for second, first in product(STEMS, STEMS) if first != second)]
DRAWS = 2**16


def _lots() -> list[str]:
    """A lot for each draw; a word has fewer the further back it is (https://en.wikipedia.org/wiki/Zipf%27s_law)."""
    ends = list(accumulate(1 / (place + 3) for place in range(len(VOCABULARY))))
    lots, place = [], 0
    for draw in range(DRAWS):
        while ends[place] < ends[-1] * draw / DRAWS:
            place += 1
        lots.append(VOCABULARY[place])
    return lots


LOTS = _lots()


def region(number: int) -> str:
    """The name of a region, as "Regio 3 Bouwstreek"; one word of it is in no other name."""
    return f"Regio {number} {STEMS[number - 1].capitalize()}streek"


def title(beginning: str) -> str:
    """``beginning`` with some words of its own."""
    return f"{beginning}: {' '.join(_draw(beginning, 3))}"


def text(title: str) -> str:
    """That of the page with this title."""
    words = _draw(title, WORDS)
    if shake_128(title.encode()).digest(1)[0] < 256 / 10:
        words[WORDS // 2] = IN_A_TENTH
    if RARE_IN.search(title):
        words[WORDS // 3] = RARE
    return f"{' '.join(words).capitalize()}."


def _draw(seed: str, number: int) -> list[str]:
    return [LOTS[draw] for draw in array("H", shake_128(seed.encode()).digest(2 * number))]
