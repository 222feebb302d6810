"""What DNS says of the domain of a sender, and what we make of it."""

import base64
import socket

import pytest
from dns.resolver import Resolver

from newsletter.bounces.domains import Verdict, check_dkim, check_dmarc, check_return_address, check_spf, look_at
from newsletter.bounces.name_server import NotAnswered, lookup_within

DOMAIN = "post.example.org"
LONG_KEY = base64.b64encode(bytes(294)).decode()
SHORT_KEY = base64.b64encode(bytes(162)).decode()


def answering(**records):
    """A lookup that knows the TXT records of names, as ``txt``, and the MX records of any, as ``mx``."""

    def lookup(name, kind):
        return records.get("mx", []) if kind == "MX" else records.get("txt", {}).get(name, [])

    return lookup


def silent(name, kind):
    raise NotAnswered


@pytest.mark.parametrize(
    ("records", "verdict"),
    [
        (["v=spf1 include:_spf.example.com -all", "google-site-verification=x"], Verdict.GOOD),
        (["v=spf1 ip4:192.0.2.10 ~all"], Verdict.GOOD),
        (["v=spf1 redirect=_spf.example.com"], Verdict.GOOD),
        (["v=spf1 ip4:192.0.2.10 ?all"], Verdict.DOUBT),
        (["v=spf1 mx"], Verdict.DOUBT),
        (["v=spf1 +all"], Verdict.BAD),
        (["v=spf1 -all", "v=spf1 ~all"], Verdict.BAD),
        (["v=spf10 -all"], Verdict.BAD),
        ([], Verdict.BAD),
    ],
)
def test_spf(records, verdict):
    assert check_spf(DOMAIN, answering(txt={DOMAIN: records})).verdict is verdict


@pytest.mark.parametrize(
    ("records", "verdict"),
    [
        ([f"v=DKIM1; k=rsa; p={LONG_KEY}"], Verdict.GOOD),
        ([f"p={LONG_KEY[:100]} {LONG_KEY[100:]}"], Verdict.GOOD),
        (["v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="], Verdict.GOOD),
        ([f"v=DKIM1; p={SHORT_KEY}"], Verdict.DOUBT),
        (["v=DKIM1; p=geen sleutel"], Verdict.DOUBT),
        (["v=DKIM1; p="], Verdict.BAD),
        (["iets anders"], Verdict.BAD),
        ([], Verdict.BAD),
    ],
)
def test_dkim(records, verdict):
    finding = check_dkim(DOMAIN, "sto", answering(txt={f"sto._domainkey.{DOMAIN}": records}))
    assert finding.verdict is verdict


@pytest.mark.parametrize(
    ("records", "verdict"),
    [
        ({"_dmarc.post.example.org": ["v=DMARC1; p=reject; rua=mailto:a@example.org"]}, Verdict.GOOD),
        ({"_dmarc.post.example.org": ["v=DMARC1; p=Quarantine"]}, Verdict.GOOD),
        ({"_dmarc.post.example.org": ["v=DMARC1; p=none"]}, Verdict.DOUBT),
        ({"_dmarc.example.org": ["v=DMARC1; p=reject"]}, Verdict.GOOD),
        ({"_dmarc.example.org": ["v=DMARC1; p=reject; sp=none"]}, Verdict.DOUBT),
        ({"_dmarc.post.example.org": ["v=DMARC1; p=none; sp=reject"]}, Verdict.DOUBT),
        ({"_dmarc.post.example.org": ["v=DMARC1; p=none", "v=DMARC1; p=reject"]}, Verdict.BAD),
        ({"_dmarc.post.example.org": ["v=DMARC1"]}, Verdict.BAD),
        ({"_dmarc.org": ["v=DMARC1; p=reject"]}, Verdict.BAD),
        ({}, Verdict.BAD),
    ],
)
def test_dmarc(records, verdict):
    assert check_dmarc(DOMAIN, answering(txt=records)).verdict is verdict


def test_dmarc_of_a_long_name_takes_few_questions():
    asked = []
    check_dmarc("a.b.c.d.e.f.g.h.example.org", lambda name, kind: asked.append(name) or [])
    assert asked == [
        "_dmarc.a.b.c.d.e.f.g.h.example.org",
        "_dmarc.f.g.h.example.org",
        "_dmarc.g.h.example.org",
        "_dmarc.h.example.org",
        "_dmarc.example.org",
    ]


@pytest.mark.parametrize(
    ("servers", "verdict"), [(["mx.example.org."], Verdict.GOOD), ([], Verdict.BAD), (["."], Verdict.BAD)]
)
def test_the_domain_that_bounces_go_to_takes_mail(servers, verdict):
    assert check_return_address(DOMAIN, answering(mx=servers)).verdict is verdict


def test_all_of_all_domains():
    findings = look_at(["a.example", "b.example"], "bounces.example", ["one", "two"], answering(mx=["mx.example."]))
    assert [(finding.subject, finding.domain) for finding in findings] == [
        ("SPF", "bounces.example"),
        ("DKIM", "one._domainkey.a.example"),
        ("DKIM", "two._domainkey.a.example"),
        ("DMARC", "_dmarc.a.example"),
        ("DKIM", "one._domainkey.b.example"),
        ("DKIM", "two._domainkey.b.example"),
        ("DMARC", "_dmarc.b.example"),
        ("Retouradres", "bounces.example"),
    ]


def test_no_answer_is_no_verdict():
    findings = look_at([DOMAIN], DOMAIN, ["sto"], silent)
    assert [finding.verdict for finding in findings] == [Verdict.UNKNOWN] * 4


def test_a_name_server_that_says_nothing_is_waited_for_no_longer_than_that():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        resolver = Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], server.getsockname()[1]
        with pytest.raises(NotAnswered):
            lookup_within(0.1, resolver)("example.org", "TXT")


@pytest.mark.parametrize("name", ["", "a..b", f"{'a' * 64}.example.org"])
def test_what_is_no_name_has_no_answer(name):
    resolver = Resolver(configure=False)
    with pytest.raises(NotAnswered):
        lookup_within(0.1, resolver)(name, "TXT")
