"""How often one may ask for something: counted in the database, so that all processes count together."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from math import ceil
from typing import NamedTuple

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from cms.client_address import client_address
from cms.models import Tally

from .errors import Refused

TEN_MINUTES = datetime.timedelta(minutes=10)
HOUR = datetime.timedelta(hours=1)


class Limit(NamedTuple):
    """``most`` times in each ``window``; windows follow each other, whenever somebody begins."""

    name: str
    most: int
    window: datetime.timedelta

    def count(self, subject: str | None) -> None:
        """Count one more of ``subject``, of whom only a hash is kept; raises ``Refused`` when that is too many."""
        until = self._until()
        if Tally.objects.add(self._key(subject), until) > self.most:
            raise too_many(until)

    def check(self, subject: str | None) -> None:
        """Raises ``Refused`` when ``subject`` had as many as there may be; counts nothing."""
        until = self._until()
        if Tally.objects.filter(key=self._key(subject), until=until, count__gte=self.most).exists():
            raise too_many(until)

    def _until(self) -> datetime.datetime:
        """When the window ends in which we are."""
        seconds = self.window.total_seconds()
        end = (timezone.now().timestamp() // seconds + 1) * seconds
        return datetime.datetime.fromtimestamp(end, datetime.UTC)

    def _key(self, subject: str | None) -> str:
        return salted_hmac("cms.api.limiting", f"{self.name} {subject}", algorithm="sha256").hexdigest()


WRONG_LINKS = Limit("wrong links", 30, TEN_MINUTES)


@contextmanager
def guessing(request: HttpRequest) -> Iterator[None]:
    """Count it when within ``Http404`` is raised; raises ``Refused`` once that happened too often."""
    client = client_address(request)
    WRONG_LINKS.check(client)
    try:
        yield
    except Http404:
        WRONG_LINKS.count(client)
        raise


def forget_tallies() -> None:
    """Delete what counts no more."""
    Tally.objects.over().delete()


def too_many(until: datetime.datetime) -> Refused:
    sentence = _("Dit is te vaak gedaan. Probeer het over een tijdje opnieuw.")
    seconds = ceil((until - timezone.now()).total_seconds())
    return Refused(HTTPStatus.TOO_MANY_REQUESTS, sentence, code="too_many", retry_after=max(1, seconds))
