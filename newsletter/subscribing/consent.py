"""Writing down what was said about getting a newsletter (GDPR, article 7.1)."""

from collections.abc import Iterable
from typing import NamedTuple

from newsletter.models import ConsentEvent, NewsletterIndexPage

from .wording import Wording

Kind = ConsentEvent.Kind
WITHDRAWN = (Kind.WITHDRAWN, Kind.COMPLAINED)
"""They left a list by their own doing: no import and no merging of lists brings them back on it."""


class Circumstances(NamedTuple):
    """How somebody came to say it."""

    source: str
    """In words for editors."""
    client_address: str | None = None
    """Of the network of the visitor with IPv6; ``None`` when it wasn't said from one that we know."""
    wording: Wording | None = None
    """What they read and agreed to, if that was anything."""


def record(
    address_hash: str, kind: ConsentEvent.Kind, newsletters: Iterable[NewsletterIndexPage], how: Circumstances
) -> None:
    """One event for each of ``newsletters``."""
    ConsentEvent.objects.bulk_create(_event(address_hash, kind, newsletter, how) for newsletter in newsletters)


def record_for_many(
    hashes: Iterable[str], kind: ConsentEvent.Kind, newsletter: NewsletterIndexPage, how: Circumstances
) -> None:
    """One event for each address."""
    ConsentEvent.objects.bulk_create(_event(address_hash, kind, newsletter, how) for address_hash in hashes)


def _event(
    address_hash: str, kind: ConsentEvent.Kind, newsletter: NewsletterIndexPage, how: Circumstances
) -> ConsentEvent:
    return ConsentEvent(
        address_hash=address_hash,
        newsletter=newsletter,
        newsletter_title=newsletter.title,
        kind=kind,
        source=how.source[:150],
        client_address=how.client_address,
        wording=how.wording.text if how.wording else "",
        wording_version=how.wording.version if how.wording else "",
    )


def record_erasure(address_hash: str, source: str) -> None:
    """Note that all else of an address is gone, and forget from which networks it was spoken of.

    This is the one change to what was written down: what remains says that there was a consent, and of nobody.
    """
    ConsentEvent._base_manager.filter(address_hash=address_hash).update(client_address=None)
    ConsentEvent(address_hash=address_hash, kind=Kind.ERASED, source=source[:150]).save()
