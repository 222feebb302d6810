"""The screens by which editors send an issue, see how far it is, and stop it."""

import datetime
import re

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from newsletter.models import Delivery, FrozenIssue, SendRun, Suppression
from newsletter.sending import desk
from newsletter.sending.tasks import ask_for_approval, tell_editors
from newsletter.subscribing.addresses import hash_of
from tests.factories import make_issue, make_news, make_newsletter, make_user

from .blocks import item, text
from .runs import subscribe_all
from .subscribers import put_on

State = SendRun.State
Row = Delivery.State


@pytest.fixture
def issue(newsletter):
    for number in range(3):
        put_on(newsletter, f"lezer{number}@example.org")
    return make_issue(newsletter, [text("<p>Dag.</p>")], "Nummer een", preheader="Wat er te doen is")


@pytest.fixture
def noords(noord):
    """An issue of the newsletter of a region."""
    newsletter = make_newsletter(noord, "Nieuws uit Noord")
    put_on(newsletter, "noorderling@example.org")
    return make_issue(newsletter, [text("<p>Moi.</p>")], "Noord een")


def url(name, *args):
    return reverse(f"runs:{name}", args=args)


def filled_in(**changes):
    return {"when": "now", "on_doubt": "resend", "number": "3", **changes}


def send(client, issue, **changes):
    """Fill in the screen and press the button; the run, if there is one then."""
    answer = client.post(url("send", issue.pk), filled_in(**changes))
    return answer, SendRun.objects.last()


def start():
    desk.start_due(timezone.now())
    desk.prepare_all()
    desk.begin_ready()


def tell(task=tell_editors):
    """Send the mails to editors that the worker was asked for."""
    for result in DBTaskResult.objects.ready().filter(task_path=task.module_path):
        task.call(*result.args_kwargs["args"])


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def test_editor_sends_an_issue(national_client, issue):
    edit = national_client.get(reverse("wagtailadmin_pages:edit", args=[issue.pk])).text
    assert edit.count(f'href="{url("send", issue.pk)}') == 2  # above the form and at its foot
    Suppression.objects.create(address_hash=hash_of("lezer0@example.org"), reason=Suppression.Reason.BLOCKED)
    screen = text_of(national_client.get(url("send", issue.pk)))
    assert "2 ontvangers van ‘Nieuwsbrief STO’" in screen
    assert "1 geblokkeerd adres" in screen
    assert "niets op aan te merken" in screen

    answer, run = send(national_client, issue, number="2")
    assert answer.url == url("run", run.pk)
    assert (run.state, run.created_by.email) == (State.SCHEDULED, "landelijk@example.org")
    assert national_client.get(url("send", issue.pk)).url == url("run", run.pk)


def test_number_is_typed_over(national_client, issue):
    answer, run = send(national_client, issue, number="4")
    assert run is None
    screen = text_of(answer)
    assert "dat is nu 3" in screen
    assert "Er is nog niets verstuurd." in screen
    assert not FrozenIssue.objects.exists()


def test_number_is_typed_as_it_is_shown_or_without_dots(national_client, newsletter):
    subscribe_all(newsletter, 1_400)
    issue = make_issue(newsletter, [text("<p>Dag.</p>")], "Nummer een")
    assert "1.400 ontvangers" in text_of(national_client.get(url("send", issue.pk)))
    for wrong in ("1.401", "1.4", "14.00", "1.40.0", "1.400.000", "1", ""):
        answer, run = send(national_client, issue, number=wrong)
        assert run is None
        assert "Er is nog niets verstuurd." in text_of(answer)
    assert "dat is nu 1.400" in text_of(send(national_client, issue, number="1401")[0])
    for right in ("1.400", "1400"):
        _answer, run = send(national_client, issue, number=right)
        assert run.state == State.SCHEDULED
        national_client.post(url("cancel", run.pk))


def test_later_needs_a_moment_to_come(national_client, issue):
    answer, _run = send(national_client, issue, when="later")
    assert "Kies een dag en een tijd" in text_of(answer)
    answer, run = send(national_client, issue, when="later", send_at="2020-01-01 10:00")
    assert "al geweest" in text_of(answer)
    assert run is None
    _answer, run = send(national_client, issue, when="later", send_at="2050-07-01 10:00")
    assert run.send_at == datetime.datetime(2050, 7, 1, 8, tzinfo=datetime.UTC)


