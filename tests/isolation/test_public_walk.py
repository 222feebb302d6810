"""Every address that anybody may read, asked for what isn't online."""

from collections.abc import Iterator

import pytest

from .addresses import ADMIN, PARAMETER, all_addresses
from .world import HIDDEN, World, make_world

PART = HIDDEN[:-1]
"""Finds it, and isn't it where an answer repeats what was asked."""


@pytest.fixture
def world(db):
    return make_world("zuid-eigen")


def questions(path: str, world: World) -> Iterator[dict]:
    """What a reader may ask of everything that a region has; an address of one thing listens to little."""
    if path.endswith(".ics") or any(part.isdecimal() for part in path.split("/")):
        yield from ({}, {"fields": "*"}, {"path": world.pages["draft"].url_path.removeprefix("/home")})
        return
    region = world.pages["region"]
    yield from ({}, {"fields": "*"}, {"region": region.slug, "limit": 50}, {"descendant_of": region.pk, "limit": 50})
    yield from ({"child_of": region.get_children()[0].pk}, {"search": PART}, {"q": PART}, {"title": PART})
    for page in world.pages.values():
        path = f"{page.url_path.removeprefix('/home')}"
        yield from ({"html_path": path}, {"path": path}, {"id": page.pk}, {"slug": page.slug}, {"token": page.pk})


def paths(world: World) -> Iterator[str]:
    for address in all_addresses():
        if address.route.startswith(ADMIN):
            continue
        for page_id in world.ids["pages"] if address.parameters else [0]:
            yield "/" + PARAMETER.sub(str(page_id), address.route)
    for page in world.pages.values():
        yield page.url_path.removeprefix("/home")


def test_readers_get_nothing_that_is_not_online(client, world):
    client.raise_request_exception = False
    shown = 0
    for path in dict.fromkeys(paths(world)):
        for question in questions(path, world):
            response = client.get(path, question)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            text = body.decode(errors="replace").casefold()
            assert response.status_code < 500, (path, question)
            assert HIDDEN not in text, (path, question)
            shown += world.word in text
    assert shown  # what is online can be found
