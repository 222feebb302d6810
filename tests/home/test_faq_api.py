"""The doors to questions, themes and newsletters."""

import datetime

import pytest
from django.utils import timezone

from cms.models import PageDocument, Theme
from cms.tree import add_live
from home.models import FaqCategory, FaqIndexPage, FaqPage
from tests.factories import make_news

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


def make_question(title, **fields):
    fields = {"date": datetime.date(2026, 1, 1), "category": FaqCategory.objects.first(), **fields}
    return add_live(FaqIndexPage.objects.get(), FaqPage(title=title, answer="<p>Ja.</p>", **fields))


def titles(answer):
    return [item["title"] for item in answer["items"]]


def test_questions_by_category_and_recent_ones_first(api, home):
    first, second = FaqCategory.objects.all()[:2]
    make_question("Oud?", date=datetime.date(2025, 1, 1))
    make_question("Nieuw?")
    make_question("Anders?", category=second)

    assert titles(api(f"faq/?category={first.slug}")) == ["Nieuw?", "Oud?"]
    assert api(f"faq/?category={second.slug}")["items"][0]["category"]["title"] == second.title
    assert titles(api("faq/?order=title")) == ["Anders?", "Nieuw?", "Oud?"]


def test_answers_that_no_longer_hold_are_left_out(api, home):
    make_question("Nu?", valid_from=TODAY, valid_until=TODAY)
    make_question("Straks?", valid_from=TODAY + DAY)
    gone = make_question("Vroeger?", valid_until=TODAY - DAY)

    assert titles(api("faq/")) == ["Nu?"]
    assert titles(api("faq/?validity=upcoming")) == ["Straks?"]
    assert titles(api("faq/?validity=expired")) == ["Vroeger?"]
    assert len(api("faq/?validity=all")["items"]) == 3
    assert api(f"pages/{gone.pk}/")["is_current"] is False


def test_question_is_shown_as_current_until_the_end_of_its_last_day(api, home):
    question = make_question("Nu?", valid_until=TODAY)
    assert api(f"pages/{question.pk}/")["is_current"] is True

    document = PageDocument.objects.get(pk=question.pk)
    assert document.valid_until == document.end
    assert timezone.localtime(document.end).isoformat().startswith(f"{TODAY + DAY}T00:00:00")


@pytest.mark.parametrize("query", ["category=niets", "validity=ooit", "region=noord"])
def test_bad_questions_are_named(api, home, query):
    assert query.split("=")[0] in api(f"faq/?{query}", status=400)["message"]


def test_faq_takes_the_same_queries_whatever_the_number(api, home, forget_answers, django_assert_max_num_queries):
    for number in (3, 6):
        for _ in range(3):
            make_question(f"Vraag {number}{_}?")
        assert len(api("faq/")["items"]) == number
        forget_answers()
        with django_assert_max_num_queries(3):  # what changed, questions, and their number when a minute has passed
            api("faq/")


def test_themes_with_their_number_of_pages(api, noord, django_assert_num_queries):
    theme = Theme.objects.first()
    page = make_news(noord, themes=[theme])

    answer = api("themes/")

    assert answer["meta"]["total_count"] == Theme.objects.count()
    assert list(answer["items"][0]) == ["id", "slug", "title", "description", "pages"]
    assert answer["items"][0]["pages"] == 1
    with django_assert_num_queries(1):
        api("themes/")
    page.unpublish()
    theme.title = "Anders"
    theme.save()
    assert [answer["items"][0][name] for name in ("title", "pages")] != ["Anders", 0]
    assert [api("themes/")["items"][0][name] for name in ("title", "pages")] == ["Anders", 0]


def test_newsletters_are_empty_until_there_are_issues(api, home):
    assert api("newsletters/") == {"meta": {"total_count": 0, "next": None}, "items": []}
