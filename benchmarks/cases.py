"""What is asked, of ours and of stock Wagtail."""

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPMessage
from urllib.parse import urlencode, urlsplit

from .load import NUMBER

OURS = "/api/v2"
STOCK = "/stock/api/v2"
DEEP = 0.9
"""How far into the list of all items a deep page begins."""


class NotThere(Exception):
    """The endpoint, or what a request to it needs, isn't there yet; says what was missing."""


@dataclass
class Question:
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200


@dataclass
class Case:
    name: str
    ours: Callable[[], Question]
    """Raises ``NotThere``."""
    stock: str | None = None
    """``None`` when only ours is asked."""


def cases(base_url: str, places: dict) -> list[Case]:
    """All cases, for the site at ``base_url`` with these ``places`` (see ``benchmarks.rows``).

    Ours keeps whole answers until something changes; a number that means nothing makes it answer anew.
    """
    news = "type=regions.NewsPage&order=-date&limit=20"
    newest = "order=-date&limit=20"
    # Stock Wagtail can order by date only among pages of one type that has it.
    stock_newest = f"{STOCK}/pages/?type=cms.BasePage&{newest}"
    detail = f"/pages/{places['page']}/"
    offset = int(places["items"] * DEEP)

    def ask(path, **headers):
        return lambda: Question(OURS + path, headers)

    return [
        Case("20 full items", ask(f"/pages/?{news}&fields=*"), f"{STOCK}/pages/?{news}&fields=*"),
        Case("20 cards of all kinds", ask(f"/pages/?{newest}"), stock_newest),
        Case("20 news items of all regions", ask(f"/pages/?{news}"), f"{STOCK}/pages/?{news}"),
        Case("detail", ask(detail), STOCK + detail),
        Case("resolve a path", ask(f"/resolve/?{urlencode({'path': places['path']})}"), STOCK + detail),
        Case(
            "a large region",
            ask(f"/pages/?region={places['large']}&{newest}"),
            f"{stock_newest}&descendant_of={places['large_id']}",
        ),
        Case(
            "a quiet region",
            ask(f"/pages/?region={places['quiet']}&{newest}"),
            f"{stock_newest}&descendant_of={places['quiet_id']}",
        ),
        Case("events", ask("/events/?limit=20"), f"{STOCK}/pages/?type=agenda.EventPage&order=start&limit=20"),
        Case("regions", ask("/regions/?limit=20"), f"{STOCK}/pages/?type=regions.RegionPage&order=title&limit=20"),
        Case("deep page by offset", ask(f"/pages/?{newest}&offset={offset}"), f"{stock_newest}&offset={offset}"),
        Case("deep page by keyset", lambda: deep_question(base_url, newest, offset), f"{stock_newest}&offset={offset}"),
        *(
            Case(f"{name}, never asked before", ask(f"{path}&_={NUMBER}"), stock)
            for name, path, stock in (
                ("20 full items", f"/pages/?{news}&fields=*", f"{STOCK}/pages/?{news}&fields=*"),
                ("20 cards", f"/pages/?{newest}", stock_newest),
                ("detail", f"{detail}?", STOCK + detail),
                ("a path", f"/resolve/?{urlencode({'path': places['path']})}", STOCK + detail),
                (
                    "a region",
                    f"/pages/?region={places['large']}&{newest}",
                    f"{stock_newest}&descendant_of={places['large_id']}",
                ),
            )
        ),
        Case("304 of a list", lambda: unchanged_question(base_url, f"{OURS}/pages/?{newest}"), stock_newest),
        Case("304 of a detail", lambda: unchanged_question(base_url, OURS + detail), STOCK + detail),
    ]


def fetch(base_url: str, question: Question) -> tuple[bytes, HTTPMessage]:
    """The body and headers of an answer; raises ``NotThere`` when its status is another than expected."""
    with closing(HTTPConnection(urlsplit(base_url).netloc)) as connection:
        connection.request("GET", question.path, headers=question.headers)
        response = connection.getresponse()
        if response.status != question.status:
            raise NotThere(f"status {response.status}")
        return response.read(), response.headers


def unchanged_question(base_url: str, path: str) -> Question:
    """The same question again, with the ETag of its first answer."""
    _, headers = fetch(base_url, Question(path))
    if "ETag" not in headers:
        raise NotThere("no ETag")
    return Question(path, {"If-None-Match": headers["ETag"]}, 304)


def deep_question(base_url: str, query: str, offset: int) -> Question:
    """The question for the page after ``offset`` items, found by going from page to page."""
    step = 50
    path = f"{OURS}/pages/?order=-date&limit={step}"
    token = ""
    for _ in range(0, offset, step):
        body, _ = fetch(base_url, Question(f"{path}&{urlencode({'after': token})}" if token else path))
        token = json.loads(body)["meta"].get("next")
        if not token:
            raise NotThere("no meta.next")
    return Question(f"{OURS}/pages/?{query}&{urlencode({'after': token})}")
