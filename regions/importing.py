"""Regions from a CSV file: a new one for every slug that isn't there yet, changes for the others.

All or nothing: a file with one wrong row changes nothing. Reading the same file twice changes nothing either.

A column that is not in the file leaves what is there.

Columns, separated by ``,`` or ``;``, in any order, UTF-8 with or without byte order mark:

========== ====================================================================================================
slug       required, lower case; the last part of the region's address, and what a row is recognised by
name       required; the official name
brand      the name under which the region shows itself
website    a site of its own, with https://
number     registration numbers, several separated by ``|``
period     the period of each number, in the same order
provinces  one or two, separated by ``|``; the one with most schools first
place      places, as readers should see them
latitude   degrees (WGS 84) with a point or a comma
longitude  likewise
status     ``actief`` or ``gesloten``; empty leaves it as it is; for merging see ``regions.lifecycle``
source     where the facts come from; not kept
========== ====================================================================================================
"""

import csv
import io
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import zip_longest
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page

from cms.tree import add_live

from .lifecycle.changes import change, check_slug
from .models import RegionIndexPage, RegionPage

REQUIRED = ("slug", "name")
COLUMNS = (
    *REQUIRED,
    "brand",
    "website",
    "number",
    "period",
    "provinces",
    "place",
    "latitude",
    "longitude",
    "status",
    "source",
)
STATUSES = (RegionPage.Status.ACTIVE, RegionPage.Status.CLOSED)


class ImportFailed(Exception):
    """Nothing was imported; ``errors`` says why, one line for each wrong row."""

    def __init__(self, errors: list[str]):
        super().__init__("\n".join(errors))
        self.errors = errors


