"""Who gets an issue, in numbers."""

from newsletter.freezing import freeze
from newsletter.models import Delivery, SendRun, Subscription, Suppression
from newsletter.sending import audience
from newsletter.subscribing.addresses import hash_of
from tests.factories import make_issue, make_newsletter, make_subscriber, make_subscription

from .blocks import text

State = Subscription.State


def test_who_is_on_the_list_and_not_blocked_gets_it(newsletter):
    for state in (State.ACTIVE, State.ACTIVE, State.PENDING, State.ENDED, State.ENDED, State.ENDED):
        make_subscription(newsletter, state=state)
    make_subscription(newsletter, "weg@example.org")
    Suppression.objects.create(address_hash=hash_of("weg@example.org"), reason=Suppression.Reason.COMPLAINT)
    assert audience.count(newsletter) == audience.Audience(recipients=2, had=0, suppressed=1, pending=1, ended=3)


def test_every_list_is_apart(newsletter, noord):
    other = make_newsletter(noord)
    both = make_subscriber()
    make_subscription(newsletter, both)
    make_subscription(other, both)
    make_subscription(other)
    assert audience.count(newsletter).recipients == 1
    assert audience.count(other).recipients == 2


def test_who_has_an_issue_or_may_have_it_does_not_get_it_again(newsletter, national):
    frozen = freeze(make_issue(newsletter, [text("<p>Dag.</p>")]), national)
    run = SendRun.objects.create(frozen=frozen, newsletter=newsletter, state=SendRun.State.CANCELLED)
    for state in Delivery.State:
        subscriber = make_subscription(newsletter).subscriber
        Delivery.objects.create(run=run, subscriber=subscriber, address_hash=subscriber.address_hash, state=state)
    make_subscription(newsletter)

    found = audience.count(newsletter, frozen)
    # Refused and skipped ones, and who came later.
    assert (found.recipients, found.had) == (3, len(Delivery.State) - 2)


def test_somebody_who_left_and_came_back_under_the_same_address_does_not_get_it_again(newsletter, national):
    frozen = freeze(make_issue(newsletter, [text("<p>Dag.</p>")]), national)
    run = SendRun.objects.create(frozen=frozen, newsletter=newsletter, state=SendRun.State.DONE)
    subscriber = make_subscription(newsletter, "terug@example.org").subscriber
    Delivery.objects.create(
        run=run, subscriber=subscriber, address_hash=subscriber.address_hash, state=Delivery.State.ACCEPTED
    )
    subscriber.delete()
    make_subscription(newsletter, "terug@example.org")
    assert audience.count(newsletter, frozen).recipients == 0
