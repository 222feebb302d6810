"""Addresses from a CSV file, as Excel and other programs write it: what can be used of it, and what is wrong with it.

Columns are known by their heading, in upper or lower case: one with an e-mail address, and there may be one with the
day on which its consent was given. Others aren't looked at. A file without headings holds an address in its first line.
Separated by ``;``, ``,`` or tabs; UTF-8 with or without byte order mark, or the Windows code page of western Europe.
"""

import csv
import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from newsletter.models import Subscriber

from .addresses import hash_of

MOST_BYTES = 5 * 1024 * 1024
MOST_LINES = 20_000
LONGEST_ADDRESS = Subscriber._meta.get_field("email").max_length
SHOWN = 60
"""Characters of a cell that is wrong."""
ADDRESS_HEADINGS = frozenset({"email", "emailadres", "emailaddress", "mail", "mailadres"})
DATE_HEADINGS = frozenset(
    {"consentdate", "date", "datum", "datumtoestemming", "ingeschrevenop", "inschrijfdatum", "toestemming"}
)
DATE_FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y")
SEPARATORS = ";,\t"
ENCODINGS = ("utf-8-sig", "cp1252")
ARCHIVE = b"PK\x03\x04"
"""How a spreadsheet of Excel begins."""

Line = tuple[int, list[str]]
"""The number of a line, from 1, and its cells."""


class Unreadable(Exception):
    """The file as a whole can't be used; the message says why, to its editor."""


@dataclass
class AddressFile:
    """What a file holds."""

    rows: list[tuple[str, datetime.date]] = field(default_factory=list)
    """Each address once, with the day of its consent."""
    errors: list[tuple[int, str]] = field(default_factory=list)
    """By the number of the line, from 1."""
    doubles: int = 0
    """How many lines have an address that stood on an earlier one."""


def read(content: bytes, given_on: datetime.date | None) -> AddressFile:
    """What the file holds; ``given_on`` is the day of consent where the file doesn't say. Raises ``Unreadable``."""
    lines = list(_lines(_text(content)))
    if not lines:
        raise Unreadable(_("Het bestand is leeg."))
    if len(lines) > MOST_LINES:
        raise Unreadable(_("Er staan meer dan %d regels in. Verdeel ze over meer bestanden.") % MOST_LINES)
    address_column, date_column, has_headings = _columns(lines[0][1])
    found, known = AddressFile(), set()
    for number, cells in lines[has_headings:]:
        try:
            address = _address(_cell(cells, address_column))
            key = hash_of(address)
            if key in known:
                found.doubles += 1
                continue
            found.rows.append((address, _day(_cell(cells, date_column), given_on)))
            known.add(key)
        except ValidationError as error:
            found.errors.append((number, error.message))
    return found


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise Unreadable(_("Het bestand is groter dan 5 MB. Verdeel de adressen over meer bestanden."))
    if content.startswith(ARCHIVE):
        raise Unreadable(
            _("Dit is een Excel-bestand. Kies in Excel ‘Opslaan als’ en dan ‘CSV UTF-8’, en kies hier dat bestand.")
        )
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable(_("Dit is geen leesbare tekst. Bewaar het bestand als ‘CSV UTF-8’ en kies dat."))


def _lines(text: str) -> Iterator[Line]:
    """Those that aren't empty."""
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(SEPARATORS, key=head.count))
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error:
        raise Unreadable(_("Regel %d is geen geldige CSV.") % max(reader.line_num, 1)) from None


def _columns(head: list[str]) -> tuple[int, int | None, bool]:
    """Where the address stands, where the day of consent, and whether the first line says so."""
    headings = [re.sub("[^a-z]", "", cell.lower()) for cell in head]
    addresses = [number for number, heading in enumerate(headings) if heading in ADDRESS_HEADINGS]
    dates = [number for number, heading in enumerate(headings) if heading in DATE_HEADINGS]
    if len(addresses) > 1 or len(dates) > 1:
        raise Unreadable(_("Er is meer dan één kolom met een e-mailadres, of met een datum. Laat er één staan."))
    if addresses:
        return addresses[0], dates[0] if dates else None, True
    with_address = [number for number, cell in enumerate(head) if "@" in cell]
    if len(with_address) == 1:
        return with_address[0], None, False
    raise Unreadable(_("Er is geen kolom met het opschrift ‘E-mailadres’."))


def _cell(cells: list[str], column: int | None) -> str:
    return cells[column].strip() if column is not None and column < len(cells) else ""


def _address(cell: str) -> str:
    if not cell:
        raise ValidationError(_("Er staat geen e-mailadres."))
    try:
        validate_email(cell)
    except ValidationError:
        raise ValidationError(_("‘%s’ is geen e-mailadres.") % cell[:SHOWN]) from None
    if len(cell) > LONGEST_ADDRESS:
        raise ValidationError(_("‘%s…’ is te lang voor een e-mailadres.") % cell[:SHOWN])
    return cell


def _day(cell: str, given_on: datetime.date | None) -> datetime.date:
    if not cell:
        if given_on is None:
            raise ValidationError(_("Er staat niet bij wanneer de toestemming is gegeven."))
        return given_on
    date, *_time = re.split("[ T]", cell, maxsplit=1)
    for date_format in DATE_FORMATS:
        try:
            day = datetime.datetime.strptime(date, date_format).date()
        except ValueError:
            continue
        if day > timezone.localdate():
            raise ValidationError(_("‘%s’ is in de toekomst.") % cell[:SHOWN])
        return day
    raise ValidationError(_("‘%s’ is geen datum. Schrijf bijvoorbeeld 31-12-2024.") % cell[:SHOWN])