def test_moment_is_chosen_from_a_calendar(national_client, issue):
    assert "date-time-chooser.js" in national_client.get(url("send", issue.pk)).text


def test_list_says_where_to_begin(national_client, issue):
    assert "open het en kies ‘Versturen’" in text_of(national_client.get(url("index")))
    send(national_client, issue, when="later", send_at="2050-07-01 10:00")
    listed = text_of(national_client.get(url("index")))
    assert "Nummer een" in listed
    assert "open het" not in listed


def test_issue_with_errors_can_not_be_sent(national_client, newsletter, noord):
    put_on(newsletter)
    news = make_news(noord)
    issue = make_issue(newsletter, [item(news)])
    news.unpublish()
    screen = national_client.get(url("send", issue.pk)).text
    assert "Eerst oplossen" in screen
    assert 'name="number"' not in screen
    _answer, run = send(national_client, issue, number="1")
    assert run is None


def test_mail_to_try_goes_to_oneself_and_holds_nobody_s_link(national_client, issue, newsletter, national):
    answer = national_client.post(url("try", issue.pk), {"try-people": [national.pk]})
    assert answer.url == url("send", issue.pk)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([national.email], "[Proef] Nummer een")
    html = sent.alternatives[0].content
    assert "afmelden.invalid" not in html + sent.body
    assert newsletter.slug in sent.body
    assert not FrozenIssue.objects.exists()
    assert not Delivery.objects.exists()


def test_mail_to_try_goes_to_editors_alone(noord_client, noords, django_user_model):
    stranger = django_user_model.objects.get(email="zuid@example.org")
    noord_client.post(url("try", noords.pk), {"try-people": [stranger.pk]})
    assert mail.outbox == []


def test_run_shows_how_far_it_is(national_client, issue):
    _answer, run = send(national_client, issue)
    waiting = national_client.get(url("run", run.pk))
    assert "Er zijn nu 3 ontvangers" in text_of(waiting)
    assert f'data-refresh="{url("numbers", run.pk)}"' in waiting.text
    start()
    SendRun.objects.update(running_since=timezone.now() - datetime.timedelta(minutes=2))
    first = run.deliveries.first()
    Delivery.objects.filter(pk=first.pk).update(state=Row.ACCEPTED, attempts=1, closed_at=timezone.now())
    screen = national_client.get(url("run", run.pk))
    assert "1 van 3 afgehandeld" in text_of(screen)
    assert "over ongeveer 4 minuten" in text_of(screen)  # it took two for one, and there are two left
    numbers = national_client.get(url("numbers", run.pk))
    assert "1 van 3 afgehandeld" in text_of(numbers)
    assert "<html" not in numbers.text
    assert "Nummer een" in national_client.get(reverse("wagtailadmin_home")).text


def test_pausing_going_on_and_cancelling(national_client, issue):
    _answer, run = send(national_client, issue)
    start()
    for name, state, button in (
        ("pause", State.PAUSED, "resume"),
        ("resume", State.SENDING, "pause"),
    ):
        assert national_client.post(url(name, run.pk)).url == url("run", run.pk)
        run.refresh_from_db()
        assert run.state == state
        assert url(button, run.pk) in national_client.get(url("run", run.pk)).text
    assert "niet gepauzeerd" in text_of(national_client.post(url("resume", run.pk), follow=True))
    run.deliveries.filter(pk=run.deliveries.first().pk).update(state=Row.ACCEPTED, attempts=1)
    assert national_client.post(url("cancel", run.pk)).url == url("run", run.pk)
    run.refresh_from_db()
    assert run.state == State.CANCELLED
    over = text_of(national_client.get(url("run", run.pk)))
    assert "alsnog sturen aan wie het niet kreeg" in over
    assert "100%" not in over
    assert "al klaar of geannuleerd" in text_of(national_client.post(url("cancel", run.pk), follow=True))


def test_cancelling_before_anything_was_sent_leads_back_to_the_issue(national_client, issue):
    _answer, run = send(national_client, issue)
    back = national_client.post(url("cancel", run.pk)).url
    assert back == reverse("wagtailadmin_pages:edit", args=[issue.pk])
    edit = national_client.get(back)
    assert "action-publish" in edit.text
    assert "u kunt het nummer weer wijzigen" in text_of(edit)


