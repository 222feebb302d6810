"""Regions from a CSV file: all or nothing, the same result twice, errors with line numbers."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from regions import importing
from regions.importing import ImportFailed, ImportResult, import_regions
from regions.models import RegionPage

HEADER = "slug,name,brand,website,number,period,provinces,place,latitude,longitude,status"
ROW = (
    "midden,Midden,Merk,https://midden.example.org,STO18001|STO19001,2018|2020-2023,Utrecht|Gelderland,Ede,52.05,5.66,"
)


def csv(*rows, header=HEADER):
    return "\n".join([header, *rows]).encode()


def errors_of(content):
    count = RegionPage.objects.count()
    with pytest.raises(ImportFailed) as failure:
        import_regions(content)
    assert RegionPage.objects.count() == count
    return failure.value.errors


def test_new_region_has_all_that_the_row_says(db):
    assert import_regions(csv(ROW)) == ImportResult(added=1)

    region = RegionPage.objects.get(slug="midden")
    assert (region.title, region.brand, region.external_site) == ("Midden", "Merk", "https://midden.example.org")
    assert (region.province, region.second_province, region.places) == ("Utrecht", "Gelderland", "Ede")
    assert (region.latitude, region.longitude) == (Decimal("52.0500"), Decimal("5.6600"))
    assert [dict(block.value) for block in region.registration_numbers] == [
        {"number": "STO18001", "period": "2018"},
        {"number": "STO19001", "period": "2020-2023"},
    ]
    assert region.live
    assert region.first_published_at is not None
    assert region.access.group.name == "Redactie Midden"


def test_same_file_twice_changes_nothing(db):
    import_regions(csv(ROW))
    before = RegionPage.objects.get(slug="midden").latest_revision_created_at

    assert import_regions(csv(ROW)) == ImportResult(unchanged=1)
    assert RegionPage.objects.get(slug="midden").latest_revision_created_at == before


def test_changed_row_changes_the_region_and_its_group(db):
    import_regions(csv(ROW))

    assert import_regions(csv(ROW.replace("Midden", "Het Midden"))) == ImportResult(changed=1)

    region = RegionPage.objects.get(slug="midden")
    assert region.title == "Het Midden"
    assert region.access.group.name == "Redactie Het Midden"


def test_change_reaches_a_draft_without_publishing_it(noord):
    draft = noord.get_latest_revision_as_object()
    draft.summary = "Nog niet klaar"
    draft.save_revision()

    import_regions(csv("noord,Noord,Nieuw merk,,,,Groningen,,53.2,6.5,"))

    region = RegionPage.objects.get(slug="noord")
    assert (region.brand, region.summary) == ("Nieuw merk", "")
    waiting = region.get_latest_revision_as_object()
    assert (waiting.brand, waiting.summary) == ("Nieuw merk", "Nog niet klaar")
    assert region.has_unpublished_changes


def test_dry_run_says_what_would_change_and_changes_nothing(db):
    assert import_regions(csv(ROW), dry_run=True) == ImportResult(added=1)
    assert not RegionPage.objects.filter(slug="midden").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize(("separator", "point"), [(",", "."), (";", ",")])
def test_byte_order_mark_semicolons_and_windows_lines_are_fine(db, encoding, separator, point):
    columns = ["slug", "name", "latitude", "longitude"]
    cells = ["fryslan", "Noordwest Fryslân", f"53{point}2", f"5{point}8"]
    content = f"{separator.join(columns)}\r\n{separator.join(cells)}\r\n".encode(encoding)

    assert import_regions(content) == ImportResult(added=1)
    assert RegionPage.objects.get(slug="fryslan").title == "Noordwest Fryslân"


def test_missing_column_is_named(db):
    assert errors_of(csv("Midden", header="name")) == ["Kolom ontbreekt: slug."]


def test_unknown_column_is_named(db):
    assert "Onbekende kolom: naam." in errors_of(csv("midden,Midden,x", header="slug,name,naam"))[0]


def test_every_wrong_row_is_reported_with_its_line(db):
    wrong = csv(
        ROW,
        ",Leeg,,,,,,,,,",
        "breedte,Breedte,,,,,,,noord,5.6,",
        "provincie,Provincie,,,,,Holland,,,,",
        "status,Status,,,,,,,,,weg",
        "site,Site,,geen-adres,,,,,,,",
    )

    errors = errors_of(wrong)

    assert [error.split(":")[0] for error in errors] == [f"Regel {line}" for line in (3, 4, 5, 6, 7)]
    assert "latitude: 'noord' is geen getal." in errors[1]


def test_column_that_is_not_in_the_file_leaves_what_is_there(db):
    import_regions(csv(ROW))

    assert import_regions(csv("midden,Het Midden", header="slug,name")) == ImportResult(changed=1)

    region = RegionPage.objects.get(slug="midden")
    assert (region.title, region.brand, region.places, region.province) == ("Het Midden", "Merk", "Ede", "Utrecht")
    assert len(region.registration_numbers) == 2


def test_empty_status_leaves_a_merged_region_merged(noord, zuid):
    noord.status, noord.merged_into = RegionPage.Status.MERGED, zuid
    noord.save()

    import_regions(csv("noord,Noord,Merk,,,,,,,,"))

    region = RegionPage.objects.get(slug="noord")
    assert (region.status, region.brand) == (RegionPage.Status.MERGED, "Merk")


def test_period_of_a_later_number_stays_with_that_number(db):
    import_regions(csv("midden,Midden,STO1|STO2,|2020", header="slug,name,number,period"))

    region = RegionPage.objects.get(slug="midden")
    assert [dict(block.value) for block in region.registration_numbers] == [
        {"number": "STO1", "period": ""},
        {"number": "STO2", "period": "2020"},
    ]


@pytest.mark.parametrize(
    "content",
    [
        b'slug,"na"me\nmidden,Midden',
        b"slug,name,name\nmidden,Midden,Midden",
        b"slug,name\nmid\x00den,Midden",
        "slug,name\nfrysl\u00e2n,Frysl\u00e2n".encode(),
        b"slug,name\nMIDDEN,Midden",
        b"slug,name\nmidden,",
        b"slug,name,number\nmidden,Midden,STO1901234567890123456",
    ],
)
def test_odd_files_are_refused(db, content):
    assert errors_of(content)


def test_regions_that_come_along_can_be_read_twice(db):
    file = Path(importing.__file__).parent / "data" / "regions.csv"
    assert import_regions(file.read_bytes()) == ImportResult(added=54)
    assert import_regions(file.read_bytes()) == ImportResult(unchanged=54)


def test_slug_that_stands_twice_is_refused(db):
    assert errors_of(csv(ROW, ROW)) == ["Regel 3: slug 'midden' staat ook op regel 2."]


def test_row_with_too_many_cells_is_refused(db):
    assert errors_of(csv(ROW + ",extra")) == ["Regel 2: het aantal kolommen klopt niet."]


def test_file_that_is_not_utf8_is_refused(db):
    assert "geen UTF-8" in errors_of("slug,name\nfryslan,Fryslân".encode("latin-1"))[0]


def test_command_reports_and_refuses(db, tmp_path, capsys):
    file = tmp_path / "regions.csv"
    file.write_bytes(csv(ROW))
    call_command("import_regions", file, "--dry-run")
    call_command("import_regions", file)
    assert capsys.readouterr().out.splitlines() == [
        "Proef, niets bewaard: 1 nieuw, 0 gewijzigd, 0 hetzelfde.",
        "1 nieuw, 0 gewijzigd, 0 hetzelfde.",
    ]
    file.write_bytes(csv("leeg,"))
    with pytest.raises(CommandError, match="Regel 2"):
        call_command("import_regions", file)
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_regions", tmp_path / "weg.csv")
