"""What mailboxes look at before they trust a sender: SPF, DKIM and DMARC of its domain, as far as DNS answers."""

import base64
import binascii
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from .name_server import Lookup, NotAnswered

AT_ONCE = 16
LABELS_AT_MOST = 5
"""A domain with more of them is looked at from its own name and its last five (the tree walk of DMARCbis)."""
SOUND_KEY = 256
"""Bytes: those of an RSA key of 2,048 bits, and what stands around it, are more."""


class Verdict(TextChoices):
    """The values of the last three are the names that Wagtail has for the colours of a message."""

    GOOD = "good", _lazy("in orde")
    DOUBT = "warning", _lazy("let op")
    BAD = "critical", _lazy("niet in orde")
    UNKNOWN = "info", _lazy("onbekend")


class Finding(NamedTuple):
    subject: str
    domain: str
    """What was asked about."""
    verdict: Verdict
    sentence: str
    """In Dutch."""
    record: str = ""


Check = Callable[[Lookup], Finding]


def look_at(domains: list[str], return_domain: str, selectors: list[str], lookup: Lookup) -> list[Finding]:
    """Of each of ``domains`` that mail is sent from, in that order; ``return_domain`` is where bounces go, if anywhere.

    All is asked at once: it takes no longer than what takes longest.
    """
    checks: list[Check] = []
    for domain in domains:
        checks.append(lambda lookup, domain=domain: check_spf(return_domain or domain, lookup))
        checks += [lambda lookup, domain=domain, one=one: check_dkim(domain, one, lookup) for one in selectors]
        checks.append(lambda lookup, domain=domain: check_dmarc(domain, lookup))
    if return_domain:
        checks.append(lambda lookup: check_return_address(return_domain, lookup))
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(dict.fromkeys(threads.map(lambda check: check(lookup), checks)))


def check_spf(domain: str, lookup: Lookup) -> Finding:
    """RFC 7208: who may send for the domain in the return path."""
    try:
        records = [record for record in lookup(domain, "TXT") if record.lower().split(" ")[0] == "v=spf1"]
    except NotAnswered:
        return _unknown("SPF", domain)
    if not records:
        sentence = _("Er staat niet in DNS welke servers voor dit domein mogen mailen.")
        return Finding("SPF", domain, Verdict.BAD, sentence)
    if len(records) > 1:
        sentence = _("Er staat meer dan één SPF-record; daardoor telt er geen.")
        return Finding("SPF", domain, Verdict.BAD, sentence, " | ".join(records))
    verdict, sentence = _end_of_spf(records[0].lower().split())
    return Finding("SPF", domain, verdict, sentence, records[0])


def _end_of_spf(terms: list[str]) -> tuple[Verdict, str]:
    """What is said of servers that aren't named."""
    if "-all" in terms or "~all" in terms or any(term.startswith("redirect=") for term in terms):
        return Verdict.GOOD, _("Er staat in DNS welke servers voor dit domein mogen mailen.")
    if "all" in terms or "+all" in terms:
        return Verdict.BAD, _("Iedereen mag voor dit domein mailen: het record eindigt op +all.")
    return Verdict.DOUBT, _("Het record zegt niets over andere servers; laat het eindigen op ~all of -all.")


def check_dkim(domain: str, selector: str, lookup: Lookup) -> Finding:
    """RFC 6376: the key that the signature of a mail is checked with."""
    name = f"{selector}._domainkey.{domain}"
    try:
        records = lookup(name, "TXT")
    except NotAnswered:
        return _unknown("DKIM", name)
    keys = [_tags(record) for record in records if "p" in _tags(record)]
    if not keys:
        return Finding("DKIM", name, Verdict.BAD, _("De sleutel staat niet in DNS: handtekeningen kloppen dan niet."))
    if not keys[0]["p"]:
        return Finding("DKIM", name, Verdict.BAD, _("Deze sleutel is ingetrokken."), records[0])
    if keys[0].get("k", "rsa") == "rsa" and _size(keys[0]["p"]) < SOUND_KEY:
        sentence = _("De sleutel is korter dan 2048 bits; een langere is veiliger.")
        return Finding("DKIM", name, Verdict.DOUBT, sentence, records[0])
    return Finding("DKIM", name, Verdict.GOOD, _("De sleutel van de handtekening staat in DNS."), records[0])


def check_dmarc(domain: str, lookup: Lookup) -> Finding:
    """RFC 7489: what mailboxes do with mail that only says it is from here; of the domain, or of one that it is in."""
    labels = domain.split(".")
    starts = [0, *range(max(1, len(labels) - LABELS_AT_MOST), len(labels) - 1)]
    for start in starts:
        name = "_dmarc." + ".".join(labels[start:])
        try:
            records = [record for record in lookup(name, "TXT") if _tags(record).get("v", "").upper() == "DMARC1"]
        except NotAnswered:
            return _unknown("DMARC", name)
        if len(records) > 1:
            sentence = _("Er staat meer dan één DMARC-record; daardoor telt er geen.")
            return Finding("DMARC", name, Verdict.BAD, sentence, " | ".join(records))
        if records:
            return _read_dmarc(name, records[0], is_inherited=start > 0)
    sentence = _("Er is geen DMARC-record. Gmail, Outlook en Yahoo vragen dat van wie nieuwsbrieven verstuurt.")
    return Finding("DMARC", f"_dmarc.{domain}", Verdict.BAD, sentence)


def _read_dmarc(name: str, record: str, is_inherited: bool) -> Finding:
    tags = _tags(record)
    policy = (tags.get("sp") if is_inherited else None) or tags.get("p", "")
    match policy.lower():
        case "reject" | "quarantine":
            verdict, sentence = Verdict.GOOD, _("Mail die zich onterecht voor dit domein uitgeeft wordt geweigerd.")
        case "none":
            verdict = Verdict.DOUBT
            sentence = _(
                "Er is een record, maar het laat alles toe (p=none). Strenger is beter als SPF en DKIM kloppen."
            )
        case _:
            verdict, sentence = Verdict.BAD, _("Het record zegt niet wat er met valse mail moet gebeuren.")
    return Finding("DMARC", name, verdict, sentence, record)


def check_return_address(domain: str, lookup: Lookup) -> Finding:
    """Whether bounces can come in."""
    subject = _("Retouradres")
    try:
        servers = lookup(domain, "MX")
    except NotAnswered:
        return _unknown(subject, domain)
    if not servers or servers == ["."]:  # RFC 7505
        sentence = _("Dit domein ontvangt geen mail: wat onbestelbaar is komt niet bij ons terug.")
        return Finding(subject, domain, Verdict.BAD, sentence)
    sentence = _("Het domein waar onbestelbare mail naartoe gaat, ontvangt mail.")
    return Finding(subject, domain, Verdict.GOOD, sentence, ", ".join(sorted(servers)))


def _unknown(subject: str, domain: str) -> Finding:
    return Finding(subject, domain, Verdict.UNKNOWN, _("DNS gaf geen antwoord; probeer het later nog eens."))


def _tags(record: str) -> dict[str, str]:
    """``name=value`` pairs between semicolons, as in RFC 6376, 3.2."""
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): "".join(value.split()) for name, _equals, value in pairs if name.strip()}


def _size(key: str) -> int:
    try:
        return len(base64.b64decode(key))
    except binascii.Error:
        return 0
