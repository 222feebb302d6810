"""How many people are on each list, and how many asked or left."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count

from newsletter.models import NewsletterIndexPage, Subscription
from newsletter.subscribing.newsletters import full_title


class Line(NamedTuple):
    """The numbers of one list, or of several when ``newsletter`` is ``None``."""

    newsletter: NewsletterIndexPage | None
    people: Counter[str]
    """How many, by the state of their subscription."""

    @property
    def title(self) -> str:
        return full_title(self.newsletter) if self.newsletter else ""

    @property
    def active(self) -> int:
        return self.people[Subscription.State.ACTIVE]

    @property
    def pending(self) -> int:
        return self.people[Subscription.State.PENDING]

    @property
    def ended(self) -> int:
        return self.people[Subscription.State.ENDED]


class Overview(NamedTuple):
    total: Line
    lists: list[Line]


def overview(newsletters: Iterable[NewsletterIndexPage]) -> Overview:
    """One query, however many lists and people there are; ``newsletters`` have their regions attached."""
    lines = {newsletter.pk: Line(newsletter, Counter()) for newsletter in newsletters}
    rows = Subscription.objects.filter(newsletter__in=lines).order_by().values_list("newsletter", "state")
    for newsletter_id, state, number in rows.annotate(number=Count("pk")):
        lines[newsletter_id].people[state] = number
    total = sum((line.people for line in lines.values()), Counter())
    return Overview(Line(None, total), list(lines.values()))
