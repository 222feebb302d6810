"""Logging in: passwords, guessing, what is asked again, what ends with an account, what is written down."""

import datetime
import re

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import NoReverseMatch, reverse
from wagtail.models import ModelLogEntry

from cms.models import Preview
from regions.models import Invitation
from regions.people import invitations
from tests.factories import make_user

LOGIN = "/admin/login/"
HOME = "/admin/"
PASSWORD = "wachtwoord-van-de-test"
WRONG = "Dit e-mailadres en wachtwoord horen niet bij elkaar."
NOON = datetime.datetime(2026, 6, 1, 12, tzinfo=datetime.UTC)


def person(email="noord@example.org"):
    return get_user_model().objects.get(email=email)


def log_in(client, email="noord@example.org", password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


def is_in(client):
    return client.get(HOME).status_code == 200


def history(who):
    """What the audit log has of an account, oldest first."""
    return list(ModelLogEntry.objects.for_instance(who).order_by("timestamp", "pk").values_list("action", flat=True))


@pytest.fixture
def at_noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def test_login_page_is_wagtails_and_dutch(client, db):
    response = client.get(LOGIN)

    text = response.content.decode()
    assert "wagtailadmin/css/core.css" in text
    assert '<html lang="nl"' in text
    assert reverse("wagtailadmin_password_reset") in text
    assert "no-store" in response["Cache-Control"]
    assert reverse("wagtailadmin_login") == LOGIN


def test_right_password_leads_to_where_one_was_going(client, db):
    asked = client.get("/admin/account/")
    assert asked["Location"] == f"{LOGIN}?next=/admin/account/"
    assert 'name="next" value="/admin/account/"' in client.get(asked["Location"]).content.decode()

    response = client.post(LOGIN, {"login": "noord@example.org", "password": PASSWORD, "next": "/admin/account/"})
    assert response["Location"] == "/admin/account/"
    assert client.get("/admin/account/").status_code == 200
    assert client.get(LOGIN)["Location"] == HOME
    assert history(person()) == ["cms.login"]


def test_nobody_is_led_off_the_site(client, db):
    response = client.post(LOGIN, {"login": "noord@example.org", "password": PASSWORD, "next": "https://example.com/"})

    assert response["Location"] == HOME


@pytest.mark.parametrize("stored", ["STOZeeland@example.org", "stozeeland@example.org"])
def test_address_counts_whatever_its_capitals(client, db, stored):
    make_user(stored, is_superuser=True)

    assert log_in(client, "STOZeeland@Example.org")["Location"] == HOME
    assert is_in(client)


def test_unknown_address_wrong_password_and_account_that_is_off_are_answered_alike(client, db):
    make_user("uit@example.org", is_active=False)

    answers = {
        re.sub(r"[A-Za-z0-9]{64}", "", log_in(client, email, password).content.decode().replace(email, ""))
        for email, password in [
            ("noord@example.org", "verkeerd"),
            ("niemand@example.org", "verkeerd"),
            ("uit@example.org", PASSWORD),
        ]
    }

    assert len(answers) == 1
    assert answers.pop().count(WRONG) == 1
    assert not is_in(client)


def test_password_is_computed_for_an_unknown_address_too(client, db, monkeypatch):
    """What takes the time is the hash; so it is there once, whoever is asked for."""
    computed = []
    model = get_user_model()
    for name in ("set_password", "check_password"):
        original = getattr(model, name)
        monkeypatch.setattr(
            model, name, lambda self, raw, original=original: computed.append(raw) or original(self, raw)
        )

    log_in(client, "noord@example.org", "verkeerd")
    known, computed[:] = list(computed), []
    log_in(client, "niemand@example.org", "verkeerd")

    assert known == computed == ["verkeerd"]


def test_failures_are_noted_at_the_account_only(client, db):
    log_in(client, "noord@example.org", "verkeerd")
    log_in(client, "mijn-geheime-wachtwoord@example.org", "verkeerd")

    assert history(person()) == ["cms.login_failed"]
    entry = ModelLogEntry.objects.for_instance(person()).get()
    assert (entry.user, entry.data, entry.message) == (None, {}, "Inloggen mislukt")
    assert not ModelLogEntry.objects.exclude(pk=entry.pk).filter(action="cms.login_failed").exists()


def test_account_closes_after_ten_failures_from_anywhere(client, at_noon, db):
    for number in range(10):
        response = log_in(
            client, "Noord@example.org" if number % 2 else "noord@example.org", "x", REMOTE_ADDR=f"10.0.0.{number}"
        )
    assert response.status_code == 429
    assert "Wacht een kwartier" in response.content.decode()

    assert log_in(client, REMOTE_ADDR="10.0.1.1").status_code == 429
    assert not is_in(client)
    assert log_in(Client(), "zuid@example.org", REMOTE_ADDR="10.0.1.1")["Location"] == HOME
    assert sorted(history(person())) == ["cms.locked_out"] + ["cms.login_failed"] * 10

    at_noon.shift(datetime.timedelta(minutes=16))
    assert log_in(client)["Location"] == HOME


def test_address_closes_after_ten_failures_at_any_account(client, at_noon, db):
    for number in range(10):
        response = log_in(client, f"gok{number}@example.org", "x", REMOTE_ADDR="10.0.0.1")
    assert response.status_code == 429

    assert log_in(client, REMOTE_ADDR="10.0.0.1").status_code == 429
    assert log_in(client, REMOTE_ADDR="10.0.0.2")["Location"] == HOME


def test_header_of_the_attacker_opens_nothing(client, at_noon, db):
    for number in range(10):
        log_in(
            client, f"gok{number}@example.org", "x", HTTP_X_FORWARDED_FOR=f"10.9.9.{number}", HTTP_X_REAL_IP="10.8.8.8"
        )

    assert log_in(client, HTTP_X_FORWARDED_FOR="10.9.9.99").status_code == 429


def test_behind_a_proxy_the_hop_that_it_added_counts(client, at_noon, db, settings):
    settings.TRUSTED_PROXIES = 1
    for number in range(10):
        log_in(client, f"gok{number}@example.org", "x", HTTP_X_FORWARDED_FOR=f"10.9.9.{number}, 192.0.2.7")

    assert log_in(client, HTTP_X_FORWARDED_FOR="10.9.9.99, 192.0.2.7").status_code == 429
    assert log_in(client, HTTP_X_FORWARDED_FOR="192.0.2.7, 192.0.2.8")["Location"] == HOME


def test_one_network_counts_as_one_address(client, at_noon, db):
    for number in range(10):
        log_in(client, f"gok{number}@example.org", "x", REMOTE_ADDR=f"2001:db8:1:2::{number}")

    assert log_in(client, REMOTE_ADDR="2001:db8:1:2:ffff::1").status_code == 429
    assert log_in(client, REMOTE_ADDR="2001:db8:1:3::1")["Location"] == HOME


def test_what_was_typed_is_not_kept(client, db):
    from axes.models import AccessAttempt

    log_in(client, "Geheim1@example.org", "mijn-wachtwoord")

    kept = str(AccessAttempt.objects.values().get()).lower()
    assert "geheim1" not in kept
    assert "mijn-wachtwoord" not in kept


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "account_change_password", "account_reset_password", "account_inactive"]
)
def test_what_is_not_needed_is_not_there(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    "weak", ["elftekens12", "wachtwoord123", "Welkom123456", "sterktechniekonderwijs", "123456789012"]
)
def test_weak_passwords_are_refused(weak):
    with pytest.raises(ValidationError):
        validate_password(weak)


