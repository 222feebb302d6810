"""Subscribers of the demo: invented addresses and nobody's name, on the national list and on that of a region."""

import datetime

from django.utils import timezone

from cms.tree import add_live
from newsletter.models import ConsentEvent, NewsletterIndexPage, Subscriber, SubscriberMail, Subscription, Suppression
from newsletter.subscribing.addresses import hash_of
from newsletter.subscribing.suppression import HARD_BOUNCES
from newsletter.subscribing.wording import wording_of_form
from regions.models import RegionPage

NATIONAL, REGIONAL = 48, 14
"""How many addresses were ever on each list; those of the region are on the national one too."""
EARLY = [(12, datetime.date(2022, 10, 3)), (24, datetime.date(2023, 8, 1))]
"""Up to which number they came from a day on, one a day: each time before an issue went out."""
EVERY_NINTH, EVERY_SEVENTH, EVERY_FIFTH = 9, 7, 5
HOUR = datetime.time(10, 20)


class SubscriberDemo:
    """Puts them on their lists, half of them in the weeks before ``today``; nobody gets a mail."""

    def __init__(self, national: NewsletterIndexPage, region: RegionPage, today: datetime.date):
        self.national = national
        self.region = region
        self.today = today

    def load(self) -> None:
        regional = add_live(self.region, NewsletterIndexPage(title=f"Nieuwsbrief {self.region.title}"))
        subscribers = [self._subscriber(number) for number in range(1, NATIONAL + 1)]
        Subscriber.objects.bulk_create(subscribers)
        self._subscribe(self.national, subscribers)
        self._subscribe(regional, subscribers[:REGIONAL])
        self._block(subscribers[-1])

    def _block(self, subscriber: Subscriber) -> None:
        """As if two mails had come back."""
        subscriber.hard_bounces = HARD_BOUNCES
        subscriber.save(update_fields=["hard_bounces"])
        Suppression.objects.create(
            address_hash=subscriber.address_hash, reason=Suppression.Reason.BOUNCES, created_at=self._moment(0)
        )

    def _subscriber(self, number: int) -> Subscriber:
        email = f"abonnee{number:02}@example.org"
        return Subscriber(email=email, address_hash=hash_of(email), created_at=self._moment(self._days_ago(number)))

    def _days_ago(self, number: int) -> int:
        if number % EVERY_NINTH == 0:  # who doesn't confirm within a week is forgotten
            return number // EVERY_NINTH
        since = next((day for last, day in EARLY if number <= last), None)
        return (self.today - since).days - number if since else NATIONAL - number

    def _subscribe(self, newsletter: NewsletterIndexPage, subscribers: list[Subscriber]) -> None:
        numbered = list(enumerate(subscribers, 1))
        subscriptions = [self._subscription(newsletter, subscriber, number) for number, subscriber in numbered]
        Subscription.objects.bulk_create(subscriptions)
        events = [event for subscription in subscriptions for event in self._said(subscription)]
        ConsentEvent.objects.bulk_create(events)

    def _subscription(self, newsletter: NewsletterIndexPage, subscriber: Subscriber, number: int) -> Subscription:
        """Most get it; some haven't confirmed yet, some left."""
        asked_at = subscriber.created_at
        state = Subscription.State.ACTIVE
        if number % EVERY_NINTH == 0:
            state = Subscription.State.PENDING
        elif number % EVERY_SEVENTH == 0:
            state = Subscription.State.ENDED
        by_event = number % EVERY_FIFTH == 0
        return Subscription(
            subscriber=subscriber,
            newsletter=newsletter,
            state=state,
            source=Subscription.Source.EVENT if by_event else Subscription.Source.SITE,
            requested_at=asked_at,
            confirmed_at=None if state == Subscription.State.PENDING else asked_at + datetime.timedelta(minutes=4),
            ended_at=self._moment(0) if state == Subscription.State.ENDED else None,
        )

    def _said(self, subscription: Subscription) -> list[ConsentEvent]:
        kinds = ConsentEvent.Kind
        moments = {
            kinds.REQUESTED: subscription.requested_at,
            kinds.CONFIRMED: subscription.confirmed_at,
            kinds.WITHDRAWN: subscription.ended_at,
        }
        return [self._event(subscription, kind, moment) for kind, moment in moments.items() if moment]

    def _event(self, subscription: Subscription, kind: str, moment: datetime.datetime) -> ConsentEvent:
        wording = wording_of_form()
        is_asked = kind == ConsentEvent.Kind.REQUESTED
        return ConsentEvent(
            address_hash=subscription.subscriber.address_hash,
            newsletter=subscription.newsletter,
            newsletter_title=subscription.newsletter.title,
            kind=kind,
            at=moment,
            wording=wording.text if is_asked else "",
            wording_version=wording.version if is_asked else "",
            source=subscription.get_source_display(),
        )

    def _moment(self, days_ago: int) -> datetime.datetime:
        day = self.today - datetime.timedelta(days=days_ago + 1)
        return timezone.make_aware(datetime.datetime.combine(day, HOUR))


def forget_subscribers() -> None:
    """Throw away what outlives the pages of newsletters."""
    for model in (SubscriberMail, Subscription, Subscriber, Suppression):
        model.objects.all().delete()
    ConsentEvent._base_manager.all().delete()
