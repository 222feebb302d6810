"""Somebody is asked to become an editor: from the form of the national editor to the admin."""

import datetime
import re

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from wagtail.models import PageLogEntry

from regions.models import Invitation, RegionPage
from regions.people import invitations
from regions.people.mail import link, mail_invitation
from tests.factories import make_region, make_user

WEEK = 7 * 24 * 60 * 60
FORM = {
    "first_name": "Nieuwe",
    "last_name": "Redacteur",
    "new_password1": "vijf-groene-fietsen",
    "new_password2": "vijf-groene-fietsen",
}
HOME = reverse("wagtailadmin_home")


@pytest.fixture
def national_editor(db):
    return get_user_model().objects.get(email="landelijk@example.org")


@pytest.fixture
def invite(noord, national_editor):
    """``invite("a@example.org")`` is an open invitation for Noord."""

    def invite(email="nieuw@example.org", region=noord):
        return invitations.invite(region, email, by=national_editor)

    return invite


def work():
    """Mail what waits for the worker."""
    waiting = DBTaskResult.objects.filter(task_path=mail_invitation.module_path)
    for arguments in [task.args_kwargs["args"] for task in waiting]:
        mail_invitation.call(*arguments)
    waiting.delete()


def groups(email):
    return set(get_user_model().objects.get(email=email).groups.values_list("name", flat=True))


def links_in(message):
    return re.findall(r"http://cms\.test(/\S+)", message.body)


def post_invitation(client, region, email):
    return client.post(reverse("people:invite"), {"region": region.pk, "email": email})


def test_from_invitation_to_admin(national_client, noord):
    response = post_invitation(national_client, noord, "nieuw@example.org")
    assert response.status_code == 302
    assert mail.outbox == []
    work()

    [message] = mail.outbox
    assert message.to == ["nieuw@example.org"]
    assert message.subject == "Uitnodiging: de site van Noord"
    assert "landelijk@example.org" in message.body
    [path] = links_in(message)
    browser = Client()
    page = browser.get(path)
    assert page.status_code == 200
    assert not get_user_model().objects.filter(email="nieuw@example.org").exists()
    response = browser.post(path, FORM, follow=True)

    assert response.redirect_chain == [(HOME, 302)]
    assert "U kunt nu de pagina&#x27;s van Noord bijhouden." in response.content.decode()
    person = get_user_model().objects.get(email="nieuw@example.org")
    assert str(person) == "Nieuwe Redacteur"
    assert person.check_password(FORM["new_password1"])
    assert groups("nieuw@example.org") == {"Redactie Noord"}
    assert Invitation.objects.get().mailed_at is not None


def test_mail_names_what_needs_no_escaping(home, invite):
    invite(region=make_region("'t Gooi & Vechtstreek"))
    work()

    assert "van 't Gooi & Vechtstreek bij te houden" in mail.outbox[0].body


def test_nothing_is_mailed_of_what_was_withdrawn_before_the_worker_came(invite, national_editor):
    invitations.withdraw(invite().pk, by=national_editor)
    work()

    assert mail.outbox == []


def test_page_keeps_its_address_to_itself(client, invite):
    response = client.get(link(invite()))

    assert response["Referrer-Policy"] == "strict-origin"
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("email", ["nieuw@example.org", "zuid@example.org"])
def test_looking_changes_nothing(client, invite, method, email):
    path = link(invite(email))
    with CaptureQueriesContext(connection) as queries:
        getattr(client, method)(path)

    assert queries
    assert all(query["sql"].startswith("SELECT") for query in queries)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"first_name": ""}, "first_name"),
        ({"last_name": ""}, "last_name"),
        ({"new_password2": "anders-dan-boven"}, "new_password2"),
        ({"new_password1": "12345678", "new_password2": "12345678"}, "new_password2"),
        ({"new_password1": "nieuw@example", "new_password2": "nieuw@example"}, "new_password2"),
        ({"new_password1": "Redacteur1", "new_password2": "Redacteur1"}, "new_password2"),
    ],
)
def test_bad_form_is_asked_again(client, invite, change, field):
    invitation = invite()
    response = client.post(link(invitation), FORM | change)

    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not get_user_model().objects.filter(email=invitation.email).exists()
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def assert_refused(client, path, status, text):
    for response in (client.get(path), client.post(path, FORM)):
        assert response.status_code == status
        assert text in response.content.decode()
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "strict-origin"


