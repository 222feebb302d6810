"""Series of articles and their parts."""

import datetime

from cms.tree import add_live
from inspiration.models import InspirationIndexPage, SeriesPage, StoryPage


def make_series(home, parts):
    date = datetime.date(2026, 1, 1)
    series = add_live(InspirationIndexPage.objects.child_of(home).get(), SeriesPage(title="Reeks", date=date))
    for part in parts:
        add_live(series, StoryPage(title=part, date=date, summary=f"Over {part}"))
    return series


def test_parts_are_cards_in_their_order(api, home):
    series = make_series(home, ["Deel één", "Deel twee", "Deel drie"])

    parts = api(f"pages/{series.pk}/")["parts"]

    assert [part["title"] for part in parts] == ["Deel één", "Deel twee", "Deel drie"]
    assert parts[0]["summary"] == "Over Deel één"
    assert parts[0]["meta"]["html_path"] == "/inspiratie/reeks/deel-een/"


def test_part_that_is_not_live_is_left_out(api, home):
    series = make_series(home, ["Deel één", "Deel twee"])
    series.get_children().get(slug="deel-een").unpublish()

    assert [part["title"] for part in api(f"pages/{series.pk}/")["parts"]] == ["Deel twee"]
