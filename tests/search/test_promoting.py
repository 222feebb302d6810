"""National editors put pages and links first for a question; whoever asks it gets them."""

import datetime
from urllib.parse import urlencode

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from search.models import Synonym
from tests.factories import make_event, make_news, make_question

pytestmark = pytest.mark.django_db
ADD = "/admin/searchpicks/add/"


def promoted(api, q, **parameters):
    return api(f"search/?{urlencode({'q': q, **parameters})}")["promoted"]


def texts(api, q, **parameters):
    return [item["text"] for item in promoted(api, q, **parameters)]


def choose(question, *pages, **link):
    """Without the admin: ``pages`` in this order, and then a link."""
    asked = Query.get(question)
    for order, chosen in enumerate([{"page": page} for page in pages] + ([link] if link else [])):
        SearchPromotion.objects.create(query=asked, sort_order=order, **chosen)
    return asked


def form(question, *promotions):
    """What the browser sends; each of ``promotions`` in its place."""
    fields = {"query_string": question}
    fields |= {"editors_picks-TOTAL_FORMS": len(promotions), "editors_picks-INITIAL_FORMS": 0}
    for number, promotion in enumerate(promotions):
        sent = {"page": "", "external_link_url": "", "external_link_text": "", "description": "", "ORDER": number + 1}
        fields |= {f"editors_picks-{number}-{name}": value for name, value in {**sent, **promotion}.items()}
    return fields


def test_national_editor_chooses_what_comes_first(national_client, api, noord):
    page = make_news(noord, "Begin hier")
    assert promoted(api, "lasrobot") == []

    chosen = form(
        "Lasrobot",
        {"page": page.pk, "description": "Alles over <lassen>.", "ORDER": 2},
        {"external_link_url": "https://example.org/las", "external_link_text": "Elders", "ORDER": 1},
    )
    shown = national_client.post(ADD, chosen, follow=True).content.decode()

    assert "Wat is uitgelicht bij ‘lasrobot’, is opgeslagen." in shown
    assert "Weergaves" not in shown
    elsewhere, here = promoted(api, "lasrobot")
    assert elsewhere == {"text": "Elders", "url": "https://example.org/las", "description": "", "page": None}
    assert here["page"]["id"] == page.pk
    assert (here["text"], here["description"]) == ("Begin hier", "Alles over <lassen>.")
    assert here["url"] == here["page"]["meta"]["html_path"] == "/regio/noord/nieuws/begin-hier/"
    assert promoted(api, "freesmachine") == []


def test_what_is_changed_and_taken_away_counts_at_once(national_client, api, noord):
    asked = choose("lasrobot", make_news(noord, "Oud"))
    [promotion] = asked.editors_picks.all()
    assert texts(api, "lasrobot") == ["Oud"]

    changed = form("freesmachine", {"page": make_news(noord, "Nieuw").pk, "id": promotion.pk})
    national_client.post(f"/admin/searchpicks/{asked.pk}/", changed | {"editors_picks-INITIAL_FORMS": 1})
    assert (texts(api, "lasrobot"), texts(api, "freesmachine")) == ([], ["Nieuw"])

    national_client.post(f"/admin/searchpicks/{Query.get('freesmachine').pk}/delete/")
    assert texts(api, "freesmachine") == []


@pytest.mark.parametrize("q", ["Café techniek", "TECHNIEK  cafe", "de café-techniek?", "bistro techniek"])
def test_question_is_known_by_its_words(api, noord, q):
    Synonym.objects.create(phrases="cafe, bistro")
    choose("cafés techniek", make_news(noord, "Gevonden"))

    assert texts(api, q) == ["Gevonden"]
    assert texts(api, "café") == texts(api, "café techniek noord") == []


def test_words_of_several_lines_mean_what_each_of_them_says(api, noord):
    Synonym.objects.create(phrases="po, primair onderwijs")
    Synonym.objects.create(phrases="primair onderwijs, bo")
    Synonym.objects.create(phrases="open huis, open dag")
    Synonym.objects.create(phrases="open dag, kijkdag")
    choose("primair onderwijs open dag", make_news(noord, "Welkom"))

    for q in ("po open dag", "kijkdag bo", "primair onderwijs open huis", "dag open onderwijs primair"):
        assert texts(api, q) == ["Welkom"], q
    assert texts(api, "open onderwijs dag primair") == ["Welkom"]
    for q in ("po", "open dag", "po bo", "po open dag techlab", "primair onderwijs open"):
        assert texts(api, q) == [], q


def test_question_without_words_is_nobodys(api, noord):
    choose("???", make_news(noord, "Nooit"))

    assert texts(api, "!!!") == texts(api, "???") == []


def test_question_without_words_is_refused(national_client, noord):
    shown = national_client.post(ADD, form("!!!", {"page": make_news(noord, "Nooit").pk})).content.decode()

    assert "Hier staat geen woord in." in shown
    assert not SearchPromotion.objects.exists()