def test_session_ends_after_twelve_hours(client, at_noon, db):
    log_in(client)
    at_noon.shift(datetime.timedelta(hours=11, minutes=59))
    assert is_in(client)

    at_noon.shift(datetime.timedelta(minutes=2))
    assert not is_in(client)


def test_new_password_ends_other_sessions(client, db):
    elsewhere = Client()
    log_in(client)
    log_in(elsewhere)
    fields = {
        "password-old_password": PASSWORD,
        "password-new_password1": "een-ander-geheim",
        "password-new_password2": "een-ander-geheim",
    }
    fields |= {"name_email-first_name": "N", "name_email-last_name": "Oord"}
    fields |= {
        "theme-theme": "system",
        "theme-density": "default",
        "theme-contrast": "system",
        "theme-keyboard_shortcuts": "on",
    }

    assert client.post("/admin/account/", fields)["Location"] == "/admin/account/"

    assert is_in(client)
    assert not is_in(elsewhere)


def test_switching_an_account_off_ends_all_of_it(client, noord, zuid, django_user_model):
    who, colleague = person(), person("landelijk@example.org")
    log_in(client)
    stranger = Client()
    log_in(stranger, "zuid@example.org")
    token = Preview.objects.make({"title": "Concept"}, who).token
    to_her = invitations.invite(zuid, "Noord@example.org", by=colleague)
    from_her = invitations.invite(noord, "ander@example.org", by=who)
    other = invitations.invite(zuid, "ander@example.org", by=colleague)

    who.is_active = False
    who.save()
    assert not is_in(client)
    assert not Preview.objects.by_token(token).exists()
    assert set(Invitation.objects.open()) == {other}
    assert is_in(stranger)

    who.is_active = True
    who.save()
    assert not is_in(client), "a session doesn't come back with the account"
    assert {to_her, from_her}.isdisjoint(Invitation.objects.open())