def test_another_person_agrees(client, noords, django_user_model, settings):
    settings.NEWSLETTER_FOUR_EYES = True
    first, second = (django_user_model.objects.get(email=f"{name}@example.org") for name in ("noord", "landelijk"))
    client.force_login(first)
    _answer, run = send(client, noords, number="1")
    assert "akkoord van een collega" in text_of(client.get(url("run", run.pk)))
    assert "Iemand anders" in text_of(client.post(url("approve", run.pk), follow=True))
    client.force_login(second)
    assert url("approve", run.pk) in client.get(url("run", run.pk)).text
    client.post(url("approve", run.pk))
    run.refresh_from_db()
    assert (run.state, run.approved_by) == (State.SCHEDULED, second)


def test_whoever_may_agree_gets_a_mail(client, noords, django_user_model, mailoutbox, settings):
    settings.NEWSLETTER_FOUR_EYES = True
    group = noords.get_parent().get_parent().specific.access.group
    make_user("collega@example.org", group)
    make_user("weg@example.org", group, is_active=False)
    client.force_login(django_user_model.objects.get(email="noord@example.org"))
    _answer, run = send(client, noords, number="1")

    tell(ask_for_approval)

    assert [mail.to for mail in mailoutbox] == [["collega@example.org"], ["landelijk@example.org"]]
    assert mailoutbox[0].subject == f"Nieuwsbrief wacht op uw akkoord: {run.frozen.subject}"
    assert url("run", run.pk) in mailoutbox[0].body
    assert "noord@example.org" in mailoutbox[0].body


NOBODY_AGREES = "geen collega die akkoord kan geven"


@pytest.fixture
def alone(noords, django_user_model, settings):
    """The only one who may send the newsletter of a region, where somebody else would have to agree."""
    settings.NEWSLETTER_FOUR_EYES = True
    django_user_model.objects.exclude(email="noord@example.org").update(is_active=False)
    return django_user_model.objects.get(email="noord@example.org")


def test_nothing_is_asked_where_nobody_may_agree(client, noords, alone):
    client.force_login(alone)
    screen = client.get(url("send", noords.pk))
    assert NOBODY_AGREES in text_of(screen)
    assert "landelijke redactie" in text_of(screen)
    assert 'name="number"' not in screen.text
    answer, run = send(client, noords, number="1")
    assert run is None
    assert NOBODY_AGREES in text_of(answer)
    assert not FrozenIssue.objects.exists()

    make_user("collega@example.org", noords.get_parent().get_parent().specific.access.group)
    assert NOBODY_AGREES not in text_of(client.get(url("send", noords.pk)))
    _answer, run = send(client, noords, number="1")
    assert run.state == State.DRAFT


def test_run_that_waits_says_when_nobody_may_agree_any_more(client, noords, alone):
    colleague = make_user("collega@example.org", noords.get_parent().get_parent().specific.access.group)
    client.force_login(alone)
    _answer, run = send(client, noords, number="1")
    assert NOBODY_AGREES not in text_of(client.get(url("run", run.pk)))
    colleague.groups.clear()
    screen = text_of(client.get(url("run", run.pk)))
    assert NOBODY_AGREES in screen
    assert "landelijke redactie" in screen


def test_one_editor_is_enough_where_no_second_person_is_needed(client, noords, alone, settings):
    settings.NEWSLETTER_FOUR_EYES = False
    client.force_login(alone)
    assert NOBODY_AGREES not in text_of(client.get(url("send", noords.pk)))
    _answer, run = send(client, noords, number="1")
    assert run.state == State.SCHEDULED


def test_nobody_is_asked_to_agree_any_more(client, noords, django_user_model, mailoutbox, settings):
    settings.NEWSLETTER_FOUR_EYES = True
    first, second = (django_user_model.objects.get(email=f"{name}@example.org") for name in ("noord", "landelijk"))
    client.force_login(first)
    _answer, run = send(client, noords, number="1")
    desk.approve(run, second)

    tell(ask_for_approval)

    assert mailoutbox == []


