"""What becomes of a run, step by step."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from newsletter.freezing import AlreadyFrozen, NotOnline, NotReady, correct, freeze
from newsletter.management.commands.send_newsletters import look_after_runs
from newsletter.models import Delivery, FrozenIssue, SendRun
from newsletter.sending import audience, desk, refusals
from regions import lifecycle
from tests.factories import make_draft, make_issue, make_news, make_newsletter, make_user

from .blocks import item, text
from .runs import subscribe_all
from .subscribers import put_on

State = SendRun.State
Row = Delivery.State


@pytest.fixture
def issue(newsletter):
    for _ in range(3):
        put_on(newsletter)
    page = make_issue(newsletter, [text("<p>Dag.</p>")], "Nummer een")
    page.unpublish()
    return page


@pytest.fixture
def second(national):
    return make_user("tweede@example.org", *national.groups.all())


def request(issue, user, expected=3, **fields):
    fields = {"send_at": timezone.now(), "on_doubt": SendRun.OnDoubt.RESEND, **fields}
    return desk.request(issue, user, expected=expected, **fields)


def start():
    desk.start_due(timezone.now())
    desk.prepare_all()
    desk.begin_ready()


def state_of(run):
    return SendRun.objects.get(pk=run.pk).state


def close(run, *states):
    """As the mailer would: the rows in their order become ``states``, tried once."""
    for row, state in zip(run.deliveries.all(), states, strict=True):
        Delivery.objects.filter(pk=row.pk).update(state=state, attempts=1, closed_at=timezone.now())


def test_from_asking_to_done(issue, national, api):
    run = request(issue, national)
    assert run.state == State.SCHEDULED
    start()
    assert state_of(run) == State.SENDING
    assert run.deliveries.filter(state=Row.PENDING).count() == 3
    desk.finish_done()
    assert state_of(run) == State.SENDING
    close(run, Row.ACCEPTED, Row.REJECTED, Row.SKIPPED)
    desk.finish_done()
    run.refresh_from_db()
    assert run.state == State.DONE
    assert run.started_at <= run.finished_at


def test_issue_is_frozen_when_asked_and_online_when_sending_begins(issue, national, api):
    run = request(issue, national, send_at=timezone.now() + datetime.timedelta(hours=2))
    issue.refresh_from_db()
    assert issue.frozen_at
    assert not issue.live
    with pytest.raises(AlreadyFrozen):
        freeze(issue, national)
    with pytest.raises(NotOnline):
        correct(issue, national, "Een fout.")
    make_draft(issue, title="Later bedacht")

    start()
    assert state_of(run) == State.SCHEDULED
    api(f"pages/{issue.pk}/", 404)
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=3)):
        start()
    assert state_of(run) == State.SENDING
    assert api(f"pages/{issue.pk}/")["title"] == "Nummer een"


def test_what_is_online_already_changes_when_sending_begins_and_not_before(newsletter, noord, national, api):
    put_on(newsletter)
    news = make_news(noord, "Lasrobot")
    issue = make_issue(newsletter, [item(news)], "Nummer een")
    make_draft(issue, title="Nummer een, af")
    request(issue, national, expected=1)
    news.title = "Lasrobots"
    news.save_revision().publish()
    before = api(f"pages/{issue.pk}/")
    assert before["title"] == "Nummer een"
    assert "Lasrobots" in str(before["body"])
    start()
    after = api(f"pages/{issue.pk}/")
    assert after["title"] == "Nummer een, af"
    assert "Lasrobots" not in str(after["body"])


def test_number_must_be_the_one_of_now(issue, newsletter, national):
    put_on(newsletter)
    with pytest.raises(refusals.NumberChanged, match="nu 4"):
        request(issue, national)
    assert not FrozenIssue.objects.exists()
    newsletter.subscriptions.all().delete()
    with pytest.raises(refusals.NobodyToSendTo):
        request(issue, national, expected=0)


def test_issue_with_errors_is_not_sent(newsletter, noord, national):
    put_on(newsletter)
    news = make_news(noord)
    issue = make_issue(newsletter, [item(news)])
    news.unpublish()
    with pytest.raises(NotReady):
        request(issue, national, expected=1)
    assert not SendRun.objects.exists()


def test_one_run_at_a_time(issue, national):
    request(issue, national)
    with pytest.raises(refusals.AlreadyUnderWay):
        request(issue, national)


def test_another_person_approves(issue, national, second, settings):
    settings.NEWSLETTER_FOUR_EYES = True
    run = request(issue, national)
    start()
    assert state_of(run) == State.DRAFT
    with pytest.raises(refusals.SamePerson):
        desk.approve(run, national)
    desk.approve(run, second)
    with pytest.raises(refusals.NotWaitingForApproval):
        desk.approve(run, second)
    run.refresh_from_db()
    assert (run.state, run.approved_by) == (State.SCHEDULED, second)
    start()
    assert state_of(run) == State.SENDING


@pytest.mark.parametrize("number", [300, 600])
def test_calling_off_takes_as_many_statements_however_long_the_list(
    newsletter, national, django_assert_max_num_queries, number
):
    subscribe_all(newsletter, number)
    page = make_issue(newsletter, [text("<p>Dag.</p>")], "Nummer een")
    page.unpublish()
    run = request(page, national, expected=number)
    desk.start_due(timezone.now())
    desk.prepare_all()
    assert run.deliveries.count() == number

    with django_assert_max_num_queries(CANCEL_QUERIES):
        desk.cancel(run, national)

    assert not Delivery.objects.exists()
    assert not SendRun.objects.exists()


CANCEL_QUERIES = 59


def test_pausing_and_going_on(issue, national):
    run = request(issue, national)
    with pytest.raises(refusals.NotSending):
        desk.pause(run, "Te vroeg")
    start()
    desk.pause(run, "De mailserver weigert.")
    desk.pause(run, "Nog een reden")
    run.refresh_from_db()
    assert (run.state, run.paused_because) == (State.PAUSED, "De mailserver weigert.")
    desk.finish_done()
    began = run.running_since
    desk.resume(run, national)
    run.refresh_from_db()
    assert (run.state, run.paused_because) == (State.SENDING, "")
    assert run.running_since > began
    with pytest.raises(refusals.NotPaused):
        desk.resume(run, national)


@pytest.mark.parametrize("is_begun", [False, True])
def test_cancelling_before_the_first_mail_leaves_the_issue_as_it_was(issue, national, api, is_begun):
    run = request(issue, national)
    if is_begun:
        start()
    desk.cancel(run, national)
    assert not SendRun.objects.exists()
    assert not FrozenIssue.objects.exists()
    issue.refresh_from_db()
    assert not issue.frozen_at
    make_draft(issue, title="Toch anders").publish()
    assert api(f"pages/{issue.pk}/")["title"] == "Toch anders"
    assert request(issue, national).frozen.subject == "Toch anders"


def test_issue_that_is_thawed_online_follows_its_pages_again(newsletter, noord, national, api):
    put_on(newsletter)
    news = make_news(noord, "Lasrobot")
    issue = make_issue(newsletter, [item(news)])
    run = request(issue, national, expected=1)
    start()
    assert "Lasrobot" in str(api(f"pages/{issue.pk}/")["body"])
    desk.cancel(run, national)
    news.title = "Draaibank"
    news.save_revision().publish()
    assert "Draaibank" in str(api(f"pages/{issue.pk}/")["body"])


def test_cancelling_half_way_stops_what_is_left(issue, newsletter, national):
    run = request(issue, national)
    start()
    done, underway, waiting = run.deliveries.all()
    Delivery.objects.filter(pk=done.pk).update(state=Row.ACCEPTED, attempts=1)
    Delivery.objects.filter(pk=underway.pk).update(state=Row.SENDING, attempts=1)
    desk.cancel(run, national)
    assert state_of(run) == State.CANCELLED
    states = list(run.deliveries.values_list("state", "skipped"))
    assert states == [(Row.ACCEPTED, ""), (Row.SENDING, ""), (Row.SKIPPED, Delivery.Skipped.CANCELLED)]
    with pytest.raises(refusals.AlreadyOver):
        desk.cancel(run, national)

    # The server wanted it later; that comes never.
    Delivery.objects.filter(pk=underway.pk).update(state=Row.DEFERRED)
    desk.finish_done()
    underway.refresh_from_db()
    assert (underway.state, underway.skipped) == (Row.SKIPPED, Delivery.Skipped.CANCELLED)
    assert audience.count(newsletter, run.frozen).recipients == 2


def test_what_may_have_gone_out_stays_in_doubt_when_its_run_is_cancelled(issue, newsletter, national):
    run = request(issue, national)
    start()
    run.deliveries.update(attempts=1, was_uncertain=True)
    desk.cancel(run, national)
    assert set(run.deliveries.values_list("state", flat=True)) == {Row.UNCERTAIN}
    assert audience.count(newsletter, run.frozen).recipients == 0


def test_mails_in_doubt_ask_for_attention_and_are_sent_again(issue, national):
    run = request(issue, national, on_doubt=SendRun.OnDoubt.HOLD)
    start()
    close(run, Row.ACCEPTED, Row.UNCERTAIN, Row.ACCEPTED)
    desk.finish_done()
    assert state_of(run) == State.ATTENTION
    desk.settle_doubt(run, national, resend=True)
    assert state_of(run) == State.SENDING
    again = run.deliveries.get(state=Row.PENDING)
    assert (again.was_uncertain, again.closed_at) == (True, None)
    close(run, Row.ACCEPTED, Row.ACCEPTED, Row.ACCEPTED)
    desk.finish_done()
    assert state_of(run) == State.DONE
    with pytest.raises(refusals.NothingInDoubt):
        desk.settle_doubt(run, national, resend=False)


def test_mails_in_doubt_can_be_left_alone(issue, national):
    run = request(issue, national, on_doubt=SendRun.OnDoubt.HOLD)
    start()
    close(run, Row.ACCEPTED, Row.UNCERTAIN, Row.ACCEPTED)
    desk.finish_done()
    desk.settle_doubt(run, national, resend=False)
    assert state_of(run) == State.DONE
    assert run.deliveries.filter(state=Row.UNCERTAIN).count() == 1


def test_doubt_waits_for_another_run(issue, newsletter, national):
    run = request(issue, national, on_doubt=SendRun.OnDoubt.HOLD)
    start()
    close(run, Row.ACCEPTED, Row.UNCERTAIN, Row.ACCEPTED)
    desk.finish_done()
    put_on(newsletter)
    request(issue, national, expected=1)
    with pytest.raises(refusals.AlreadyUnderWay):
        desk.settle_doubt(run, national, resend=True)


def test_follow_up_goes_to_new_subscribers(issue, newsletter, national):
    run = request(issue, national)
    start()
    close(run, Row.ACCEPTED, Row.ACCEPTED, Row.ACCEPTED)
    desk.finish_done()
    with pytest.raises(refusals.NobodyToSendTo):
        request(issue, national, expected=0)
    new = put_on(newsletter)
    following = request(issue, national, expected=1)
    assert following.frozen == run.frozen
    start()
    assert [row.subscriber for row in following.deliveries.all()] == [new.subscriber]
    desk.cancel(following, national)
    issue.refresh_from_db()
    assert issue.frozen_at


def test_run_of_a_newsletter_that_is_gone_is_cancelled(issue, newsletter, national):
    run = request(issue, national)
    newsletter.delete()
    start()
    assert state_of(run) == State.CANCELLED


def test_issue_that_cannot_come_online_waits_for_its_editor_and_keeps_nobody_else_waiting(
    issue, newsletter, noord, national, api
):
    make_draft(issue, slug="nummer-een-af")
    run = request(issue, national)
    other = make_issue(newsletter, [text("<p>Dag.</p>")], "Nummer twee", slug="nummer-een-af")
    regional = make_newsletter(noord, "Nieuwsbrief Noord")
    put_on(regional)
    of_region = request(make_issue(regional, [text("<p>Dag.</p>")]), national, expected=1)

    start()
    run.refresh_from_db()
    assert run.state == State.PAUSED
    assert "niet op de site" in run.paused_because
    assert state_of(of_region) == State.SENDING

    other.delete()
    desk.resume(run, national)
    assert state_of(run) == State.READY
    start()
    assert state_of(run) == State.SENDING
    assert api(f"pages/{issue.pk}/")["meta"]["slug"] == "nummer-een-af"


def test_issue_whose_version_is_gone_waits_for_its_editor(issue, national):
    run = request(issue, national)
    make_draft(issue, title="Later bedacht")
    issue.revisions.filter(pk=run.frozen.revision).delete()

    start()

    assert state_of(run) == State.PAUSED
    desk.cancel(run, national)
    assert not SendRun.objects.exists()


def test_mail_that_comes_back_after_its_run_was_cancelled_is_let_go(issue, newsletter, national):
    run = request(issue, national)
    start()
    underway, *_others = run.deliveries.all()
    Delivery.objects.filter(pk=underway.pk).update(state=Row.SENDING, attempts=1)
    desk.cancel(run, national)
    Delivery.objects.filter(pk=underway.pk).update(state=Row.DEFERRED)

    look_after_runs()

    underway.refresh_from_db()
    assert underway.state == Row.SKIPPED


def test_region_is_not_closed_while_its_newsletter_is_under_way(noord, zuid, national):
    newsletter = make_newsletter(noord)
    put_on(newsletter)
    run = request(make_issue(newsletter, [text("<p>Dag.</p>")]), national, expected=1)

    with pytest.raises(lifecycle.Refused, match="onderweg"):
        lifecycle.close(noord)
    lifecycle.close(zuid)

    desk.cancel(run, national)
    lifecycle.close(noord)
