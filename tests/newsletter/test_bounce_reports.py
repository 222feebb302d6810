"""Mails that come back: what they say is read, written down once, and believed only when it is about a mail of ours."""

import io
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter.bounces import reports
from newsletter.models import Feedback
from newsletter.sending.return_path import address_for, mark_of

from .sent import make_delivery, make_run

RETURNED = Path(__file__).parent / "returned"
Kind = Feedback.Kind
BOUNCES = [
    ("postfix_unknown_user", Kind.HARD_BOUNCE, "5.1.1"),
    ("exchange_unknown_user", Kind.HARD_BOUNCE, "5.1.10"),
    ("gmail_unknown_user", Kind.HARD_BOUNCE, "5.1.1"),
    ("gmail_full", Kind.SOFT_BOUNCE, "5.2.2"),
    ("postfix_delayed", Kind.SOFT_BOUNCE, "4.4.1"),
    ("exim_forwarded_to_two", Kind.SOFT_BOUNCE, "5.1.1"),
]


@pytest.fixture(autouse=True)
def _bounce_address(settings):
    settings.NEWSLETTER_BOUNCE_ADDRESS = "bounces@example.org"


@pytest.fixture
def delivery(newsletter):
    return make_delivery(make_run(newsletter), "lezer@school.example")


@pytest.fixture
def receive(monkeypatch):
    """``receive(content)`` gives a mail to the command, as a mail server does."""

    def give(content):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
        call_command("receive_bounces")

    return give


def returned(name, delivery_id, address=None, mark=None):
    text = (RETURNED / f"{name}.eml").read_text()
    address = address_for(delivery_id) if address is None else address
    mark = mark_of(delivery_id) if mark is None else mark
    return text.replace("{address}", address).replace("{mark}", mark).encode()


@pytest.mark.parametrize(("name", "kind", "status"), BOUNCES)
def test_a_bounce_is_written_down(receive, delivery, name, kind, status):
    receive(returned(name, delivery.pk))

    feedback = Feedback.objects.get()
    assert (feedback.kind, feedback.delivery, feedback.status) == (kind, delivery, status)
    assert feedback.address_hash == delivery.address_hash
    assert feedback.processed_at is None


def test_a_complaint_is_written_down(receive, delivery):
    receive(returned("complaint", delivery.pk))
    feedback = Feedback.objects.get()
    assert (feedback.kind, feedback.delivery) == (Kind.COMPLAINT, delivery)


def test_what_is_no_complaint_is_none(receive, delivery):
    receive(returned("complaint", delivery.pk).replace(b"Feedback-Type: abuse", b"Feedback-Type: not-spam"))
    assert Feedback.objects.get().kind == Kind.OTHER


def test_the_same_one_again_is_no_second(receive, delivery):
    for _time in range(2):
        receive(returned("postfix_unknown_user", delivery.pk))
    receive(returned("exchange_unknown_user", delivery.pk))
    receive(returned("complaint", delivery.pk))
    assert sorted(Feedback.objects.values_list("kind", flat=True)) == [Kind.COMPLAINT, Kind.HARD_BOUNCE]


def test_what_is_kept_names_nobody(receive, delivery):
    receive(returned("postfix_unknown_user", delivery.pk))
    words = Feedback.objects.get().words
    assert "@" not in words
    assert words.startswith("smtp; 550 5.1.1 …: Recipient address rejected")


@pytest.mark.parametrize("name", [*(bounce[0] for bounce in BOUNCES), "complaint"])
def test_what_somebody_made_up_counts_for_nothing(receive, delivery, name):
    forged = f"{delivery.pk}-{'0' * 16}"
    receive(returned(name, delivery.pk, address=f"bounces+{forged}@example.org", mark=forged))
    receive(returned(name, delivery.pk, address="bounces@example.org", mark=f"{delivery.pk}"))
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("name", [name for name, *_rest in BOUNCES])
def test_our_mark_in_what_is_brought_back_is_proof_too(receive, delivery, name):
    receive(returned(name, delivery.pk, address="nieuwsbrief@example.org"))
    assert Feedback.objects.get().delivery == delivery


def test_a_reply_to_the_address_is_no_bounce(receive, delivery):
    receive(returned("out_of_office", delivery.pk))
    assert not Feedback.objects.exists()


def test_a_delivery_that_is_gone_is_no_error(receive, delivery):
    content = returned("postfix_unknown_user", delivery.pk)
    delivery.delete()
    receive(content)
    assert Feedback.objects.get().delivery is None


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("5.1.2", Kind.HARD_BOUNCE),
        ("5.2.1", Kind.HARD_BOUNCE),
        ("5.4.1", Kind.HARD_BOUNCE),
        ("5.1.8", Kind.SOFT_BOUNCE),
        ("5.2.2", Kind.SOFT_BOUNCE),
        ("5.7.1", Kind.SOFT_BOUNCE),
        ("5.0.0", Kind.SOFT_BOUNCE),
        ("4.4.7", Kind.SOFT_BOUNCE),
    ],
)
def test_only_a_bad_address_is_for_good(receive, delivery, status, kind):
    receive(returned("postfix_unknown_user", delivery.pk).replace(b"5.1.1", status.encode()))
    assert Feedback.objects.get().kind == kind


@pytest.fixture
def maildir(tmp_path):
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    return tmp_path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_new_mails_in_a_maildir_are_taken(maildir, delivery, capsys):
    (maildir / "new" / "1.a.mail").write_bytes(returned("postfix_unknown_user", delivery.pk))
    (maildir / "new" / "2.b.mail").write_bytes(returned("out_of_office", delivery.pk))
    (maildir / "cur" / "0.c.mail:2,S").write_bytes(returned("complaint", delivery.pk))

    call_command("receive_bounces", maildir=maildir)

    assert Feedback.objects.get().kind == Kind.HARD_BOUNCE
    assert names(maildir / "new") == []
    assert names(maildir / "cur") == ["0.c.mail:2,S", "2.b.mail:2,S"]
    assert capsys.readouterr().out == "Aangenomen: 1. Geen terugmelding: 1.\n"


def test_a_mail_that_is_too_large_stays(maildir, delivery):
    content = returned("postfix_unknown_user", delivery.pk) + b" " * 5_000_000
    (maildir / "new" / "1.a.mail").write_bytes(content)
    call_command("receive_bounces", maildir=maildir)
    assert not Feedback.objects.exists()
    assert names(maildir / "cur") == ["1.a.mail:2,S"]


def test_another_folder_is_no_maildir(tmp_path):
    with pytest.raises(CommandError, match="geen Maildir"):
        call_command("receive_bounces", maildir=tmp_path)


def test_a_mail_server_tries_again_when_the_database_is_away(receive, delivery):
    def refuse(execute, sql, params, many, context):
        raise OperationalError("the database is locked")

    with connection.execute_wrapper(refuse), pytest.raises(CommandError) as error:
        receive(returned("postfix_unknown_user", delivery.pk))
    assert error.value.returncode == os.EX_TEMPFAIL


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(
    name=st.sampled_from(sorted(path.stem for path in RETURNED.iterdir())),
    line=st.integers(min_value=0, max_value=80),
    put=st.one_of(
        st.binary(max_size=40),
        st.sampled_from(
            [b"", b"Content-Type: message/rfc822", b"Content-Type: multipart/report; boundary=", b"\xff: \x00"]
        ),
    ),
)
def test_nothing_in_a_mail_is_an_error(name, line, put):
    lines = returned(name, 1).split(b"\n")
    lines[line : line + 1] = [put]
    report = reports.read(b"\n".join(lines))
    assert report is None or report.delivery_id == 1