def test_nobody_is_asked_to_agree_where_no_second_person_is_needed(national_client, issue, mailoutbox):
    send(national_client, issue)
    tell(ask_for_approval)
    assert mailoutbox == []


STANDS_STILL = "Het verzendprogramma lijkt niet te draaien"
A_WHILE = datetime.timedelta(minutes=6)


def is_warned(client, run):
    shown = [STANDS_STILL in text_of(client.get(url(name, run.pk))) for name in ("run", "numbers")]
    assert shown[0] == shown[1]
    return shown[0]


def test_editor_is_warned_when_nobody_begins_a_run(national_client, issue):
    _answer, run = send(national_client, issue)
    assert not is_warned(national_client, run)
    with time_machine.travel(timezone.now() + A_WHILE):
        assert is_warned(national_client, run)


def test_editor_is_not_warned_of_a_run_that_is_to_begin_later(national_client, issue):
    _answer, run = send(national_client, issue)
    SendRun.objects.filter(pk=run.pk).update(send_at=timezone.now() + 2 * A_WHILE)
    with time_machine.travel(timezone.now() + A_WHILE):
        assert not is_warned(national_client, run)


def test_editor_is_warned_when_no_mail_leaves_any_more(national_client, issue):
    _answer, run = send(national_client, issue)
    start()
    assert not is_warned(national_client, run)
    assert "Hoelang het nog duurt" in text_of(national_client.get(url("numbers", run.pk)))
    with time_machine.travel(timezone.now() + A_WHILE):
        assert is_warned(national_client, run)
        assert "Hoelang het nog duurt" not in text_of(national_client.get(url("numbers", run.pk)))
        run.deliveries.filter(pk=run.deliveries.first().pk).update(
            state=Row.ACCEPTED, attempts=1, closed_at=timezone.now()
        )
        assert not is_warned(national_client, run)


@pytest.mark.parametrize(
    "state", [{"state": Row.DEFERRED, "due_at": timezone.now() + datetime.timedelta(hours=1)}, {"state": Row.ACCEPTED}]
)
def test_editor_is_not_warned_while_there_is_nothing_to_send(national_client, issue, state):
    _answer, run = send(national_client, issue)
    start()
    run.deliveries.update(**state)
    with time_machine.travel(timezone.now() + A_WHILE):
        assert not is_warned(national_client, run)


def test_editor_is_not_warned_while_a_connection_holds_the_mails(national_client, issue):
    _answer, run = send(national_client, issue)
    start()
    run.deliveries.update(state=Row.LEASED, leased_until=timezone.now() + datetime.timedelta(minutes=10))
    with time_machine.travel(timezone.now() + A_WHILE):
        assert not is_warned(national_client, run)
    with time_machine.travel(timezone.now() + 3 * A_WHILE):
        assert is_warned(national_client, run)


def test_mails_in_doubt(national_client, issue):
    _answer, run = send(national_client, issue, on_doubt="hold")
    start()
    run.deliveries.update(state=Row.UNCERTAIN, attempts=1)
    desk.finish_done()
    assert "Van 3 mails is niet zeker of ze weg zijn" in text_of(national_client.get(url("run", run.pk)))
    tell()
    assert "niet van alle mails is zeker of ze weg zijn" in mail.outbox[0].body
    answer = national_client.post(url("settle", run.pk), {"resend": "1"}, follow=True)
    assert "De onzekere mails worden nog eens verstuurd." in text_of(answer)
    run.refresh_from_db()
    assert run.state == State.SENDING
    run.deliveries.update(state=Row.UNCERTAIN)
    desk.finish_done()
    answer = national_client.post(url("settle", run.pk), follow=True)
    assert "De onzekere mails blijven zo." in text_of(answer)
    run.refresh_from_db()
    assert run.state == State.DONE


def test_issue_goes_to_new_subscribers(national_client, issue, newsletter):
    _answer, run = send(national_client, issue)
    start()
    run.deliveries.update(state=Row.ACCEPTED, attempts=1)
    desk.finish_done()
    assert "Wie dit nummer moet krijgen, heeft het al" in text_of(national_client.get(url("send", issue.pk)))
    put_on(newsletter)
    screen = text_of(national_client.get(url("send", issue.pk)))
    assert "sturen aan wie het nog niet heeft" in screen
    assert "3 abonnees die dit nummer al hebben" in screen
    _answer, following = send(national_client, issue, number="1")
    assert following.frozen == run.frozen


