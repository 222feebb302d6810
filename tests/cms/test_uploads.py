"""What may enter the libraries of documents and pictures, by every way in, and what editors are told of the rest."""

import io
import zipfile
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from tests.factories import jpeg, make_document

Document = get_document_model()
Image = get_image_model()
MEGABYTE = 1024 * 1024


def archive(**files):
    """A zip with ``files``; two underscores in a name stand for a slash, as in ``word__document``."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as written:
        for name, text in files.items():
            written.writestr(name.replace("__", "/"), text)
    return content.getvalue()


def office(folder):
    return archive(**{"[Content_Types].xml": "<Types/>", f"{folder}__inhoud.xml": "<x/>"})


def open_document(kind):
    return archive(mimetype=f"application/vnd.oasis.opendocument.{kind}", **{"content.xml": "<x/>"})


def drawing(width, height, form="PNG", mode="1"):
    content = io.BytesIO()
    Picture.new(mode, (width, height)).save(content, form)
    return content.getvalue()


GOOD = {
    "deelnemers.csv": "naam;café".encode("cp1252"),
    "verslag.docx": office("word"),
    "verslag.DOCX": office("word"),
    "presentatie.odp": open_document("presentation"),
    "begroting.ods": open_document("spreadsheet"),
    "verslag.odt": open_document("text"),
    "folder.pdf": b"%PDF-1.7\n%%EOF\n",
    "presentatie.pptx": office("ppt"),
    "notitie.txt": "Één regel.\r\n".encode("utf-8-sig"),
    "begroting.xlsx": office("xl"),
    "alles.zip": archive(bestand="inhoud"),
}
UNKNOWN = "is van een soort die hier niet kan staan"
OTHER = "dit bestand is iets anders, is beschadigd of heeft een wachtwoord"
NO_TEXT = "Dit is geen leesbare tekst."
BAD = [
    ("programma.exe", b"MZ\x90", UNKNOWN),
    ("tekening.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', UNKNOWN),
    ("pagina.html", b"<script>alert(1)</script>", UNKNOWN),
    ("verslag.docm", office("word"), UNKNOWN),
    ("verslag", b"tekst", UNKNOWN),
    ("verslag.pdf.exe", b"%PDF-1.7", UNKNOWN),
    ("folder.pdf", b"<script>alert(1)</script>", OTHER),
    ("folder.pdf", b"GIF89a%PDF-1.7", OTHER),
    ("verslag.docx", office("xl"), OTHER),
    ("verslag.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OTHER),
    ("verslag.docx", office("word")[:-30], OTHER),
    ("begroting.xlsx", archive(bestand="inhoud"), OTHER),
    ("verslag.odt", open_document("spreadsheet"), OTHER),
    ("verslag.odt", archive(bestand="inhoud"), OTHER),
    ("alles.zip", b"MZ\x90" + archive(bestand="inhoud"), OTHER),
    ("deelnemers.csv", b"naam\x00plaats", NO_TEXT),
    ("notitie.txt", b"\x89PNG\r\n\x1a\n\x81", NO_TEXT),
    ("notitie.txt", "één regel".encode("utf-16"), NO_TEXT),
    ("leeg.txt", b"", "Het verstuurde bestand is leeg."),
    ("groot.txt", b"x" * (25 * MEGABYTE + 1), "Dit bestand is te groot"),
]


@pytest.fixture
def collection(noord):
    return noord.access.collection


def add(client, kind, name, content, collection, **fields):
    """Add a file by the screen for several at once, which asks for one after the other; what it answers."""
    answer = client.post(
        reverse(f"wagtail{kind}:add_multiple"),
        {"title": name, "files[]": SimpleUploadedFile(name, content), "collection": collection.pk, **fields},
    )
    assert answer.status_code == 200
    return answer.json()


@pytest.mark.parametrize("name", GOOD)
def test_document_of_a_kind_that_we_take(noord_client, collection, name):
    answer = add(noord_client, "docs", name, GOOD[name], collection)

    assert answer["success"], answer
    with Document.objects.get().open_file() as stored:
        assert stored.read() == GOOD[name]


@pytest.mark.parametrize(
    ("name", "content", "sentence"), BAD, ids=lambda value: value if isinstance(value, str) else ""
)
def test_document_of_another_kind_is_refused_in_one_sentence(noord_client, collection, name, content, sentence):
    answer = add(noord_client, "docs", name, content, collection)

    assert not answer["success"]
    assert sentence in answer["error_message"]
    assert "\n" not in answer["error_message"]
    assert not Document.objects.exists()


@pytest.mark.parametrize("screen", ["add", "add_multiple"])
def test_screens_say_beforehand_what_is_taken(noord_client, screen):
    html = noord_client.get(reverse(f"wagtaildocs:{screen}")).content.decode()
    assert "CSV, DOCX, ODP, ODS, ODT, PDF, PPTX, TXT, XLSX, ZIP. Maximale bestandsgrootte" in html


def one_by_one(client, collection, file):
    return client.post(reverse("wagtaildocs:add"), {"title": "Bestand", "file": file, "collection": collection.pk})


def in_a_dialogue(client, collection, file):
    fields = {"title": "Bestand", "file": file, "collection": collection.pk}
    fields = {f"document-chooser-upload-{name}": value for name, value in fields.items()}
    return client.post(reverse("wagtaildocs_chooser:create"), fields)


def in_place_of_another(client, collection, file):
    document = make_document(content=b"eerst", collection=collection)
    fields = {"title": "Bestand", "file": file, "collection": collection.pk}
    return client.post(reverse("wagtaildocs:edit", args=[document.pk]), fields)


WAYS = [one_by_one, in_a_dialogue, in_place_of_another]


@pytest.mark.parametrize("way", WAYS)
def test_every_way_in_looks_into_the_file(noord_client, collection, way):
    answer = way(noord_client, collection, SimpleUploadedFile("folder.pdf", b"<script>alert(1)</script>"))

    html = answer.json()["htmlFragment"] if way is in_a_dialogue else answer.content.decode()
    errors = html.split('class="error-message"')[1:]
    assert len(errors) == 1
    assert OTHER in unescape(errors[0].partition("</p>")[0])
    assert [document.file.read() for document in Document.objects.all()] in ([], [b"eerst"])


@pytest.mark.parametrize("way", WAYS)
def test_every_way_in_lets_a_good_file_pass(noord_client, collection, way):
    way(noord_client, collection, SimpleUploadedFile("folder.pdf", GOOD["folder.pdf"]))

    [document] = Document.objects.all()
    assert document.file.read() == GOOD["folder.pdf"]


def test_title_of_a_document_changes_without_a_file(noord_client, collection):
    """What came in before there were rules stays as it is."""
    document = make_document(content=b"\x00", collection=collection)

    fields = {"title": "Anders", "collection": collection.pk}
    noord_client.post(reverse("wagtaildocs:edit", args=[document.pk]), fields)

    assert Document.objects.get().title == "Anders"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("tekening.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "Geen ondersteund afbeeldingsformaat."),
        ("tekening.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "geen geldige .png"),
        ("foto.heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "afbeelding"),
        ("foto.png", jpeg(20, 10), "geen geldige .png"),
        ("foto.jpg", b"MZ\x90", "Upload een geldige afbeelding."),
        ("groot.png", drawing(8_000, 5_001), "teveel pixels (40008000)"),
        ("groot.jpg", jpeg(20, 10) + b"x" * (15 * MEGABYTE), "Dit bestand is te groot"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_picture_of_another_kind_is_refused_in_one_sentence(noord_client, collection, name, content, sentence):
    answer = add(noord_client, "images", name, content, collection)

    assert not answer["success"]
    assert sentence.lower() in answer["error_message"].lower()
    assert "\n" not in answer["error_message"]
    assert not Image.objects.exists()


def test_picture_may_have_forty_million_pixels(noord_client, collection):
    assert add(noord_client, "images", "groot.png", drawing(8_000, 5_000), collection)["success"]


def test_several_pictures_at_once_are_described_one_by_one(noord_client, collection):
    """The description is required, so each is put aside until it has one."""
    put_aside = add(noord_client, "images", "foto.jpg", jpeg(20, 10), collection)["uploaded_file_id"]
    fields = {"title": "Lasrobot", "description": "Een lasrobot", "collection": collection.pk}

    answer = noord_client.post(
        reverse("wagtailimages:create_multiple_from_uploaded_image", args=[put_aside]),
        {f"uploaded-image-{put_aside}-{name}": value for name, value in fields.items()},
    )

    assert answer.json()["success"], answer.json()
    assert Image.objects.get().description == "Een lasrobot"


@pytest.mark.parametrize(
    ("name", "disposition"),
    [("folder.pdf", "inline"), ("verslag.docx", "attachment"), ("notitie.txt", "attachment"), ("a.zip", "attachment")],
)
def test_documents_are_given_out_by_their_door_as_something_to_keep(client, db, name, disposition):
    document = Document.objects.create(title=name, file=SimpleUploadedFile(name, GOOD.get(name, b"inhoud")))

    answer = client.get(document.url)

    assert answer.status_code == 200
    assert answer["Content-Disposition"].partition(";")[0] == disposition
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Content-Security-Policy"] == "default-src 'none'"
    assert client.get(document.file.url).status_code == 404


def test_document_of_another_name_is_not_given_out(client, db):
    document = make_document()
    assert client.get(reverse("wagtaildocs_serve", args=[document.pk, "anders.txt"])).status_code == 404


def test_collections_stay_public(national_client, noord):
    """A restriction would hide the documents of a collection and not the files of its pictures."""
    collection = noord.access.collection
    address = reverse("wagtailadmin_collections:set_privacy", args=[collection.pk])

    assert national_client.get(address).status_code == 404
    assert national_client.post(address, {"restriction_type": "login"}).status_code == 404

    screen = national_client.get(reverse("wagtailadmin_collections:edit", args=[collection.pk]))
    assert screen.status_code == 200
    assert address not in screen.content.decode()
    assert not Collection.objects.filter(view_restrictions__isnull=False).exists()