def test_link_works_once(client, invite):
    path = link(invite())
    client.post(path, FORM)
    password = get_user_model().objects.get(email="nieuw@example.org").password

    assert_refused(Client(), path, 410, "al gebruikt")
    assert get_user_model().objects.get(email="nieuw@example.org").password == password


def test_link_works_for_seven_days(client, invite, time_machine):
    time_machine.move_to("2026-06-01T12:00:00+02:00", tick=False)
    path = link(invite())
    time_machine.shift(WEEK - 1)
    assert client.get(path).status_code == 200
    time_machine.shift(1)

    assert_refused(client, path, 410, "verlopen")
    assert not get_user_model().objects.filter(email="nieuw@example.org").exists()


def test_expired_link_works_again_when_it_is_sent_again(national_client, invite, time_machine):
    time_machine.move_to("2026-06-01T12:00:00+02:00")
    invitation = invite()
    time_machine.shift(WEEK)
    national_client.post(reverse("people:send_again", args=[invitation.pk]))
    work()

    [path] = links_in(mail.outbox[-1])
    assert Client().get(path).status_code == 200


def test_withdrawn_link_works_no_longer(national_client, invite):
    invitation = invite()
    national_client.post(reverse("people:withdraw", args=[invitation.pk]))

    assert_refused(Client(), link(invitation), 410, "ingetrokken")


def test_link_to_a_closed_region(client, invite, noord):
    path = link(invite())
    RegionPage.objects.filter(pk=noord.pk).update(status=RegionPage.Status.CLOSED)

    assert_refused(client, path, 410, "niet meer")


@pytest.mark.parametrize(
    "change", [lambda path: path[:-2] + "x/", lambda path: "/uitnodiging/1/", lambda path: path * 2]
)
def test_forged_link(client, invite, change):
    assert client.get(change(link(invite()))).status_code == 404


def test_link_to_what_is_gone(client, invite):
    invitation = invite()
    path = link(invitation)
    invitation.delete()

    assert_refused(client, path, 404, "klopt niet")


def test_editor_of_one_region_gets_a_second(client, invite, zuid):
    invitation = invite("zuid@example.org")
    path = link(invitation)
    response = client.get(path)
    assert "form" not in response.context
    assert f"{reverse('wagtailadmin_login')}?next=" in response.content.decode()
    assert client.post(path, FORM).status_code == 200
    assert groups("zuid@example.org") == {"Redactie Zuid"}

    login = {"login": "zuid@example.org", "password": "wachtwoord-van-de-test", "next": path}
    assert client.post(reverse("wagtailadmin_login"), login)["Location"] == path
    assert "Uitnodiging aannemen" in client.get(path).content.decode()
    assert groups("zuid@example.org") == {"Redactie Zuid"}
    assert client.post(path).headers["Location"] == HOME

    assert groups("zuid@example.org") == {"Redactie Zuid", "Redactie Noord"}
    assert client.get(reverse("wagtailadmin_explore", args=[invitation.region.pk])).status_code == 200
    assert client.get(reverse("wagtailadmin_explore", args=[zuid.pk])).status_code == 200


def test_who_lost_all_access_is_let_in_again(client, invite):
    make_user("terug@example.org")
    path = link(invite("terug@example.org"))
    login = {"login": "terug@example.org", "password": "wachtwoord-van-de-test", "next": path}

    assert client.post(reverse("wagtailadmin_login"), login)["Location"] == path
    assert client.post(path, follow=True).redirect_chain == [(HOME, 302)]
    assert groups("terug@example.org") == {"Redactie Noord"}


def test_address_is_known_whatever_its_capitals(client, invite):
    response = client.get(link(invite("Zuid@Example.org")))

    assert "form" not in response.context


@pytest.mark.parametrize("email", ["nieuw@example.org", "zuid@example.org"])
def test_somebody_else_is_logged_in(national_client, invite, email):
    path = link(invite(email))

    assert_refused(national_client, path, 403, "landelijk@example.org")
    assert Invitation.objects.open().count() == 1
    assert groups("landelijk@example.org") == {"Landelijke redactie"}


def test_account_that_was_switched_off_meanwhile(client, invite):
    path = link(invite("zuid@example.org"))
    get_user_model().objects.filter(email="zuid@example.org").update(is_active=False)

    assert_refused(client, path, 403, "staat uit")


def test_verb_refuses_whoever_was_not_invited(invite, national_editor):
    token = link(invite()).split("/")[-2]

    with pytest.raises(invitations.WrongPerson):
        invitations.accept(token, national_editor)


