"""A mail that is filled in is the one that would have been made for its reader alone."""

import uuid
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from newsletter.models import FrozenIssue
from newsletter.rendering import UNSUBSCRIBE_URL
from newsletter.sending.message import Recipient, RunMessage, list_id, message_id
from newsletter.subscribing import links, tokens

from .runs import make_run

ANNE = Recipient(12, "anne@example.org", uuid.UUID(int=7))
STRANGE = f"""Een regel.
.Een punt vooraan, en {UNSUBSCRIBE_URL} midden in een regel met é, € en een = erbij.
{UNSUBSCRIBE_URL}
 Spatie vooraan en achteraan \n..\n.\n{"lang " * 60}{UNSUBSCRIBE_URL}.Punt erachter.
\x85 en regelscheiders \u2028 die Python voor een regeleinde houdt.
{UNSUBSCRIBE_URL}{UNSUBSCRIBE_URL}
"""


@pytest.fixture
def run(newsletter):
    return make_run(newsletter, 0)


def received(envelope) -> EmailMessage:
    """What the mail server makes of it: one of two dots at the beginning of a line is taken away."""
    lines = envelope.content.split(b"\r\n")
    return message_from_bytes(
        b"\r\n".join(line[1:] if line.startswith(b".") else line for line in lines), policy=policy.default
    )


def bodies(mail: EmailMessage) -> list[str]:
    return [part.get_content().replace("\r\n", "\n") for part in mail.iter_parts()]


def test_each_reader_has_the_text_with_their_own_link(run):
    mail = received(RunMessage(run).envelope(ANNE))

    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    link = links.unsubscribe_page(tokens.unsubscribe_token(ANNE.subscription))
    assert bodies(mail) == [text.replace(UNSUBSCRIBE_URL, link) for text in (run.frozen.text, run.frozen.html)]
    assert link in bodies(mail)[0]
    assert not mail.defects


@pytest.mark.parametrize("ending", ["", "\n", "\n\n", UNSUBSCRIBE_URL])
def test_whatever_stands_around_the_link_comes_over(run, ending):
    run.frozen = FrozenIssue(subject="Vreemd", text=STRANGE + ending, html=f"<p>{STRANGE}</p>{ending}")

    mail = received(RunMessage(run).envelope(ANNE))

    link = links.unsubscribe_page(tokens.unsubscribe_token(ANNE.subscription))
    assert bodies(mail)[0] == (STRANGE + ending).replace(UNSUBSCRIBE_URL, link)
    assert bodies(mail)[1] == f"<p>{STRANGE}</p>{ending}".replace(UNSUBSCRIBE_URL, link)


def test_lines_are_as_mail_servers_take_them(run):
    run.frozen = FrozenIssue(subject="Vreemd", text=STRANGE, html=STRANGE * 20)

    lines = RunMessage(run).envelope(ANNE).content.split(b"\r\n")

    assert max(map(len, lines)) <= 998
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert b"." not in lines  # would end the mail
    assert all(byte < 128 for line in lines for byte in line)


def test_headers(run, settings):
    settings.NEWSLETTER_BOUNCE_ADDRESS = "bounces@mail.example.nl"
    run.newsletter.sender_name = "Één met accenten, en een komma"
    run.newsletter.reply_to = "redactie@example.org"

    envelope = RunMessage(run).envelope(ANNE)
    mail = received(envelope)

    assert mail["To"] == "anne@example.org"
    assert mail["From"].addresses[0].display_name == "Één met accenten, en een komma"
    assert mail["Reply-To"] == "redactie@example.org"
    assert mail["Subject"] == run.frozen.subject
    assert mail["Message-ID"] == message_id(12)
    assert mail["List-Id"] == list_id(run.newsletter)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Feedback-ID"].endswith(":cms.test")
    token = tokens.unsubscribe_token(ANNE.subscription)
    assert mail["List-Unsubscribe"] == f"<{links.one_click_url(token)}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Date"].datetime.tzinfo
    assert envelope.sender.startswith("bounces+12-")


def test_it_has_the_same_message_id_each_time(run):
    message = RunMessage(run)

    first, second = (received(message.envelope(ANNE))["Message-ID"] for _ in range(2))

    assert first == second


def test_two_readers_have_nothing_of_each_other(run):
    other = Recipient(13, "bert@example.org", uuid.UUID(int=8))
    message = RunMessage(run)

    mail = message.envelope(other).content

    assert b"anne" not in mail
    assert tokens.unsubscribe_token(ANNE.subscription).encode() not in mail.replace(b"=\r\n", b"")


def test_domain_with_letters_beyond_ascii(run):
    envelope = RunMessage(run).envelope(ANNE._replace(email="anne@techniek-één.nl"))

    assert envelope.recipient == "anne@xn--techniek-n-j7aa.nl"
    assert received(envelope)["To"] == envelope.recipient


def test_name_that_mail_servers_do_not_take(run):
    with pytest.raises(UnicodeError):
        RunMessage(run).envelope(ANNE._replace(email="één@example.org"))
