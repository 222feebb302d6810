"""Which regions publish: the report of the national editors, its export, and the figure in the API."""

import csv
import datetime
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from home.nomination import nominate
from regions.activity import ACTIVE, CALM, SILENT, activities
from regions.models import RegionPage
from tests.factories import make_draft, make_event, make_news, make_region

TODAY = timezone.localdate


def days_ago(days):
    return TODAY() - datetime.timedelta(days)


def activity_of(region):
    return next(activity for activity in activities() if activity.region.pk == region.pk)


@pytest.mark.parametrize(
    ("days", "status"),
    [(0, ACTIVE), (89, ACTIVE), (90, CALM), (364, CALM), (365, SILENT), (-1, SILENT), (None, SILENT)],
)
def test_status_follows_the_last_item(noord, days, status):
    if days is not None:
        make_news(noord, date=days_ago(days))
    assert activity_of(noord).status == status


def test_thresholds_are_settings(noord, settings):
    make_news(noord, date=days_ago(3))
    settings.REGION_ACTIVE_DAYS, settings.REGION_CALM_DAYS = 3, 4
    assert activity_of(noord).status == CALM


def test_items_are_counted_by_kind_and_period(noord, zuid):
    for days in (1, 40, 200, 400):
        make_news(noord, date=days_ago(days))
    make_news(zuid, date=TODAY())
    activity = activity_of(noord)
    assert [activity.published[f"nieuws_{days}"] for days in (30, 90, 365)] == [1, 2, 3]
    assert activity.totals == {30: 1, 90: 2, 365: 3}
    assert activity.last == days_ago(1)


def test_what_is_offline_does_not_count(noord):
    make_news(noord, date=TODAY()).unpublish()
    make_news(noord, date=days_ago(2)).unpublish()
    activity = activity_of(noord)
    assert (activity.last, activity.totals[30], activity.drafts) == (None, 0, 2)


def test_draft_on_top_of_what_is_online_waits(noord, zuid):
    make_draft(make_news(noord, date=TODAY()), title="Beter")
    assert (activity_of(noord).drafts, activity_of(zuid).drafts) == (1, 0)


def test_closed_region_is_left_out(zuid):
    RegionPage.objects.filter(pk=zuid.pk).update(status=RegionPage.Status.CLOSED)
    assert zuid.title not in [activity.region.title for activity in activities()]


def test_report_shows_and_sorts_and_selects(national_client, noord, zuid, django_user_model):
    news = make_news(zuid, date=TODAY())
    make_event(zuid)
    nominate(news, django_user_model.objects.get(email="zuid@example.org"))
    address = reverse("activity_report")

    shown = national_client.get(address).text
    assert shown.index("Noord") < shown.index("Zuid")
    assert "zuid@example.org" in shown
    assert "1 nieuws" in shown
    assert "mailto:?bcc=noord@example.org&amp;subject=Laat%20zien" in shown

    shown = national_client.get(address, {"ordering": "-in_30"}).context["object_list"]
    assert [activity.region.title for activity in shown] == ["Zuid", "Noord"]
    assert [activity.nominations for activity in shown] == [1, 0]
    shown = national_client.get(address, {"status": SILENT}).context["object_list"]
    assert [activity.region.title for activity in shown] == ["Noord"]


@pytest.mark.parametrize("question", [{"ordering": "onzin"}, {"status": "onzin"}])
def test_nonsense_in_the_address_shows_all(national_client, question):
    assert len(national_client.get(reverse("activity_report"), question).context["object_list"]) == 2


def test_export_holds_every_region(national_client, zuid):
    make_news(zuid, date=days_ago(50))
    answer = national_client.get(reverse("activity_report"), {"export": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode())))
    assert [(row["Regio"], row["Status"], row["nieuws in 30 dagen"], row["nieuws in 90 dagen"]) for row in rows] == [
        ("Noord", "stil", "0", "0"),
        ("Zuid", "actief", "0", "1"),
    ]
    assert "zuid@example.org" in rows[1]["Redacteuren (laatst ingelogd)"]
    answer = national_client.get(reverse("activity_report"), {"export": "xlsx"})
    assert answer.getvalue().startswith(b"PK")


def test_export_has_no_formulas(national_client, noord):
    noord.title, noord.contact_name = "=1+1", "-Noord"
    noord.contact_email = "noord@example.org"
    noord.save_revision().publish()
    answer = national_client.get(reverse("activity_report"), {"export": "csv"})
    rows = csv.DictReader(io.StringIO(answer.getvalue().decode()))
    typed = [(row["Regio"], row["Contactpersoon"], row["E-mailadres"]) for row in rows]
    assert typed[0] == ("'=1+1", "'-Noord", "noord@example.org")

    answer = national_client.get(reverse("activity_report"), {"export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")


def test_exports_of_wagtail_have_none_either(national_client, noord):
    make_news(noord, "=1+1")
    answer = national_client.get(reverse("wagtailadmin_reports:aging_pages"), {"export": "csv"})
    titles = [row[0] for row in csv.reader(io.StringIO(answer.getvalue().decode()))]
    assert "'=1+1" in titles


def test_regional_editor_sees_no_report(noord_client):
    assert noord_client.get(reverse("activity_report")).status_code == 302
    assert reverse("activity_report") not in noord_client.get(reverse("wagtailadmin_home")).text


def test_report_costs_the_same_for_more(national_client, noord, count_queries):
    make_news(noord)
    few = count_queries(national_client, reverse("activity_report"))
    for number in range(4):
        region = make_region(f"Regio {number}", slug=f"regio-{number}")
        make_news(region)
        make_draft(make_news(region), title="Beter")
    assert count_queries(national_client, reverse("activity_report")) == few