@pytest.mark.parametrize("email", ["nieuw@example.org", "NIEUW@example.org"])
def test_one_open_invitation_per_region_and_address(national_client, noord, zuid, invite, email):
    invite()
    response = post_invitation(national_client, noord, email)
    assert "al uitgenodigd" in response.content.decode()

    assert post_invitation(national_client, zuid, email).status_code == 302
    assert Invitation.objects.count() == 2


def test_who_was_withdrawn_can_be_invited_again(invite, national_editor):
    invitations.withdraw(invite().pk, by=national_editor)
    invite()

    assert Invitation.objects.open().count() == 1


@pytest.mark.parametrize("email", ["noord@example.org", "beheer@example.org"])
def test_who_may_edit_the_region_is_not_invited(national_client, noord, email):
    make_user("beheer@example.org", is_superuser=True)
    response = post_invitation(national_client, noord, email)

    assert "kan deze regio al bijhouden" in response.content.decode()
    assert not Invitation.objects.exists()


def test_account_that_is_off_is_not_invited(national_client, noord):
    make_user("uit@example.org", is_active=False)

    assert "staat uit" in post_invitation(national_client, noord, "uit@example.org").content.decode()
    assert not Invitation.objects.exists()


def test_closed_region_takes_no_editors(national_client, noord):
    RegionPage.objects.filter(pk=noord.pk).update(status=RegionPage.Status.CLOSED)
    response = post_invitation(national_client, noord, "nieuw@example.org")

    assert "region" in response.context["form"].errors
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("email", ["", "geen adres", "a@b", "a@example.org\nBcc: b@example.org"])
def test_bad_address_is_refused(national_client, noord, email):
    response = post_invitation(national_client, noord, email)

    assert "email" in response.context["form"].errors


@pytest.mark.parametrize("name", ["send_again", "withdraw"])
def test_buttons_say_that_it_was_accepted_meanwhile(national_client, invite, name):
    invitation = invite()
    Client().post(link(invitation), FORM)
    response = national_client.post(reverse(f"people:{name}", args=[invitation.pk]), follow=True)

    assert "intussen aangenomen" in response.content.decode()
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is None


def test_deleting_a_region_takes_its_invitations_along(invite, noord):
    invite()
    noord.delete()

    assert not Invitation.objects.exists()


def test_history_of_the_region_tells(national_client, invite, noord, national_editor):
    invitations.withdraw(invite("ander@example.org").pk, by=national_editor)
    Client().post(link(invite()), FORM)

    said = [entry.message for entry in PageLogEntry.objects.filter(page=noord.pk, action__startswith="regions.")]
    assert set(said) == {
        "Ander@example.org uitgenodigd als redacteur",
        "Uitnodiging van ander@example.org ingetrokken",
        "Nieuw@example.org uitgenodigd als redacteur",
        "Nieuwe Redacteur is redacteur geworden",
    }
    assert (
        "Nieuwe Redacteur is redacteur geworden"
        in national_client.get(reverse("wagtailadmin_pages:history", args=[noord.pk])).content.decode()
    )


def test_list_of_invitations_takes_the_same_queries_for_n_and_for_2n(national_client, invite):
    def ask():
        with CaptureQueriesContext(connection) as queries:
            response = national_client.get(reverse("people:invitations"))
        return response.content.decode().count("Opnieuw sturen"), len(queries)

    for number in range(4):
        invite(f"a{number}@example.org")
    ask()  # fills the cache of content types
    shown, few = ask()
    assert shown == 4
    for number in range(4, 8):
        invite(f"a{number}@example.org")

    assert ask() == (8, few)


def test_clock_forgets_what_ended_long_ago(invite, national_editor):
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False) as clock:
        withdrawn = invite("weg@example.org")
        invitations.withdraw(withdrawn.pk, by=national_editor)
        used, unanswered = invite("nieuw@example.org"), invite("stil@example.org")
        Client().post(link(used), FORM)
        clock.shift(datetime.timedelta(days=90, seconds=-1))
        call_command("clock", once=True)
        assert set(Invitation.objects.all()) == {withdrawn, used, unanswered}
        clock.shift(2)
        call_command("clock", once=True)
        assert set(Invitation.objects.all()) == {unanswered}
        clock.shift(datetime.timedelta(days=7))
        call_command("clock", once=True)
        assert not Invitation.objects.exists()
    assert "nieuw@example.org" in [person.email for person in get_user_model().objects.all()]
