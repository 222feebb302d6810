"""One message to one receiver: how it is signed, and what receivers can't do to us."""

import json
import socket
import ssl
import time

import pytest
import trustme

from cms.webhooks.sending import Message, send, sign
from tests.receiver import Receiver, answer, chunk, drip_body, drip_headers, hang, hang_up, is_signed

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
KEY = b"1\xf2\x90\xf6\xbf\x06)\x8a\xabO\x08\xd4<?\x08,\xf6H\xa3b\xda-\xa4\xb0"
MESSAGE = Message("msg_2KWPBgLlAfxdpx2AI54pPJ85f4W", '{"event": "page.published", "path": "/één/"}')


@pytest.fixture(autouse=True)
def _allow_this_machine(settings):
    settings.WEBHOOK_ALLOW_LOOPBACK = True


@pytest.fixture
def receive():
    """``receive(*behaviours)`` gives a receiver that runs until the test is over."""
    running = []

    def start(*behaviours, **options):
        running.append(Receiver(*behaviours, **options).__enter__())
        return running[-1]

    yield start
    for receiver in running:
        receiver.__exit__()


def test_signature_is_that_of_the_standard():
    """The example of https://docs.svix.com/receiving/verifying-payloads/how-manual."""
    message = Message("msg_p5jXN8AQM9LWM0D4loKWxJek", '{"test": 2432232314}')
    assert sign(message, 1614265330, KEY) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_message_arrives_signed(receive):
    receiver = receive(answer(200, b"dank"))
    sent = send(receiver.url, KEY, MESSAGE)

    assert (sent.status, sent.text, sent.error, sent.is_accepted) == (200, "dank", "", True)
    [received] = receiver.received
    assert received.path == "/haak?van=cms"
    assert json.loads(received.body) == json.loads(MESSAGE.body)
    assert is_signed(received, SECRET)
    assert not is_signed(received._replace(body=received.body + b" "), SECRET)
    assert received.headers["Content-Type"] == "application/json"
    assert received.headers["Host"] == f"127.0.0.1:{receiver.server_port}"
    assert received.headers["webhook-id"] == MESSAGE.id
    assert abs(int(received.headers["webhook-timestamp"]) - time.time()) < 5
    assert "Sterk" in received.headers["User-Agent"]


def test_redirect_is_a_failure_and_not_followed(receive):
    other = receive(answer(200))
    sent = send(receive(answer(307, headers=[("Location", other.url)])).url, KEY, MESSAGE)

    assert (sent.status, sent.is_accepted) == (307, False)
    assert "volgen we niet" in sent.error
    assert other.received == []


@pytest.mark.parametrize("behaviour", [hang, drip_headers, drip_body])
def test_slow_receiver_takes_no_longer_than_allowed(behaviour, receive):
    began = time.monotonic()
    sent = send(receive(behaviour).url, KEY, MESSAGE, seconds=0.5)

    assert time.monotonic() - began < 1.5
    assert sent.status is None
    assert "binnen" in sent.error


def test_receiver_that_never_picks_up_takes_no_longer_than_allowed():
    """Not even the TLS handshake may go on."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        sent = send(f"https://127.0.0.1:{silent.getsockname()[1]}/", KEY, MESSAGE, seconds=0.5)

    assert time.monotonic() - began < 1.5
    assert "binnen" in sent.error


def test_of_a_long_answer_only_the_beginning_is_read(receive):
    sent = send(receive(answer(200, b"\0" + b"x" * 10_000_000)).url, KEY, MESSAGE)
    assert sent.is_accepted
    assert len(sent.text) == 4096
    assert "\0" not in sent.text


@pytest.mark.parametrize("size", ["5", "-5", "-1", "ffffffffffffffff", "niets"])
def test_sizes_that_the_receiver_names_are_not_believed(size, receive):
    sent = send(receive(chunk(size)).url, KEY, MESSAGE)

    assert (sent.is_accepted, sent.text) == (True, "")


def test_receiver_that_hangs_up_or_is_away_is_a_failure(receive):
    assert send(receive(hang_up).url, KEY, MESSAGE).error.startswith("Geen goed antwoord")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert send(f"http://127.0.0.1:{port}/", KEY, MESSAGE).error == "De ontvanger neemt niet op."


def test_proxy_of_the_environment_is_not_used(receive, monkeypatch):
    proxy, receiver = receive(answer(502)), receive(answer(204))
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy.url)
    assert send(receiver.url, KEY, MESSAGE).status == 204
    assert proxy.received == []


def authority_for(*names):
    """An authority, what a server with its certificate for ``names`` needs, and what a client needs that trusts it."""
    authority = trustme.CA()
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert(*names).configure_cert(server)
    authority.configure_trust(client)
    return server, client


def at_this_machine(host, port, type):
    return [(socket.AF_INET, type, 6, "", ("127.0.0.1", port))]


def test_certificate_has_to_be_for_the_host_while_the_address_is_the_one_that_was_checked(receive):
    server, client = authority_for("hooks.example.org")
    receiver = receive(answer(200), tls=server)

    def send_to(host, tls):
        url = f"https://{host}:{receiver.server_port}/"
        return send(url, KEY, MESSAGE, tls=tls, lookup=at_this_machine)

    assert send_to("hooks.example.org", client).status == 200
    assert receiver.received[0].headers["Host"] == f"hooks.example.org:{receiver.server_port}"
    assert "certificaat" in send_to("other.example.org", client).error
    assert "certificaat" in send_to("hooks.example.org", None).error
    assert len(receiver.received) == 1


def test_host_with_several_addresses_is_called_at_the_next_when_one_does_not_answer(receive):
    receiver = receive(answer(200))

    def lookup(host, port, type):
        return [(socket.AF_INET, type, 6, "", (address, port)) for address in ("127.0.0.2", "127.0.0.1")]

    url = f"http://hooks.example.org:{receiver.server_port}/"
    assert send(url, KEY, MESSAGE, lookup=lookup).status == 200
