"""Who gets an issue, in numbers."""

from newsletter.freezing import freeze
from newsletter.models import Delivery, SendRun, Subscription, Suppression
from newsletter.sending import audience
from newsletter.subscribing.addresses import hash_of
from tests.factories import make_issue, make_newsletter

from .blocks import text
from .subscribers import put_on

State = Subscription.State


def test_who_is_on_the_list_and_not_blocked_gets_it(newsletter):
    for state in (State.ACTIVE, State.ACTIVE, State.PENDING, State.ENDED, State.ENDED, State.ENDED):
        put_on(newsletter, state=state)
    put_on(newsletter, "weg@example.org")
    Suppression.objects.create(address_hash=hash_of("weg@example.org"), reason=Suppression.Reason.COMPLAINT)
    assert audience.count(newsletter) == audience.Audience(2, had=0, suppressed=1, pending=1, ended=3, elsewhere=0)


def test_every_list_is_apart(newsletter, noord):
    other = make_newsletter(noord)
    for both in (newsletter, other):
        put_on(both, "beide@example.org")
    put_on(other)
    assert audience.count(newsletter).recipients == 1
    assert audience.count(other).recipients == 2


def test_who_has_an_issue_or_may_have_it_does_not_get_it_again(newsletter, national):
    frozen = freeze(make_issue(newsletter, [text("<p>Dag.</p>")]), national)
    run = SendRun.objects.create(frozen=frozen, newsletter=newsletter, state=SendRun.State.CANCELLED)
    for state in Delivery.State:
        subscriber = put_on(newsletter).subscriber
        Delivery.objects.create(run=run, subscriber=subscriber, address_hash=subscriber.address_hash, state=state)
    put_on(newsletter)

    found = audience.count(newsletter, frozen)
    # Refused and skipped ones, and who came later.
    assert (found.recipients, found.had) == (3, len(Delivery.State) - 2)


def test_somebody_who_left_and_came_back_under_the_same_address_does_not_get_it_again(newsletter, national):
    frozen = freeze(make_issue(newsletter, [text("<p>Dag.</p>")]), national)
    run = SendRun.objects.create(frozen=frozen, newsletter=newsletter, state=SendRun.State.DONE)
    subscriber = put_on(newsletter, "terug@example.org").subscriber
    Delivery.objects.create(
        run=run, subscriber=subscriber, address_hash=subscriber.address_hash, state=Delivery.State.ACCEPTED
    )
    subscriber.delete()
    put_on(newsletter, "terug@example.org")
    assert audience.count(newsletter, frozen).recipients == 0