def test_words_that_are_in_everything_can_have_something(api, noord):
    choose("over ons", make_news(noord, "Wie wij zijn"))

    assert texts(api, "Over ons") == ["Wie wij zijn"]


def test_only_public_pages_are_shown(api, noord, zuid):
    offline, hidden, public = make_news(noord, "Offline"), make_news(zuid, "Verborgen"), make_event(noord, "Openbaar")
    choose("lasrobot", offline, hidden, public)
    offline.unpublish()
    zuid.unpublish()

    assert texts(api, "lasrobot") == ["Openbaar"]

    public.delete()
    assert texts(api, "lasrobot") == []


def test_only_what_holds_is_shown(api, forget_answers):
    choose("lasrobot", make_question("Mag een machine?", valid_until=datetime.date(2026, 3, 31)))

    with time_machine.travel("2026-03-31 12:00", tick=False):
        assert texts(api, "lasrobot") == ["Mag een machine?"]
    forget_answers()
    with time_machine.travel("2026-04-01 12:00", tick=False):
        assert texts(api, "lasrobot") == []


def test_a_page_that_was_chosen_twice_is_shown_once(api, noord):
    page = make_news(noord, "Begin hier")
    choose("café", page, page)
    choose("cafe", page, external_link_url="https://example.org/", external_link_text="Elders")

    assert texts(api, "cafe") == ["Begin hier", "Elders"]


def test_neither_filters_nor_pages_change_what_is_promoted(api, noord, zuid):
    page = make_news(noord, "Over de lasrobot")
    choose("lasrobot", page)

    answer = api("search/?q=lasrobot")
    assert [item["id"] for item in answer["items"]] == [answer["promoted"][0]["page"]["id"]] == [page.pk]
    assert texts(api, "lasrobot", region="zuid") == texts(api, "lasrobot", offset=20) == ["Over de lasrobot"]


@pytest.mark.parametrize(
    ("promotions", "said"),
    [
        ([], "Geef minimaal één aanbeveling op"),
        ([{"description": "Zonder pagina"}], "Je moet een pagina OF externe link aanbevelen."),
        ([{"external_link_url": "https://example.org/"}], "Je moet ook een link tekst invoeren"),
        ([{"external_link_url": "javascript:alert(1)", "external_link_text": "x"}], "geldige URL"),
        ([{"page": 0}], "Selecteer een geldige keuze"),
    ],
)
def test_bad_form_says_why_and_keeps_nothing(national_client, promotions, said):
    answer = national_client.post(ADD, form("lasrobot", *promotions))

    [message] = answer.context["messages"]
    assert said in answer.content.decode()
    assert "Er is niets opgeslagen" in str(message) or said in str(message)
    assert not SearchPromotion.objects.exists()


def test_regional_editor_chooses_nothing(noord_client, noord):
    asked = choose("lasrobot", make_news(noord, "Begin hier"))

    assert reverse("wagtailsearchpromotions:index") not in noord_client.get("/admin/").content.decode()
    for path in ("", "add/", f"{asked.pk}/", f"{asked.pk}/delete/"):
        assert noord_client.get(f"/admin/searchpicks/{path}").status_code == 302, path
    noord_client.post(ADD, form("freesmachine", {"external_link_url": "https://a.nl", "external_link_text": "a"}))
    noord_client.post(f"/admin/searchpicks/{asked.pk}/delete/")
    assert SearchPromotion.objects.count() == 1


def test_log_of_wagtail_is_closed(admin_client):
    """Nothing is kept there; its dialogue would show it to everybody."""
    for name in ("chooser", "chooserresults", "search_terms", "search_terms_results"):
        assert admin_client.get(reverse(f"wagtailsearchpromotions:{name}")).status_code == 404
    shown = admin_client.get("/admin/").content.decode() + admin_client.get(ADD).content.decode()
    assert reverse("wagtailsearchpromotions:search_terms") not in shown
    assert "populaire zoektermen" not in shown


def test_list_costs_the_same_for_more(national_client, noord, count_queries):
    address = reverse("wagtailsearchpromotions:index")
    for number in range(3):
        choose(f"vraag {number}", make_news(noord), make_news(noord))
    few = count_queries(national_client, address)
    for number in range(3, 6):
        choose(f"vraag {number}", make_news(noord), make_news(noord))

    assert count_queries(national_client, address) == few


def test_answer_costs_the_same_with_promotions(client, noord):
    def count():
        client.get("/api/v2/search/?q=lasrobot")
        caches["answers"].clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/api/v2/search/?q=lasrobot").status_code == 200
        return len(queries)

    make_news(noord, "Lasrobot")
    none = count()
    choose("lasrobot", *(make_news(noord) for _ in range(3)))

    assert count() == none <= 8