def test_mail_is_shown_as_it_goes_out(national_client, issue):
    _answer, run = send(national_client, issue)
    assert "Dag." in national_client.get(url("mail", run.pk)).text
    assert "Dag." in national_client.get(url("mail", run.pk) + "?text").text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_became_of_each_mail_as_a_spreadsheet(national_client, issue, kind):
    _answer, run = send(national_client, issue)
    start()
    run.deliveries.update(state=Row.REJECTED, reply="=cmd() 550 5.1.1 no such user", closed_at=timezone.now())
    run.deliveries.last().subscriber.delete()
    listed = text_of(national_client.get(url("recipients", run.pk)))
    assert "lezer0@example.org" in listed
    assert "gewist" in listed
    answer = national_client.get(url("recipients", run.pk), {"export": kind})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer["Content-Disposition"] == f'attachment; filename="verzending-{run.pk}.{kind}"'
    if kind == "csv":
        assert "'=cmd()" in content.decode()
        assert "lezer0@example.org,Geweigerd" in content.decode()


def test_editor_is_told_when_a_run_stands_still(national_client, issue):
    _answer, run = send(national_client, issue)
    start()
    desk.pause(run, "De mailserver weigert.")
    tell()
    (told,) = mail.outbox
    assert told.to == ["landelijk@example.org"]
    assert "De mailserver weigert." in told.body
    assert url("run", run.pk) in told.body


def test_editor_who_pauses_knows_that(national_client, issue):
    _answer, run = send(national_client, issue)
    start()
    national_client.post(url("pause", run.pk))
    tell()
    assert mail.outbox == []


def test_region_sends_to_its_own_list_alone(noord_client, noords, issue, national):
    assert "1 ontvanger van" in text_of(noord_client.get(url("send", noords.pk)))
    _answer, own = send(noord_client, noords, number="1")
    assert own.newsletter == noords.get_parent().specific
    assert "Noord een" in noord_client.get(url("index")).text

    other = desk.request(issue, national, send_at=timezone.now(), on_doubt=SendRun.OnDoubt.RESEND, expected=3)
    start()
    for name in ("send", "try"):
        assert noord_client.post(url(name, issue.pk), filled_in()).status_code == 302
    for name in ("run", "numbers", "mail", "recipients", "recipients_results"):
        assert noord_client.get(url(name, other.pk)).status_code == 404
    for name in ("approve", "pause", "resume", "cancel", "settle"):
        assert noord_client.post(url(name, other.pk)).status_code == 404
    other.refresh_from_db()
    assert other.state == State.SENDING
    assert "Nummer een" not in noord_client.get(url("index")).text
    assert "Nummer een" not in noord_client.get(reverse("wagtailadmin_home")).text


def add_subscribers(newsletter, number):
    for _ in range(number):
        put_on(newsletter)


def test_queries_do_not_grow_with_the_list(national_client, issue, newsletter, count_queries):
    before = count_queries(national_client, url("send", issue.pk))
    add_subscribers(newsletter, 3)
    assert count_queries(national_client, url("send", issue.pk)) == before

    _answer, run = send(national_client, issue, number="6")
    start()
    screens = [url(name, run.pk) for name in ("run", "recipients")]
    counted = [count_queries(national_client, screen) for screen in screens]
    for subscription in [put_on(newsletter) for _ in range(6)]:
        subscriber = subscription.subscriber
        Delivery.objects.create(run=run, subscriber=subscriber, address_hash=subscriber.address_hash)
    assert [count_queries(national_client, screen) for screen in screens] == counted


def test_queries_do_not_grow_with_the_runs(national_client, newsletter, national, count_queries):
    put_on(newsletter)

    def add_runs(number):
        for _ in range(number):
            page = make_issue(newsletter, [text("<p>Dag.</p>")])
            desk.request(page, national, send_at=timezone.now(), on_doubt=SendRun.OnDoubt.RESEND, expected=1)

    screens = [url("index"), reverse("wagtailadmin_home")]
    add_runs(2)
    counted = [count_queries(national_client, screen) for screen in screens]
    add_runs(2)
    assert [count_queries(national_client, screen) for screen in screens] == counted
