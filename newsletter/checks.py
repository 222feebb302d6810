"""What is wrong with an issue, for its editor to see while writing and before it is sent.

Each check looks at the issue as it is shown and yields findings in Dutch. One that ``blocks_sending`` has to be solved;
the others are advice. A fixed number of queries, whatever the number of blocks.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.addresses import address_of, on_site
from cms.models import BasePage, PageDocument
from cms.region import region_of

from .content import MAIL, IssueContent, ShownBlock
from .models import LinkCheck
from .reading import Reading

LONGEST_SUBJECT = 60
"""Characters; phones cut off what is longer."""
LONGEST_PREHEADER = 100
KILOBYTE = 1024
LARGE = 80 * KILOBYTE
CUT_OFF = 102 * KILOBYTE
"""Gmail cuts off a mail at this size, the link to unsubscribe with it."""
MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
DATE_WITHOUT_YEAR = re.compile(rf"\b\d{{1,2}} (?:{MONTHS})\b(?! \d{{4}})")
SPACE_BEFORE_MARK = re.compile(r"\b\w+ +[.,;:!?](?=\s|$)")
DOCUMENTS = "/documents/"
"""Below it lie files, not pages; without a front end they have the host of the site."""
SHORTEST_SHOUT = 12
"""Letters; what is shorter may be an abbreviation."""


class Finding(NamedTuple):
    message: str
    blocks_sending: bool = False
    is_of_mail: bool = False
    """Of the mail alone: of no use when that was sent and only its page on the site is corrected."""


class Mail(NamedTuple):
    """An issue as it would be sent."""

    issue: Page
    content: IssueContent
    subject: str
    preheader: str
    html: str
    text: str
    reading: Reading


def check(mail: Mail) -> list[Finding]:
    """All findings, those that block sending first."""
    found = [finding for look in CHECKS for finding in look(mail)]
    return sorted(dict.fromkeys(found), key=lambda finding: not finding.blocks_sending)


def check_content(mail: Mail) -> Iterator[Finding]:
    if not mail.content.body(MAIL):
        yield Finding(_("Er staat nog niets in de mail."), blocks_sending=True, is_of_mail=True)
    for shown in mail.content.blocks:
        pages = list(shown.block.block.chosen(shown.block.value))
        if None in pages:
            message = _("In ‘%(block)s’ staat een pagina die verwijderd is, of nog geen.") % {"block": shown.name}
            yield Finding(message, blocks_sending=True)
        elif _is_empty(shown) and not pages:
            yield Finding(_("‘%(block)s’ heeft niets te melden; het blok is niet te zien.") % {"block": shown.name})


def _is_empty(shown: ShownBlock) -> bool:
    value = shown.value
    return value is None or not any(value[name] for name in value if name != "image_position")


def check_pages(mail: Mail) -> Iterator[Finding]:
    """Everything that the blocks refer to, also by a link in their text, has to be public and ours."""
    page_ids = set().union(*(shown.page_ids for shown in mail.content.blocks))
    regions = mail.content.regions
    missing = BasePage.objects.in_bulk(page_ids - regions.keys())
    region = region_of(mail.content.newsletter)
    for shown in mail.content.blocks:
        ids = shown.page_ids
        for pk in sorted(ids & missing.keys()):
            words = {"block": shown.name, "page": missing[pk].get_admin_display_title()}
            yield Finding(_("‘%(page)s’, in ‘%(block)s’, staat niet online.") % words, blocks_sending=True)
        if ids - missing.keys() - regions.keys():
            message = _("In ‘%(block)s’ staat een link naar een pagina die verwijderd is.") % {"block": shown.name}
            yield Finding(message, blocks_sending=True)
        if region and any(regions.get(pk) not in (None, region.pk) for pk in ids):
            message = _("In ‘%(block)s’ staat iets van een andere regio.") % {"block": shown.name}
            yield Finding(message, blocks_sending=True)


def check_envelope(mail: Mail) -> Iterator[Finding]:
    if len(mail.subject) > LONGEST_SUBJECT:
        message = _("Het onderwerp is %(length)d tekens lang; na %(most)d valt de rest op een telefoon weg.")
        yield Finding(message % {"length": len(mail.subject), "most": LONGEST_SUBJECT}, is_of_mail=True)
    if not mail.preheader:
        message = _("Er is geen voorproefje, en geen blok heeft een trefwoord (achter het tandwiel van het blok).")
        yield Finding(message, is_of_mail=True)
    elif len(mail.preheader) > LONGEST_PREHEADER:
        message = _("Het voorproefje is %(length)d tekens lang; meer dan %(most)d laat geen mailprogramma zien.")
        yield Finding(message % {"length": len(mail.preheader), "most": LONGEST_PREHEADER}, is_of_mail=True)


def check_size(mail: Mail) -> Iterator[Finding]:
    size = len(mail.html.encode())
    words = {"size": round(size / KILOBYTE)}
    if size > CUT_OFF:
        message = _("De mail is %(size)d kB. Gmail kapt hem af, met de link om af te melden; haal blokken weg.")
        yield Finding(message % words, blocks_sending=True, is_of_mail=True)
    elif size > LARGE:
        yield Finding(_("De mail is %(size)d kB. Vanaf 102 kB kapt Gmail hem af.") % words, is_of_mail=True)


def check_pictures(mail: Mail) -> Iterator[Finding]:
    if lacking := sum(not picture.alt for picture in mail.reading.pictures):
        message = _("Aantal afbeeldingen zonder alternatieve tekst: %(number)d. Wie ze niet ziet, mist ze.")
        yield Finding(message % {"number": lacking})


def check_headings(mail: Mail) -> Iterator[Finding]:
    level = 0
    for heading in mail.reading.headings:
        if heading.level > level + 1:
            words = {"heading": heading.text}
            yield Finding(_("Boven de kop ‘%(heading)s’ ontbreekt een grotere kop: geef het blok een kop.") % words)
        level = heading.level


def check_link_texts(mail: Mail) -> Iterator[Finding]:
    targets = defaultdict(set)
    for link in mail.reading.links:
        targets[link.text.casefold()].add(link.url)
    for text in dict.fromkeys(link.text for link in mail.reading.links):
        if len(targets[text.casefold()]) > 1:
            words = {"text": text, "number": len(targets[text.casefold()])}
            message = _("De linktekst ‘%(text)s’ leidt naar %(number)d verschillende plekken. Zeg bij elk waar heen.")
            yield Finding(message % words)


def check_links(mail: Mail) -> Iterator[Finding]:
    """Links on our own site are looked up; of others it is known what they answered when they were last asked."""
    urls = {link.url for link in mail.reading.links} - {address_of(mail.issue)}
    ours = {url for url in urls if url.startswith(on_site("/")) and not url.startswith(on_site(DOCUMENTS))}
    paths = {urlsplit(url).path for url in ours} - mail.content.public_paths
    for path in sorted(paths - _paths_on_site(paths)):
        yield Finding(_("Er is geen pagina op %(path)s van onze site.") % {"path": path})
    for answer in LinkCheck.objects.filter(url__in=urls - ours).order_by("url"):
        if not answer.answered:
            words = {"url": answer.url, "error": answer.error or answer.status}
            yield Finding(_("%(url)s antwoordde niet toen het werd nagekeken: %(error)s.") % words)


def _paths_on_site(paths: Iterable[str]) -> set[str]:
    return set(PageDocument.objects.filter(html_path__in=paths).values_list("html_path", flat=True))


def check_wording(mail: Mail) -> Iterator[Finding]:
    for date in dict.fromkeys(DATE_WITHOUT_YEAR.findall(mail.text)):
        message = _("‘%(date)s’ staat er zonder jaar; wie de nieuwsbrief later leest, weet dan niet wanneer.")
        yield Finding(message % {"date": date})
    for place in dict.fromkeys(SPACE_BEFORE_MARK.findall(mail.text)):
        yield Finding(_("Er staat een spatie te veel voor het leesteken in ‘%(place)s’.") % {"place": place})
    texts = [heading.text for heading in mail.reading.headings] + [link.text for link in mail.reading.links]
    for text in dict.fromkeys(texts):
        if text.isupper() and sum(map(str.isalpha, text)) >= SHORTEST_SHOUT:
            yield Finding(_("‘%(text)s’ staat in hoofdletters; dat leest als roepen.") % {"text": text})


CHECKS = (
    check_content,
    check_pages,
    check_envelope,
    check_size,
    check_pictures,
    check_headings,
    check_link_texts,
    check_links,
    check_wording,
)
