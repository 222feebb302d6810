"""What a document has to be before it enters the library: of a kind that we take, by its name and by its content."""

import struct
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import PurePath
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm

# The first bytes of a zip that holds something; a program that unpacks itself begins with others.
ZIP = b"PK\x03\x04"
# What reading an archive raises that is damaged, locked, or no archive at all.
UNREADABLE = (BadZipFile, EOFError, KeyError, OSError, RuntimeError, ValueError, struct.error, zlib.error)
# That of Windows is what Excel writes.
ENCODINGS = ("utf-8", "cp1252")


def is_pdf(file: BinaryIO) -> bool:
    return file.read(5) == b"%PDF-"


def is_zip(file: BinaryIO) -> bool:
    return _is_archive(file, lambda archive: True)


def is_office(file: BinaryIO, folder: str) -> bool:
    """Office Open XML (ISO/IEC 29500-2): the list of its parts, and a folder that is named after the program."""

    def has_parts(archive: ZipFile) -> bool:
        names = archive.namelist()
        return "[Content_Types].xml" in names and any(name.startswith(folder) for name in names)

    return _is_archive(file, has_parts)


def is_open_document(file: BinaryIO, kind: str) -> bool:
    """OpenDocument 1.3 part 2, §3.3: the first file in it says what it is."""
    media_type = f"application/vnd.oasis.opendocument.{kind}".encode()

    def says_so(archive: ZipFile) -> bool:
        with archive.open("mimetype") as stated:
            return stated.read(len(media_type) + 1).strip() == media_type

    return _is_archive(file, says_so)


def is_text(file: BinaryIO) -> bool:
    content = file.read()
    return b"\x00" not in content and any(_is_encoded(content, encoding) for encoding in ENCODINGS)


KINDS: dict[str, Callable[[BinaryIO], bool]] = {
    "csv": is_text,
    "docx": partial(is_office, folder="word/"),
    "odp": partial(is_open_document, kind="presentation"),
    "ods": partial(is_open_document, kind="spreadsheet"),
    "odt": partial(is_open_document, kind="text"),
    "pdf": is_pdf,
    "pptx": partial(is_office, folder="ppt/"),
    "txt": is_text,
    "xlsx": partial(is_office, folder="xl/"),
    "zip": is_zip,
}
"""By extension; what is in a zip isn't looked at."""


def check_kind(file: File) -> None:
    """Raises ``ValidationError`` for a ``file`` of a kind that we don't take, or that isn't what its name says."""
    extension = PurePath(file.name).suffix[1:].lower()
    if extension not in KINDS:
        raise ValidationError(
            _(
                "‘%(name)s’ is van een soort die hier niet kan staan. Kies een bestand waarvan de naam eindigt op: "
                "%(extensions)s."
            ),
            code="unknown_kind",
            params={"name": file.name, "extensions": ", ".join(KINDS)},
        )
    is_of_kind = KINDS[extension]
    file.seek(0)
    if not is_of_kind(file):
        raise ValidationError(
            _("Dit is geen leesbare tekst. Bewaar het bestand als tekst in UTF-8 en kies dat.")
            if is_of_kind is is_text
            else _(
                "De naam eindigt op .%(extension)s, maar dit bestand is iets anders, is beschadigd of heeft een "
                "wachtwoord. Bewaar het opnieuw als .%(extension)s en kies dat."
            ),
            code="other_kind",
            params={"extension": extension},
        )
    file.seek(0)


class DocumentForm(BaseDocumentForm):
    """For a document on its own, several at once, one in a dialogue, and another file for one that is there."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Tags would be of all regions at once (``cms.isolation``).
        self.fields.pop("tags", None)
        if "file" in self.fields:
            kinds = _("Ondersteunde bestanden: %(extensions)s.") % {"extensions": ", ".join(KINDS).upper()}
            self.fields["file"].help_text = format_html("{} {}", kinds, self.fields["file"].help_text)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            check_kind(file)
        return file


def _is_archive(file: BinaryIO, is_of_kind: Callable[[ZipFile], bool]) -> bool:
    if file.read(len(ZIP)) != ZIP:
        return False
    try:
        with ZipFile(file) as archive:
            return is_of_kind(archive)
    except UNREADABLE:
        return False


def _is_encoded(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