def test_people_are_asked_for_the_password_after_a_quarter_of_an_hour(client, at_noon, noord):
    people = reverse("people:index")
    log_in(client, "landelijk@example.org")
    assert client.get(people).status_code == 200

    at_noon.shift(datetime.timedelta(minutes=16))
    again = client.get(people)
    assert again["Location"] == f"{reverse('account_reauthenticate')}?next=%2Fadmin%2Fredacteuren%2F"
    assert is_in(client)
    wrong = client.post(again["Location"], {"password": "verkeerd", "next": people})
    assert "Dit is niet uw wachtwoord." in wrong.content.decode()
    assert client.get(people).status_code == 302

    assert client.post(again["Location"], {"password": PASSWORD, "next": people})["Location"] == people
    assert client.get(people).status_code == 200


def test_what_was_sent_is_done_after_the_password(client, at_noon, noord):
    switch_off = reverse("people:switch_off", args=[person("zuid@example.org").pk])
    log_in(client, "landelijk@example.org")
    at_noon.shift(datetime.timedelta(minutes=16))

    asked = client.post(switch_off)
    assert person("zuid@example.org").is_active
    client.post(asked["Location"], {"password": PASSWORD, "next": switch_off})

    assert not person("zuid@example.org").is_active
    assert history(person("zuid@example.org")) == ["regions.switch_off"]


def test_guessing_at_the_second_question_closes_the_account_too(client, at_noon, db):
    log_in(client)
    at_noon.shift(datetime.timedelta(minutes=16))
    for _number in range(10):
        response = client.post(reverse("account_reauthenticate"), {"password": "verkeerd"})

    assert response.status_code == 429
    assert log_in(Client(), REMOTE_ADDR="10.0.0.1").status_code == 429


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_lists_leave_with_the_password_only_and_it_is_noted(client, at_noon, db, kind):
    make_user("beheer@example.org", is_superuser=True)
    address = f"{reverse('wagtailadmin_reports:site_history')}?export={kind}"
    log_in(client, "beheer@example.org")
    assert "attachment" in client.get(address)["Content-Disposition"]
    assert history(person("beheer@example.org")) == ["cms.login", "cms.export"]

    at_noon.shift(datetime.timedelta(minutes=16))
    assert client.get(address.partition("?")[0]).status_code == 200
    asked = client.get(address)
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert client.post(asked["Location"], {"password": PASSWORD, "next": address})["Location"] == address
    entry = ModelLogEntry.objects.for_instance(person("beheer@example.org")).filter(action="cms.export").get()
    assert entry.data == {"list": address.partition("?")[0]}


def test_strangers_export_nothing(client, db):
    assert client.get(f"{reverse('wagtailadmin_reports:site_history')}?export=csv")["Location"].startswith(LOGIN)


@pytest.mark.parametrize("name", ["wagtailusers_users:index", "wagtailusers_users:add", "wagtailusers_groups:index"])
def test_wagtails_screens_about_people_ask_for_the_password_too(client, at_noon, db, name):
    make_user("beheer@example.org", is_superuser=True)
    log_in(client, "beheer@example.org")
    assert client.get(reverse(name)).status_code == 200

    at_noon.shift(datetime.timedelta(minutes=16))
    assert client.get(reverse(name))["Location"].startswith(reverse("account_reauthenticate"))


def test_passwords_are_not_kept_while_one_is_asked_for(client, at_noon, db):
    make_user("beheer@example.org", is_superuser=True)
    add = reverse("wagtailusers_users:add")
    log_in(client, "beheer@example.org")
    at_noon.shift(datetime.timedelta(minutes=16))

    asked = client.post(add, {"email": "nieuw@example.org", "password1": "geheim-van-een-ander", "password2": "x"})

    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert "geheim-van-een-ander" not in str(dict(client.session))
    assert client.post(asked["Location"], {"password": PASSWORD, "next": add})["Location"] == add


def test_nobody_changes_her_own_address(client, db):
    log_in(client)

    assert "name_email-email" not in client.get("/admin/account/").content.decode()
