"""Where webhooks may be sent to: the internet, and nothing of our own."""

import socket
import time
from ipaddress import IPv4Address
from threading import Event

import pytest

from cms.outgoing.addresses import AddressRefused, HostNotFound, check, may_be_called, parse, resolve
from cms.webhooks.sending import Message, send

HOOK = "https://hooks.example.org/haak"


def answering(*addresses):
    """A name server that knows one answer."""

    def lookup(host, port, type):
        return [(socket.AF_INET, type, 6, "", (address, port)) for address in addresses]

    return lookup


def unknown(host, port, type):
    raise socket.gaierror("Name or service not known")


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://hooks.example.org", ("https", "hooks.example.org", 443, "/")),
        ("https://Hooks.Example.org:8443/a/b?c=d", ("https", "hooks.example.org", 8443, "/a/b?c=d")),
        ("https://hooks.example.org./x", ("https", "hooks.example.org", 443, "/x")),
        ("https://[2606:4700:4700::1111]:9000/", ("https", "2606:4700:4700::1111", 9000, "/")),
        ("https://1.1.1.1/", ("https", "1.1.1.1", 443, "/")),
    ],
)
def test_address_is_taken_apart(url, target):
    assert parse(url) == target


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "teken"),
        ("http://hooks.example.org/", "https://"),
        ("ftp://hooks.example.org/", "https://"),
        ("//hooks.example.org/", "https://"),
        ("hooks.example.org", "https://"),
        ("javascript:alert(1)", "https://"),
        ("https://", "naam van de server"),
        ("https:///pad", "naam van de server"),
        ("https://user:geheim@hooks.example.org/", "wachtwoord"),
        ("https://@hooks.example.org/", "wachtwoord"),
        ("https://hooks.example.org\\@127.0.0.1/", "teken"),
        ("https://hooks.example.org/\0", "teken"),
        ("https://hooks.example.org/a b", "teken"),
        ("https://hooks.example.org/\r\nX-Kop: 1", "teken"),
        ("https://hooks.example.org/é", "teken"),
        ("https://ⓛocalhost/", "teken"),
        ("https://hooks.example.org:0/", "poort"),
        ("https://hooks.example.org:22/", "poort"),
        ("https://hooks.example.org:99999/", "geldig adres"),
        ("https://hooks.example.org:x/", "geldig adres"),
        ("https://[::1/", "geldig adres"),
        ("https://hooks.example.org/#deel", "hekje"),
        ("https://hooks..example.org/", "naam van de server"),
        ("https://hooks.example.org%00/", "naam van de server"),
        ("https://2130706433/", "naam van de server"),
        ("https://0x7f.1/", "naam van de server"),
        ("https://0177.0.0.1/", "naam van de server"),
        ("https://127.1/", "naam van de server"),
        ("https://" + "a" * 64 + ".nl/", "naam van de server"),
        ("https://hooks.example.org/" + "a" * 500, "te lang"),
    ],
)
def test_address_that_makes_no_sense_is_refused_with_a_reason(url, reason):
    with pytest.raises(AddressRefused, match=reason):
        parse(url)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.255.254",
        str(IPv4Address(0)),
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:1.1.1.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::7f00:1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "fc00::1",
        "fe80::1",
        "fe80::1%lo",
        "fec0::1",
        "ff02::1",
    ],
)
def test_address_within_is_not_called(address):
    assert not may_be_called(address)
    for answers in ([address], ["1.1.1.1", address]):
        with pytest.raises(AddressRefused, match="openbaar"):
            resolve(parse(HOOK), 1, answering(*answers))


@pytest.mark.parametrize("address", ["1.1.1.1", "145.131.2.3", "2606:4700:4700::1111", "2a00:1450:400e:80e::200e"])
def test_address_on_the_internet_is_called(address, settings):
    assert may_be_called(address)
    assert resolve(parse(HOOK), 1, answering(address, address)) == [address]
    settings.WEBHOOK_ALLOW_LOOPBACK = True
    assert may_be_called(address)
    assert not may_be_called(address, "http")


@pytest.mark.parametrize(
    "url", ["https://localhost/", "https://127.0.0.1/", "https://[::1]/", "https://[::ffff:127.0.0.1]/"]
)
def test_this_machine_is_refused_by_any_name(url):
    with pytest.raises(AddressRefused, match="openbaar"):
        check(url)


def test_this_machine_is_called_only_where_that_is_allowed(settings):
    settings.WEBHOOK_ALLOW_LOOPBACK = True
    check("http://127.0.0.1:3000/haak")
    check("https://127.0.0.1:3000/haak")
    for address in ("10.0.0.1", "169.254.169.254", "1.1.1.1"):
        with pytest.raises(AddressRefused, match="openbaar"):
            check("http://hooks.example.org/", lookup=answering(address))


def test_host_that_is_not_found_may_be_there_later():
    check(HOOK, lookup=unknown)
    with pytest.raises(HostNotFound, match="niet gevonden"):
        resolve(parse(HOOK), 1, unknown)


def test_name_server_that_hangs_takes_no_longer_than_allowed():
    over = Event()
    began = time.monotonic()
    with pytest.raises(HostNotFound, match="op tijd"):
        resolve(parse(HOOK), 0.2, lambda *args, **kwargs: over.wait(30))
    check(HOOK, 0.2, lambda *args, **kwargs: over.wait(30))
    assert time.monotonic() - began < 2
    over.set()


def test_address_is_checked_again_when_a_message_is_sent():
    """A name that was fine when the webhook was made may lead elsewhere by now."""
    sent = send(HOOK, b"key", Message("msg_1", "{}"), lookup=answering("10.0.0.1"))
    assert sent.status is None
    assert "geen openbaar adres" in sent.error
