"""Files with addresses as people have them: what can be used, and what is told of the rest."""

import datetime

import pytest
import time_machine

from newsletter.subscribing import address_file

DAY = datetime.date(2025, 3, 12)


def read(text, encoding="utf-8", given_on=DAY):
    return address_file.read(text.encode(encoding), given_on)


def addresses(found):
    return [address for address, _day in found.rows]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("E-mailadres\neen@example.org\ntwee@example.org\n", "utf-8"),
        ("E-mailadres;Naam;Plaats\r\neen@example.org;René;'s-Gravenhage\r\ntwee@example.org;Zoë;Ië\r\n", "cp1252"),
        ("E-mailadres;Naam\r\neen@example.org;René\r\ntwee@example.org;Zoë\r\n", "utf-8-sig"),
        ('naam,"e-mail adres"\n"Jansen, R.",een@example.org\n"regel\neen",twee@example.org\n', "utf-8"),
        ("Naam\tEMAIL\nRené\teen@example.org\nZoë\ttwee@example.org", "cp1252"),
        ("een@example.org\n\n  twee@example.org \n", "utf-8"),
        ("René;een@example.org\nZoë;twee@example.org\n", "utf-8"),
    ],
    ids=["plain", "excel", "excel utf-8", "quoted", "tabs", "no headings", "no headings, more columns"],
)
def test_addresses_are_found_however_the_file_was_written(text, encoding):
    found = read(text, encoding)

    assert addresses(found) == ["een@example.org", "twee@example.org"]
    assert found.errors == []


@pytest.mark.parametrize("cell", ["2024-12-31", "31-12-2024", "31/12/2024", "31-12-2024 09:30", "2024-12-31T09:30:00"])
def test_day_of_consent_may_stand_beside_each_address(cell):
    found = read(f"E-mailadres;Datum toestemming\neen@example.org;{cell}\ntwee@example.org;\n")

    assert found.rows == [("een@example.org", datetime.date(2024, 12, 31)), ("twee@example.org", DAY)]


def test_every_wrong_line_is_told_of_by_its_number():
    with time_machine.travel("2026-01-15 12:00"):
        found = read(
            "E-mailadres;Datum\n"
            "goed@example.org;1-2-2025\n"
            "geen adres;1-2-2025\n"
            ";1-2-2025\n"
            "twee@example.org;morgen\n"
            "drie@example.org;16-1-2026\n"
            "vier@example.org;\n"
            "Naam <vijf@example.org>;1-2-2025\n"
            f"{'a' * 64}@{'b.' * 100}example.org;1-2-2025\n"
            "laatste@example.org;15-01-2026\n",
            given_on=None,
        )

    assert addresses(found) == ["goed@example.org", "laatste@example.org"]
    assert found.errors[:-1] == [
        (3, "‘geen adres’ is geen e-mailadres."),
        (4, "Er staat geen e-mailadres."),
        (5, "‘morgen’ is geen datum. Schrijf bijvoorbeeld 31-12-2024."),
        (6, "‘16-1-2026’ is in de toekomst."),
        (7, "Er staat niet bij wanneer de toestemming is gegeven."),
        (8, "‘Naam <vijf@example.org>’ is geen e-mailadres."),
    ]
    number, problem = found.errors[-1]
    assert number == 9
    assert "te lang" in problem


def test_line_that_is_too_short_lacks_an_address():
    found = read("Naam;E-mailadres\nRené\nZoë;zoe@example.org\n")

    assert addresses(found) == ["zoe@example.org"]
    assert found.errors == [(2, "Er staat geen e-mailadres.")]


def test_address_twice_counts_once_in_upper_and_lower_case():
    found = read("E-mailadres\nEen@Example.org\neen@example.org\n EEN@EXAMPLE.ORG \n")

    assert (addresses(found), found.doubles) == (["Een@Example.org"], 2)


def test_five_thousand_lines_with_a_wrong_one_in_each_hundred():
    lines = [f"abonnee{n}@example.org" if n % 100 else f"abonnee{n}" for n in range(1, 5_001)]
    found = read("E-mailadres\n" + "\n".join(lines))

    assert (len(found.rows), len(found.errors)) == (4_950, 50)
    assert found.errors[0] == (101, "‘abonnee100’ is geen e-mailadres.")
    assert found.errors[-1][0] == 5_001


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "leeg"),
        (b"\n ; \n", "leeg"),
        (b"Naam;Plaats\nA;B\n", "geen kolom met het opschrift"),
        (b"E-mail;Mailadres\na@example.org;b@example.org\n", "meer dan"),
        (b"a@example.org;b@example.org\n", "geen kolom met het opschrift"),
        (b"PK\x03\x04rest", "Excel-bestand"),
        (b"E-mailadres\na\x00b\n", "geen leesbare tekst"),
        ("E-mailadres\na@example.org\n".encode("utf-16"), "geen leesbare tekst"),
        (b"E-mailadres\n\x81\x8d\n", "geen leesbare tekst"),
        (b'E-mailadres\n"' + b"a" * 200_000 + b'"\n', "geen geldige CSV"),
        (b"E-mailadres\n" + b"a@example.org\n" * address_file.MOST_LINES, "meer dan 20000 regels"),
        (b" " * (address_file.MOST_BYTES + 1), "groter dan 5 MB"),
    ],
)
def test_file_that_is_no_use_is_refused_as_a_whole(content, told):
    with pytest.raises(address_file.Unreadable, match=told):
        address_file.read(content, DAY)
