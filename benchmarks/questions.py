"""What is asked of search, of ours and of stock Wagtail."""

from urllib.parse import urlencode

from .cases import OURS, STOCK, Case, Question
from .load import NUMBER
from .texts import IN_A_TENTH, RARE, STEMS, region

IN_ALL = "leerlingen"
# Each in most pages, as parts of words in all of them.
TEN_WORDS = "bedrijven docenten school klas leerlingen samen techlab bouwen meten proberen"
NOWHERE = "xylofoon"
# What stock gives: by itself titles and addresses only.
TITLES = "limit=20&"
CARDS = "type=cms.BasePage&fields=*&limit=20&"


def questions(stock: bool) -> list[Case]:
    """With ``stock`` the first ones are asked of stock as well.

    Each is asked as if for the first time: of two values of ``q`` the last one counts.
    """
    beginning = STEMS[0]
    place = region(40).split()[-1]
    everything = {"type": "regions.NewsPage,agenda.EventPage", "from": "2021-01-01", "to": "2030-01-01"}
    return [
        _case("a rare word", RARE, stock=TITLES if stock else None),
        _case("the same, stock with fields of cards", RARE, stock=CARDS if stock else None),
        _case("a word in a tenth of the pages", IN_A_TENTH, stock=TITLES if stock else None),
        _case("the same, stock with fields of cards", IN_A_TENTH, stock=CARDS if stock else None),
        _case("the same, the newest first", IN_A_TENTH, order="date"),
        _case("the same, narrowed by all facets", IN_A_TENTH, region="regio-40", **everything),
        _case("a word in all pages", IN_ALL),
        _case("what words in all pages begin with", beginning),
        _case("ten words in most pages", TEN_WORDS),
        _case("ten words, one of them nowhere", f"{TEN_WORDS.partition(' ')[2]} {NOWHERE}"),
        _case("a rare word with one that is nowhere", f"{RARE} {NOWHERE}"),
        _case("words that are nowhere", "lasrobto xylofon"),
        _case("a region", place),
        _case("a word in a tenth, and a region", f"{IN_A_TENTH} {place}"),
        _case("a word in all pages, beyond the end", IN_ALL, offset=20_000),
        _case("what all titles begin with", "nieuws", door="suggest/"),
        _case("what some words of titles begin with", f"{beginning} {STEMS[3]}", door="suggest/"),
        _case("what no title begins with", NOWHERE, door="suggest/"),
        *(
            _case(f"bad: {name}", q, status, **parameters)
            for name, q, status, parameters in (
                ("empty", "", 400, {}),
                ("10 kB", "x" * 10_000, 400, {}),
                ("200 letters", "x" * 200, 200, {}),
                ("quotation marks", '"\'«»"', 200, {}),
                ("*", "*", 200, {}),
                ("NOT", f"NOT {IN_A_TENTH}", 200, {}),
                ("emoji", "😀🤖", 200, {}),
                ("SQL", "'; DROP TABLE cms_pagedocument; --", 200, {}),
                ("right to left", "مرحبا שלום", 200, {}),
                ("unknown region", IN_ALL, 400, {"region": "nergens"}),
                ("from after to", IN_ALL, 400, {"from": "2026-02-01", "to": "2026-01-01"}),
            )
        ),
    ]


def _case(name: str, q: str, status: int = 200, door: str = "", *, stock: str | None = None, **parameters) -> Case:
    query = urlencode([("q", NUMBER), ("q", q), *parameters.items()])
    ours = Question(f"{OURS}/search/{door}?{query}", status=status)
    return Case(name, lambda: ours, stock and f"{STOCK}/pages/?{stock}{urlencode({'search': q})}")
