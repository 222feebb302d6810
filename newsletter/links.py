"""Asking addresses elsewhere whether they still answer."""

import datetime
from collections.abc import Iterable

from django.utils import timezone

from cms.addresses import on_site
from cms.outgoing.asking import Answer, Request, ask

from .models import LinkCheck
from .reading import Link
from .rendering import UNSUBSCRIBE_URL

HEADERS = {"User-Agent": "SterkTechniekonderwijs-Links/1.0"}
MOST_ASKED = 50
KEPT = datetime.timedelta(days=30)
REFUSES_HEAD = {405, 501}


def links_elsewhere(links: Iterable[Link]) -> list[str]:
    """The addresses in a mail that aren't ours, each once; without those that are too long to keep an answer of."""
    urls = dict.fromkeys(link.url for link in links)
    ours = (on_site("/"), UNSUBSCRIBE_URL, "mailto:", "tel:")
    return [url for url in urls if url and not url.startswith(ours) and len(url) <= LinkCheck.LONGEST]


def unasked(urls: list[str]) -> list[str]:
    """Those of which no answer is known."""
    known = set(LinkCheck.objects.filter(url__in=urls).values_list("url", flat=True))
    return [url for url in urls if url not in known]


def ask_all(urls: Iterable[str]) -> None:
    """Ask each of the first fifty ``urls`` and keep what it says; takes at most ten seconds for each."""
    for url in list(urls)[:MOST_ASKED]:
        answer = _ask(url.partition("#")[0])
        values = {"status": answer.status, "error": answer.error[:200], "checked_at": timezone.now()}
        LinkCheck.objects.update_or_create(url=url, defaults=values)


def forget_answers() -> None:
    """What was said long ago says nothing of today."""
    LinkCheck.objects.filter(checked_at__lt=timezone.now() - KEPT).delete()


def _ask(url: str) -> Answer:
    answer = ask(url, Request("HEAD", HEADERS))
    return ask(url, Request("GET", HEADERS)) if answer.status in REFUSES_HEAD else answer
