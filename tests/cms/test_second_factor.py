"""The second factor: of whom it is required, setting it up, logging in with it, and losing it."""

import datetime
import re

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from tests.authenticator import code, recovery_codes, set_up, wrong_code
from tests.factories import make_user

from .test_login import HOME, LOGIN, NOON, PASSWORD, history, is_in, log_in, person

SET_UP = reverse("mfa_activate_totp")
CODE = reverse("mfa_authenticate")
CODES = reverse("mfa_view_recovery_codes")


@pytest.fixture(autouse=True)
def _required_of_national_editors(settings):
    settings.TWO_FACTOR = "national"


@pytest.fixture(autouse=True)
def clock():
    """At noon; codes change every half minute, and each works once."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def national(db):
    """The national editor, with a second factor; gives its secret too."""
    who = person("landelijk@example.org")
    return who, set_up(who)


def set_up_by_screen(client):
    secret = client.get(SET_UP).context["form"].secret
    return client.post(SET_UP, {"code": code(secret)})


@pytest.mark.parametrize(
    ("mode", "email", "required"),
    [
        ("national", "landelijk@example.org", True),
        ("national", "beheer@example.org", True),
        ("national", "noord@example.org", False),
        ("all", "noord@example.org", True),
        ("off", "landelijk@example.org", False),
    ],
)
def test_of_whom_it_is_required(client, settings, mode, email, required, db):
    make_user("beheer@example.org", is_superuser=True)
    settings.TWO_FACTOR = mode
    log_in(client, email)

    assert (client.get(HOME).get("Location") == SET_UP) is required


def test_nothing_of_the_admin_opens_before_it_is_set_up(client, noord):
    log_in(client, "landelijk@example.org")

    for address in (
        "/admin/account/",
        reverse("people:index"),
        reverse("wagtailadmin_explore", args=[noord.pk]),
        reverse("wagtailadmin_pages:edit", args=[noord.pk]),
        reverse("wagtailadmin_reports:site_history") + "?export=csv",
        "/admin/block-preview/",
        "/admin/bestaat-niet/",
        reverse("mfa_generate_recovery_codes"),
    ):
        for response in (client.get(address), client.post(address)):
            assert response.get("Location") == SET_UP, address
    for address in ("/admin/api/main/pages/", reverse("wagtailadmin_choose_page")):
        assert client.get(address, HTTP_X_REQUESTED_WITH="XMLHttpRequest").status_code == 403
        assert client.get(address, HTTP_ACCEPT="application/json").status_code == 403


def test_setting_up(client, db, django_capture_on_commit_callbacks):
    log_in(client, "landelijk@example.org")
    elsewhere = Client()
    log_in(elsewhere, "landelijk@example.org")
    screen = client.get(SET_UP)
    text = screen.content.decode()
    secret = screen.context["form"].secret
    assert "<svg" in text
    assert secret in text
    assert screen.context["totp_url"].startswith("otpauth://totp/landelijk%40example.org?")

    wrong = client.post(SET_UP, {"code": wrong_code(secret)})
    assert "Deze code klopt niet." in wrong.content.decode()
    assert wrong.context["form"].secret == secret
    assert client.get(HOME)["Location"] == SET_UP

    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(SET_UP, {"code": code(secret)})["Location"] == CODES
    shown = client.get(CODES).content.decode()
    assert [shown.count(code) for code in recovery_codes(person("landelijk@example.org"))] == [1] * 10
    assert is_in(client)
    assert not is_in(elsewhere), "it came in by a password alone"
    assert "cms.second_factor_added" in history(person("landelijk@example.org"))


def test_recovery_codes_are_shown_once(client, db):
    log_in(client, "landelijk@example.org")
    set_up_by_screen(client)
    codes = recovery_codes(person("landelijk@example.org"))
    assert codes[0] in client.get(CODES).content.decode()

    again = client.get(CODES).content.decode()
    assert not any(code in again for code in codes)

    assert client.post(reverse("mfa_generate_recovery_codes"))["Location"] == CODES
    renewed = recovery_codes(person("landelijk@example.org"))
    assert renewed[0] in client.get(CODES).content.decode()
    assert set(codes).isdisjoint(renewed)


def test_logging_in_takes_both(client, national):
    who, secret = national
    response = client.post(LOGIN, {"login": who.email, "password": PASSWORD, "next": "/admin/account/"})
    assert response["Location"] == CODE
    assert not is_in(client)

    wrong = client.post(CODE, {"code": wrong_code(secret)})
    assert "Deze code klopt niet." in wrong.content.decode()
    assert not is_in(client)

    assert client.post(CODE, {"code": code(secret)})["Location"] == "/admin/account/"
    assert is_in(client)
    assert history(who) == ["cms.login_failed", "cms.login"]


def test_code_without_password_leads_nowhere(client, national):
    _who, secret = national

    assert client.post(CODE, {"code": code(secret)})["Location"] == LOGIN
    assert not is_in(client)


def test_code_works_once(client, national, settings):
    who, secret = national
    log_in(client, who.email)
    client.post(CODE, {"code": code(secret)})
    # Another process of the web server, which knows nothing of what this one remembers.
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    other = Client()
    log_in(other, who.email)

    assert "Deze code klopt niet." in other.post(CODE, {"code": code(secret)}).content.decode()
    assert not is_in(other)


def test_recovery_code_works_once(client, national, clock):
    who, _secret = national
    recovery = recovery_codes(who)[3]
    log_in(client, who.email)
    assert client.post(CODE, {"code": recovery})["Location"] == HOME
    assert is_in(client)

    other = Client()
    log_in(other, who.email)
    other.post(CODE, {"code": recovery})
    assert not is_in(other)
    assert len(recovery_codes(who)) == 9


def test_guessing_codes_closes_the_account(client, national):
    who, secret = national
    log_in(client, who.email)
    for number in range(10):
        response = client.post(CODE, {"code": wrong_code(secret)}, REMOTE_ADDR=f"10.0.0.{number}")
    assert response.status_code == 429

    assert client.post(CODE, {"code": code(secret)}, REMOTE_ADDR="10.0.1.1").status_code == 429
    assert log_in(Client(), who.email, REMOTE_ADDR="10.0.1.2").status_code == 429
    assert sorted(history(who)) == ["cms.locked_out"] + ["cms.login_failed"] * 10


def test_no_other_door_leads_in_without_it(client, national, settings):
    """Whatever logs somebody in: the session has to have seen the second factor."""
    who, secret = national
    assert client.post("/_util/login/", {"username": who.email, "password": PASSWORD}).status_code == 404
    settings.TWO_FACTOR = "off"
    client.force_login(who)

    asked = client.get("/admin/account/")
    assert asked["Location"] == f"{reverse('mfa_reauthenticate')}?next=%2Fadmin%2Faccount%2F"
    assert client.get("/admin/api/main/pages/", HTTP_ACCEPT="application/json").status_code == 403
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert not is_in(client), "the password again is no second factor"

    assert (
        client.post(asked["Location"], {"code": code(secret), "next": "/admin/account/"})["Location"]
        == "/admin/account/"
    )
    assert is_in(client)


def test_password_reset_and_invitation_do_not_go_round_it(client, national, mailoutbox, noord):
    from regions.people import invitations
    from regions.people.mail import link

    who, _secret = national
    client.post(reverse("wagtailadmin_password_reset"), {"email": who.email})
    path = re.search(r"https?://[^/]+(/\S+)", mailoutbox[-1].body)[1]
    form = client.get(path, follow=True)
    words = {"new_password1": "een-nieuw-geheim", "new_password2": "een-nieuw-geheim"}
    client.post(form.redirect_chain[-1][0], words)
    assert not is_in(client)
    assert log_in(client, who.email, "een-nieuw-geheim")["Location"] == CODE

    invitation = link(invitations.invite(noord, who.email, by=who))
    client.post(invitation)
    assert not is_in(client)


def test_regional_editors_may_have_one_and_give_it_up(client, db):
    log_in(client)
    assert SET_UP in client.get("/admin/account/").content.decode()
    set_up_by_screen(client)
    switch_off = reverse("mfa_deactivate_totp")
    assert switch_off in client.get("/admin/account/").content.decode()
    other = Client()
    assert log_in(other)["Location"] == CODE

    client.post(switch_off)
    assert log_in(Client())["Location"] == HOME
    assert history(person())[-2:] == ["cms.second_factor_removed", "cms.login"]


def test_who_must_have_one_keeps_it(client, national, clock):
    who, secret = national
    log_in(client, who.email)
    client.post(CODE, {"code": code(secret)})
    switch_off = reverse("mfa_deactivate_totp")
    assert switch_off not in client.get("/admin/account/").content.decode()

    assert "verplicht" in client.post(switch_off).content.decode()
    assert log_in(Client(), who.email)["Location"] == CODE


def test_a_code_will_do_where_the_password_is_asked_again(client, national, clock):
    who, secret = national
    people = reverse("people:index")
    log_in(client, who.email)
    client.post(CODE, {"code": code(secret)})
    clock.shift(datetime.timedelta(minutes=16))
    assert client.get(people).status_code == 302

    again = reverse("mfa_reauthenticate")
    assert "Deze code klopt niet." in client.post(again, {"code": wrong_code(secret), "next": people}).content.decode()
    assert client.post(again, {"code": code(secret), "next": people})["Location"] == people
    assert client.get(people).status_code == 200


def test_colleague_resets_it(client, national, noord):
    who, secret = national
    regional = person()
    hers = Client()
    log_in(hers)
    set_up(regional)
    log_in(client, who.email)
    client.post(CODE, {"code": code(secret)})
    screen, reset = (reverse(f"people:{name}", args=[regional.pk]) for name in ("person", "reset_second_factor"))
    assert reset in client.get(screen).content.decode()

    assert "gewist" in client.post(reset, follow=True).content.decode()

    assert not is_in(hers)
    assert log_in(hers)["Location"] == HOME
    entry = ModelLogEntry.objects.for_instance(regional).get(action="cms.second_factor_reset")
    assert entry.user == who
    assert reset not in client.get(screen).content.decode()
    assert "geen tweede stap meer" in client.post(reset, follow=True).content.decode()


def test_nobody_resets_her_own(client, national):
    who, secret = national
    log_in(client, who.email)
    client.post(CODE, {"code": code(secret)})

    client.post(reverse("people:reset_second_factor", args=[who.pk]))

    assert log_in(Client(), who.email)["Location"] == CODE


def test_operator_resets_it(client, db, capsys):
    superuser = make_user("beheer@example.org", is_superuser=True)
    set_up(superuser)

    call_command("reset_second_factor", "Beheer@example.org")

    assert "wachtwoord alleen" in capsys.readouterr().out
    log_in(client, "beheer@example.org")
    assert client.get(HOME)["Location"] == SET_UP
    assert history(superuser)[0] == "cms.second_factor_reset"
    for email in ("beheer@example.org", "niemand@example.org"):
        with pytest.raises(CommandError):
            call_command("reset_second_factor", email)


def test_screens_of_logging_in_are_not_kept_by_browsers(client, national):
    who, secret = national
    log_in(client, who.email)
    for address in (CODE,):
        assert "no-store" in client.get(address)["Cache-Control"]
    client.post(CODE, {"code": code(secret)})
    assert "no-store" in client.get(CODES)["Cache-Control"]