@dataclass
class ImportResult:
    """What an import did, or in a dry run would do: how many regions were new, changed and the same."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


def import_regions(content: bytes, dry_run: bool = False) -> ImportResult:
    """Add and change regions as the rows of a CSV file say; see the top of this module for its columns.

    Raises ``ImportFailed`` with the line numbers of all rows that are wrong.
    """
    rows = list(_read_rows(content))
    result = ImportResult()
    errors = []
    with transaction.atomic():
        index = RegionIndexPage.objects.first()
        if index is None:
            raise ImportFailed(["Er is nog geen regio-overzicht; draai eerst `manage.py setup_site`."])
        for line, row in rows:
            try:
                with transaction.atomic():
                    _save_region(index, row, result)
            except ValidationError as error:
                errors.append(f"Regel {line}: {_describe(error)}")
        if errors:
            raise ImportFailed(errors)
        if dry_run:
            transaction.set_rollback(True)
    return result


def _read_rows(content: bytes):
    """The rows with their line numbers; raises ``ImportFailed`` when the file as a whole is wrong."""
    try:
        text = content.decode("utf-8-sig")
        if "\x00" in text:
            raise ImportFailed(["Het bestand bevat nultekens; het is geen gewone tekst."])
    except UnicodeDecodeError as error:
        raise ImportFailed([f"Het bestand is geen UTF-8 (byte {error.start})."]) from None
    header = text.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in header else ",", strict=True)
    columns = _guarded(reader, lambda: reader.fieldnames) or []
    double = sorted({name for name in columns if columns.count(name) > 1})
    missing = [name for name in REQUIRED if name not in columns]
    unknown = [name for name in columns if name not in COLUMNS]
    if missing:
        raise ImportFailed([f"Kolom ontbreekt: {', '.join(missing)}."])
    if double:
        raise ImportFailed([f"Kolom staat dubbel: {', '.join(double)}."])
    if unknown:
        raise ImportFailed([f"Onbekende kolom: {', '.join(unknown)}. Bekend zijn: {', '.join(COLUMNS)}."])
    rows = _guarded(reader, lambda: [(reader.line_num, row) for row in reader])
    _check_rows(rows)
    return rows


def _guarded(reader: csv.DictReader, read):
    try:
        return read()
    except csv.Error as error:
        raise ImportFailed([f"Regel {max(reader.line_num, 1)}: geen geldige CSV ({error})."]) from None


def _check_rows(rows) -> None:
    """Each row has as many cells as there are columns, and a slug of its own."""
    errors = []
    lines_by_slug: dict[str, int] = {}
    for line, row in rows:
        if None in row or None in row.values():
            errors.append(f"Regel {line}: het aantal kolommen klopt niet.")
            continue
        slug = row["slug"].strip()
        if slug in lines_by_slug:
            errors.append(f"Regel {line}: slug '{slug}' staat ook op regel {lines_by_slug[slug]}.")
        lines_by_slug.setdefault(slug, line)
    if errors:
        raise ImportFailed(errors)


def _save_region(index: Page, row: dict[str, str], result: ImportResult) -> None:
    values = _values(row)
    region = RegionPage.objects.child_of(index).filter(slug=values["slug"]).first()
    if region is None:
        add_live(index, RegionPage(**values))
        result.added += 1
        return
    changed = {name for name, value in values.items() if _comparable(getattr(region, name)) != _comparable(value)}
    if not changed:
        result.unchanged += 1
        return
    change(region, {name: values[name] for name in changed})
    result.changed += 1


def _values(row: dict[str, str]) -> dict[str, Any]:
    """The fields of a region page that the row speaks of; raises ``ValidationError`` for what can't be read.

    A column that the file lacks leaves what is there; so does an empty status.
    """
    cells = {name: cell.strip() for name, cell in row.items()}
    values: dict[str, Any] = {"slug": check_slug(cells["slug"]), "title": cells["name"]}
    if not values["title"]:
        raise ValidationError({"name": "mag niet leeg zijn."})
    for column, field in {"brand": "brand", "website": "external_site", "place": "places"}.items():
        if column in cells:
            values[field] = cells[column]
    for column in ("latitude", "longitude"):
        if column in cells:
            values[column] = _degrees(column, cells[column])
    if "provinces" in cells:
        values["province"], values["second_province"] = _provinces(cells["provinces"])
    if "number" in cells:
        values["registration_numbers"] = _registrations(cells["number"], cells.get("period", ""))
    if cells.get("status"):
        if cells["status"] not in STATUSES:
            raise ValidationError({"status": f"'{cells['status']}' moet 'actief' of 'gesloten' zijn."})
        values["status"] = cells["status"]
    return values


def _provinces(cell: str) -> tuple[str, str]:
    provinces = [part.strip() for part in cell.split("|")]
    if len(provinces) > 2:
        raise ValidationError({"provinces": "hoogstens twee provincies."})
    return provinces[0], provinces[1] if len(provinces) > 1 else ""


def _registrations(numbers: str, periods: str) -> list[tuple[str, dict[str, str]]]:
    names = [part.strip() for part in numbers.split("|")] if numbers else []
    labels = [part.strip() for part in periods.split("|")] if periods else []
    if len(labels) > len(names):
        raise ValidationError({"period": "meer perioden dan nummers."})
    if not all(0 < len(name) <= 20 for name in names) or any(len(label) > 20 for label in labels):
        raise ValidationError({"number": "een nummer of periode is leeg of langer dan 20 tekens."})
    return [
        ("registration", {"number": name, "period": label}) for name, label in zip_longest(names, labels, fillvalue="")
    ]


def _degrees(name: str, cell: str) -> Decimal | None:
    try:
        return Decimal(cell.replace(",", ".")).quantize(Decimal("0.0001")) if cell else None
    except InvalidOperation:
        raise ValidationError({name: f"'{cell}' is geen getal."}) from None


def _comparable(value):
    """Registration numbers as plain pairs, whether they come from a page or from a row."""
    if hasattr(value, "stream_block"):
        return [(block.block_type, dict(block.value)) for block in value]
    return value


def _describe(error: ValidationError) -> str:
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())
