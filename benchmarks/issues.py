"""Newsletters to send: for each number of subscribers a list of its own, and an issue of 50 kB that is frozen."""

import json

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from cms.tree import add_live
from home.models import HomePage
from home.structure import build_site
from newsletter.freezing import freeze
from newsletter.models import FrozenIssue, NewsletterIndexPage, NewsletterPage, Subscriber, Subscription
from newsletter.subscribing.addresses import hash_of

from .rows import SENTENCE

BLOCKS = 17
BATCH = 5_000


def main(*sizes: str) -> None:
    """Prints ``{"subject", "html", "text"}`` of the issue."""
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        home = build_site()
        subscribers = add_subscribers(max(map(int, sizes)))
        issues = [add_issue(home, subscribers[: int(size)]) for size in sizes]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # without it the planner thinks that all tables are still empty
    print(json.dumps({name: getattr(issues[0], name) for name in ("subject", "html", "text")}))


def add_subscribers(number: int) -> list[Subscriber]:
    emails = (f"lezer{place}@example.org" for place in range(number))
    return Subscriber.objects.bulk_create(
        [Subscriber(email=email, address_hash=hash_of(email)) for email in emails], batch_size=BATCH
    )


def add_issue(home: HomePage, subscribers: list[Subscriber]) -> FrozenIssue:
    """On a new list of ``subscribers``."""
    newsletter = add_live(home, NewsletterIndexPage(title=f"Nieuwsbrief aan {len(subscribers)}"))
    Subscription.objects.bulk_create(
        (
            Subscription(
                subscriber=subscriber,
                newsletter=newsletter,
                state=Subscription.State.ACTIVE,
                source=Subscription.Source.SITE,
                confirmed_at=timezone.now(),
            )
            for subscriber in subscribers
        ),
        batch_size=BATCH,
    )
    issue = add_live(newsletter, NewsletterPage(title="Nummer een", date=timezone.localdate(), body=blocks()))
    return freeze(NewsletterPage.objects.get(pk=issue.pk), None)


def blocks() -> list[tuple[str, dict]]:
    link = '<a href="https://example.org/techlab/">het techlab</a>'
    html = f"<p>{SENTENCE * 4}</p><ul><li>{SENTENCE}</li></ul><p>Zie ook {link}.</p>"
    shown = {"topic": "", "visibility": "both", "image": None, "image_position": "above"}
    return [("text", {**shown, "title": f"Bericht {number}", "text": html}) for number in range(1, BLOCKS + 1)]
