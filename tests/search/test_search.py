"""Search finds what is published, counts it per facet, and has an answer to everything that can be typed."""

import datetime
import re
from urllib.parse import urlencode

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agenda.models import ProgrammeRow
from cms.models import Theme
from cms.tree import add_live
from home.models import ContentPage
from search.models import Synonym
from tests.factories import make_draft, make_event, make_news, make_question, make_region, make_story


@pytest.fixture
def search(api):
    """``search("zonnepaneel", type="regions.NewsPage")`` gives the parsed answer."""

    def ask(q, status=200, **parameters):
        return api(f"search/?{urlencode({'q': q, **parameters})}", status)

    return ask


def titles(answer):
    return [item["title"] for item in answer["items"]]


def counts(answer, facet):
    return {value["value"]: value["count"] for value in answer["facets"][facet]}


def test_a_page_is_found_as_long_as_it_is_published(search, noord):
    assert titles(search("lasrobot")) == []
    page = make_news(noord, "Lasrobot in de klas")
    assert titles(search("lasrobot")) == ["Lasrobot in de klas"]
    page.unpublish()
    answer = search("lasrobot")
    assert (titles(answer), answer["meta"]["total_count"]) == ([], 0)


def test_a_draft_is_not_found_until_it_is_published(search, noord):
    page = make_news(noord, "Lasrobot in de klas")
    draft = make_draft(page, title="Freesmachine in de klas", summary="Met een waterpas.")
    assert titles(search("freesmachine")) == titles(search("waterpas")) == []
    draft.publish()
    assert titles(search("freesmachine")) == titles(search("waterpas")) == ["Freesmachine in de klas"]
    assert titles(search("lasrobot")) == []


@pytest.mark.parametrize(
    ("q", "title"),
    [
        ("school", "Twee scholen"),
        ("scholen", "Elke school"),
        ("bedrijf", "Veel bedrijven"),
        ("lessen", "Een les"),
        ("huizen", "Een huis"),
        ("lasrobots", "De lasrobot"),
        ("techlab", "Drie techlabs"),
        ("TECHLAB", "Drie techlabs"),
        ("techlab", "Techlab Eelde"),
        ("school", "Een schoolplein vol groen"),
        ("boor", "De boormachine"),
        ("vmbo-t", "Leren op vmbo t"),
        ("vmbo t", "Leren op vmbo-t"),
        ("techniek-onderwijs", "Goed techniek onderwijs"),
        ("techniek onderwijs", "Goed techniek-onderwijs"),
        ("vmbo", "Drie vmbo's"),
        ("vmbo's", "Een vmbo"),
        ("vmbo’s", "Drie vmbo's"),
        ("Fryslân", "Feest in Fryslan"),
        ("coordinator", "De coördinator vertelt"),
        ("COÖRDINATOR", "De coordinator vertelt"),
        ("cafe", "Een café"),
        ("fryslan", "Feest in Fryslân"),
        ("havo", "Dag voor vmbo/havo"),
        ("vmbo/havo", "Dag voor havo en vmbo"),
        ("2027", "Plannen voor 2026-2027"),
        ("2027", "Plannen voor 2026/2027"),
        ("4", "Verder naar mbo-4"),
        ("v.m.b.o.", "Naar het v.m.b.o."),
        ("techniektalent", "Kijk op TechniekTalent.nu"),
        ("m2", "Een lokaal van 60 m²"),
        ("bus", "Twee bussen"),
        ("bussen", "Een bus"),
        ("vak", "Drie vakken"),
        ("dagen", "Een dag"),
        ("lasrobot", "Een las\u00adrobot"),
        ("coo\u0308rdinator", "De coördinator"),
        ("coördinator", "De coo\u0308rdinator"),
        ("vrij", "Een vrĳe dag"),
        ("fiets", "De ﬁets"),
        ("vwo", "Van havo /vwo verder"),
        ("lasrobot", "De <lasrobot> staat er"),
        ("boor", "Met <vijl en boor en hamer> werken"),
        ("4", "Het was -4 graden"),
        ("koffie", "Kijken <!-- met koffie --> bij de buren"),
        ("coeur", "Een cœur"),
        ("søren", "Soren vertelt"),
        ("soren", "Søren vertelt"),
        ("deel", "Twee delen"),
        ("lezen", "Wie leest"),
    ],
)
def test_a_word_is_found_in_its_other_forms(search, noord, q, title):
    make_news(noord, title)
    assert titles(search(q)) == [title]


@pytest.mark.parametrize(
    ("q", "title"),
    [
        ("vak", "Vakantie"),
        ("deel", "Delft"),
        ("boor", "Borne"),
        ("bus", "Business"),
        ("kaas", "De kast"),
        ("lees", "Lesmateriaal"),
    ],
)
def test_other_word_that_looks_like_it_is_not_found(search, noord, q, title):
    make_news(noord, title)
    assert titles(search(q)) == []


@pytest.mark.parametrize("q", ["soren", "søren"])
def test_letters_of_other_languages_are_marked(search, noord, q):
    make_news(noord, "Søren vertelt")
    assert search(q)["items"][0]["highlight"]["title"] == "<mark>Søren</mark> vertelt"


@pytest.mark.parametrize(
    ("q", "found"),
    [("bijeenkomst lasrobot", ["Lasrobot kijken"]), ("nieuws over de lasrobot", ["Lasrobot in de klas"])],
)
def test_page_is_found_by_what_it_is(search, noord, q, found):
    make_event(noord, "Lasrobot kijken", summary="Kom ook.")
    make_news(noord, "Lasrobot in de klas")
    answer = search(q)
    assert titles(answer) == found
    assert "bijeenkomst" not in answer["items"][0]["highlight"]["text"]


def test_what_the_index_adds_to_a_text_is_not_shown(search, noord):
    make_news(noord, "Dag voor iedereen", body=[("text", "<p>Voor vmbo/havo in 2026-2027.</p>")])
    assert search("havo")["items"][0]["highlight"]["text"] == "Voor vmbo/<mark>havo</mark> in 2026-2027."


def test_brackets_of_the_index_hide_nothing_of_a_text(search, noord):
    make_news(noord, "Dag voor iedereen", body=[("text", "<p>Eerst ⟦ lassen &lt;!-- en dan ⟧ boren.</p>")])
    assert search("boren")["items"][0]["highlight"]["text"] == "Eerst [ lassen &lt;!-- en dan ] <mark>boren</mark>."


def test_very_long_text_is_published_and_found_by_how_it_begins(search, noord):
    """The words of this one are more than PostgreSQL can keep of a page."""
    words = " ".join(f"www.a{number}.nl/deel{number}" for number in range(60_000))
    page = make_event(noord, "Lasrobot")
    page.programme = [ProgrammeRow(title="Programma", text=f"<p>{words}</p>") for _ in range(5)]
    page.body = [("text", f"<p>Zonneboiler {words}</p>")]
    page.save_revision().publish()
    assert titles(search("zonneboiler")) == titles(search("deel1234")) == ["Lasrobot"]
    assert titles(search("deel59999")) == []


def test_number_of_a_name_is_that_number(search, noord):
    make_news(noord, "Lasrobot XR2000")
    assert titles(search("xr200")) == ["Lasrobot XR2000"]
    assert titles(search("xr20000")) == titles(search("xr2100")) == []


@pytest.mark.parametrize(
    ("q", "title"),
    [("coor", "De coördinator"), ("café", "Een café"), ("havo", "Vmbo/havo"), ("nu", "TechniekTalent.nu")],
)
def test_suggestions_begin_with_any_word_of_the_title(api, noord, q, title):
    make_news(noord, title)
    assert [item["title"] for item in api(f"search/suggest/?q={q}")["items"]] == [title]


def test_title_weighs_more_than_summary_and_summary_more_than_the_rest(search, noord):
    text = "Over een lasrobot."
    make_news(noord, "Lasrobot", date=datetime.date(2024, 1, 1))
    make_news(noord, "Machines", summary=text, date=datetime.date(2025, 1, 1))
    make_news(noord, "Gereedschap", body=[("text", f"<p>{text}</p>")], date=datetime.date(2026, 1, 1))
    assert titles(search("lasrobot")) == ["Lasrobot", "Machines", "Gereedschap"]


def test_long_text_takes_nothing_from_its_title(search, noord):
    for year, times in ((2024, 1), (2025, 50), (2026, 200)):
        body = [("text", f"<p>{'Over koken en bakken. ' * times}</p>")]
        make_news(noord, f"Lasrobot {year}", body=body, date=datetime.date(year, 1, 1))
    make_news(noord, "Boor", body=[("text", f"<p>{'Een lasrobot. ' * 5}</p>")], date=datetime.date(2027, 1, 1))
    assert titles(search("lasrobot")) == ["Lasrobot 2026", "Lasrobot 2025", "Lasrobot 2024", "Boor"]


def test_long_title_is_a_title_still(search, noord):
    title = "Een lasrobot op drie scholen tegelijk: zo deelden zij de kosten, de ruimte en de docenten van het lokaal"
    make_news(noord, title, date=datetime.date(2025, 1, 1))
    make_news(noord, "Machines", summary="Over een lasrobot.", date=datetime.date(2026, 1, 1))
    assert titles(search("lasrobot")) == [title, "Machines"]


def test_part_of_a_programme_is_no_title(search, noord):
    event = make_event(noord, "Open dag", date=datetime.date(2026, 2, 1))
    event.programme = [ProgrammeRow(title="Lasrobot", text="<p>Met koffie.</p>")]
    event.save_revision().publish()
    make_news(noord, "De lasrobot", date=datetime.date(2025, 1, 1))
    assert titles(search("lasrobot")) == ["De lasrobot", "Open dag"]


def test_of_what_is_equally_good_the_last_comes_first(search, noord):
    """Of events that is the one that takes place last, whenever it was published; in winter and in summer."""
    for year in (2024, 2026, 2023):
        make_news(noord, f"Lasrobot {year}", date=datetime.date(year, 7, 2))
    for published, day in enumerate([(2026, 7, 3), (2026, 7, 1), (2025, 1, 1), (2027, 1, 1), (2023, 7, 2)], start=1):
        start = timezone.make_aware(datetime.datetime(*day))
        make_event(noord, f"Lasrobot {day}", start=start, date=datetime.date(2025, 1, published))
    in_order = [(2027, 1, 1), (2026, 7, 3), 2026, (2026, 7, 1), (2025, 1, 1), 2024, (2023, 7, 2), 2023]
    assert (
        titles(search("lasrobot"))
        == titles(search("lasrobot", order="date"))
        == [f"Lasrobot {day}" for day in in_order]
    )


def test_page_of_the_region_comes_after_one_that_names_it(search, noord):
    zeeland = make_region("Zeeland", slug="zeeland")
    make_news(zeeland, "Techbus onderweg", date=datetime.date(2026, 2, 1))
    make_news(noord, "Techbus onderweg naar Zeeland", date=datetime.date(2025, 1, 1))
    assert titles(search("techbus zeeland")) == ["Techbus onderweg naar Zeeland", "Techbus onderweg"]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("techbus west-friesland", ["Techbus 1"]),
        ("zuid friesland techbus", ["Techbus 2"]),
        ("techbus friesland", ["Techbus 2", "Techbus 1"]),
        ("techbus 's-hertogenbosch", ["Techbus 3"]),
        ("techbus regio hertogenbosch", ["Techbus 3"]),
    ],
)
def test_region_is_known_by_its_whole_name(search, q, found):
    for number, name in enumerate(["Techniekpact West-Friesland", "Zuid-Friesland", "'s-Hertogenbosch"], start=1):
        region = make_region(name, slug=f"regio-{number}")
        make_news(region, f"Techbus {number}", date=datetime.date(2026, 1, number))
    assert titles(search(q)) == found


def test_rare_word_counts_most_when_no_page_has_all(search, noord):
    for number in range(9):
        make_news(noord, f"Leerlingen {number}", summary="Leerlingen en leerlingen.")
    make_news(noord, "Geld", body=[("text", "<p>Havo: leerlingen van de havo.</p>")], date=datetime.date(2020, 1, 1))
    assert titles(search("havo leerlingen meedoen"))[0] == "Geld"
    make_news(noord, "Meedoen", date=datetime.date(2020, 1, 1))
    assert set(titles(search("havo leerlingen meedoen"))[:2]) == {"Geld", "Meedoen"}


def test_region_that_is_all_that_was_asked_comes_before_what_it_has(search):
    zeeland = make_region("Zeeland", slug="zeeland")
    make_news(zeeland, "Zeeland, Zeeland, Zeeland")
    make_news(zeeland, "Techbus onderweg")
    assert titles(search("zeeland"))[0] == "Zeeland"
    assert titles(search("techbus zeeland")) == ["Techbus onderweg"]


def test_synonym_finds_the_other_words(search, noord):
    make_news(noord, "Samen met het primair onderwijs")
    make_news(noord, "Onderwijs dat niet primair is, maar speciaal")
    assert titles(search("po")) == []
    Synonym.objects.create(phrases="po, primair onderwijs")
    assert "Samen met het primair onderwijs" in titles(search("po"))


def test_synonym_is_known_in_its_other_forms(search, noord):
    make_news(noord, "Samen met het po")
    Synonym.objects.create(phrases="po, basisschool")
    assert titles(search("basisscholen")) == ["Samen met het po"]


def test_words_of_a_synonym_have_no_order(search, noord):
    make_news(noord, "Samen met het po")
    Synonym.objects.create(phrases="po, primair onderwijs")
    assert titles(search("onderwijs primair")) == ["Samen met het po"]


@pytest.mark.parametrize("q", ["de", "het van", "Waar mag het?"])
def test_words_that_are_in_everything_find_nothing(search, noord, q):
    make_news(noord, "Waar het van de waard mag", body=[("text", "<p>Het mag van de buurt.</p>")])
    answer = search(q)
    assert (titles(answer), answer["meta"]["total_count"], answer["did_you_mean"]) == ([], 0, None)


def test_words_that_are_in_everything_find_what_means_the_same(search, noord):
    Synonym.objects.create(phrases="over ons, contact")
    make_news(noord, "Over ons en over u")
    make_news(noord, "Contact")
    assert titles(search("over ons")) == ["Contact"]


def test_question_of_which_nothing_has_all_words_finds_what_has_some(search, noord):
    make_news(noord, "Lasrobot in de klas")
    some = search("hoe werkt een lasrobot eigenlijk")
    assert (titles(some), some["meta"]["has_all_words"]) == (["Lasrobot in de klas"], False)
    assert search("de lasrobot van de klas")["meta"]["has_all_words"] is True
    assert search("xylofoon trompet")["meta"]["has_all_words"] is True


def test_each_facet_is_counted_without_its_own_choice(search, noord, zuid):
    theme = Theme.objects.first()
    news = make_news(noord, "Lasrobot in Noord")
    news.themes = [theme]
    news.save_revision().publish()
    make_news(zuid, "Lasrobot in Zuid")
    make_story(zuid, "Lasrobot als verhaal")
    everything = search("lasrobot")
    assert counts(everything, "region") == {"noord": 1, "zuid": 2}
    assert counts(everything, "type") == {"regions.NewsPage": 2, "inspiration.StoryPage": 1}
    assert counts(everything, "theme") == {theme.slug: 1}
    in_zuid = search("lasrobot", region="zuid")
    assert set(titles(in_zuid)) == {"Lasrobot in Zuid", "Lasrobot als verhaal"}
    assert counts(in_zuid, "region") == {"noord": 1, "zuid": 2}
    assert counts(in_zuid, "type") == {"regions.NewsPage": 1, "inspiration.StoryPage": 1}
    assert counts(in_zuid, "theme") == {}
    both = search("lasrobot", region="noord,zuid", type="regions.NewsPage")
    assert set(titles(both)) == {"Lasrobot in Noord", "Lasrobot in Zuid"}
    assert counts(both, "type") == {"regions.NewsPage": 2, "inspiration.StoryPage": 1}


def test_from_and_to_are_both_included(search, noord):
    for day in (1, 2, 3, 4):
        make_news(noord, f"Lasrobot {day}", date=datetime.date(2026, 5, day))
    found = search("lasrobot", order="date", **{"from": "2026-05-02", "to": "2026-05-03"})
    assert titles(found) == ["Lasrobot 3", "Lasrobot 2"]
    assert titles(search("lasrobot", order="date", to="2026-05-01")) == ["Lasrobot 1"]


def test_days_of_an_event_are_those_on_which_it_takes_place(search, noord):
    start, end = (timezone.make_aware(datetime.datetime(2026, 5, *when)) for when in ((2, 23), (4, 1)))
    make_event(noord, "Lasrobot", date=datetime.date(2026, 1, 1), start=start, end=end)
    assert search("lasrobot")["items"][0]["start"] == "2026-05-02T23:00:00+02:00"
    days = {day: titles(search("lasrobot", **{"from": day, "to": day})) for day in ("2026-01-01", "2026-05-01")}
    assert days == {"2026-01-01": [], "2026-05-01": []}
    for day in ("2026-05-02", "2026-05-03", "2026-05-04"):
        assert titles(search("lasrobot", **{"from": day, "to": day})) == ["Lasrobot"]
    assert titles(search("lasrobot", **{"from": "2026-05-05"})) == []
    assert titles(search("lasrobot", **{"from": "0001-01-01", "to": "9999-12-31"})) == ["Lasrobot"]


def test_what_has_no_date_is_of_no_day(search, home):
    add_live(home, ContentPage(title="Over de lasrobot"))
    assert titles(search("lasrobot")) == ["Over de lasrobot"]
    assert titles(search("lasrobot", **{"from": "0001-01-01"})) == titles(search("lasrobot", to="9999-12-31")) == []


def test_facet_that_was_chosen_is_named_though_nothing_is_found(search, noord, zuid):
    make_news(noord, "Lasrobot")
    found = search("lasrobot", region="zuid", type="agenda.EventPage")
    assert found["facets"]["region"] == [{"value": "zuid", "title": "Zuid", "count": 0}]
    assert found["facets"]["type"] == [{"value": "agenda.EventPage", "title": "bijeenkomst", "count": 0}]


def test_order_by_date_and_pages(search, noord):
    make_news(noord, "Lasrobot, lasrobot", date=datetime.date(2026, 1, 1))
    make_news(noord, "Een school waar ook een lasrobot staat", date=datetime.date(2026, 2, 1))
    assert titles(search("lasrobot", order="date")) == ["Een school waar ook een lasrobot staat", "Lasrobot, lasrobot"]
    assert titles(search("lasrobot", order="date", limit=1, offset=1)) == ["Lasrobot, lasrobot"]
    beyond = search("lasrobot", offset=50)
    assert (titles(beyond), beyond["meta"]["total_count"]) == ([], 2)


@pytest.mark.parametrize(
    "q",
    [
        '"', "'", '"lasrobot', "*", "lasrobot*", "NOT", "NOT lasrobot", "AND OR", "NEAR(a b)", "title:lasrobot", "a:*",
        "😀", "‏שלום‎", "مرحبا", "'; DROP TABLE cms_pagedocument; --", "%", "_", "\\", "(", "<->", "!&|", "\x00", "de",
        "x" * 200, "a " * 100,
    ],
)  # fmt: skip
def test_whatever_is_typed_has_an_answer(client, noord, q):
    make_news(noord, "Bericht")
    for door in ("search/", "search/suggest/"):
        response = client.get(f"/api/v2/{door}", {"q": q})
        assert response.status_code in (200, 400), response.content
        assert isinstance(response.json(), dict)


def test_signs_of_query_languages_mean_nothing(search, noord):
    make_news(noord, "Lasrobot in de klas")
    for q in ("lasrobot*", '"lasrobot', "(lasrobot", "'lasrobot'; --", "lasrobot & klas"):
        assert titles(search(q)) == ["Lasrobot in de klas"], q


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ({}, "q"),
        ({"q": ""}, "q"),
        ({"q": "   "}, "q"),
        ({"q": "x" * 10_000}, "q"),
        ({"q": "lasrobot", "type": "auth.User"}, "type"),
        ({"q": "lasrobot", "region": "nergens"}, "region"),
        ({"q": "lasrobot", "theme": "1 OR 1=1"}, "theme"),
        ({"q": "lasrobot", "audience": ""}, "audience"),
        ({"q": "lasrobot", "from": "gisteren"}, "from"),
        ({"q": "lasrobot", "from": "2026-02-01", "to": "2026-01-01"}, "from"),
        ({"q": "lasrobot", "order": "title"}, "order"),
        ({"q": "lasrobot", "limit": "51"}, "limit"),
        ({"q": "lasrobot", "offset": "-1"}, "offset"),
        ({"q": "lasrobot", "offset": "9" * 30}, "offset"),
        ({"q": "lasrobot", "limit": "veel"}, "limit"),
        ({"q": "lasrobot", "to": "0000-00-00"}, "to"),
        ({"q": "lasrobot", "type": "regions.NewsPage,"}, "type"),
        ({"q": "lasrobot", "region": "noord\x00"}, "region"),
        ({"q": "\x00"}, "q"),
        ({"q": "lasrobot", "colour": "red"}, "colour"),
    ],
)
def test_bad_question_is_refused_by_name(client, db, parameters, named):
    response = client.get("/api/v2/search/", parameters)
    assert response.status_code == 400
    assert named in response.json()["message"]


@pytest.mark.parametrize("q", ["", " ", "x" * 201, "x" * 4_000, "\x00", "las\x00robot"])
def test_bad_beginning_is_refused(client, db, q):
    response = client.get("/api/v2/search/suggest/", {"q": q})
    assert response.status_code == 400
    assert "q" in response.json()["message"]


def test_what_is_no_text_is_refused(client, db):
    for door in ("search/", "search/suggest/"):
        assert client.get(f"/api/v2/{door}?q=%ED%A0%80").status_code == 400


def test_days_at_the_ends_of_time_and_a_parameter_that_comes_twice_have_an_answer(search, api, noord):
    make_news(noord, "Lasrobot")
    assert len(search("lasrobot", **{"from": "0001-01-01", "to": "9999-12-31"})["items"]) == 1
    assert search("lasrobot", offset=1_000_000)["items"] == []
    assert titles(api("search/?q=freesmachine&q=lasrobot")) == ["Lasrobot"]


def test_mark_is_the_only_html(search, noord):
    make_news(noord, 'Lasrobot <script>alert("x")</script>', summary="<b>De lasrobot</b> & meer")
    [found] = search("lasrobot")["items"]
    assert found["highlight"]["title"] == ("<mark>Lasrobot</mark> &lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;")
    assert "<mark>lasrobot</mark>" in found["highlight"]["text"]
    assert set(re.findall(r"<[^>]*>?", "".join(found["highlight"].values()))) == {"<mark>", "</mark>"}


def test_misspelt_word_is_corrected_when_nothing_is_found(search, noord):
    make_news(noord, "Lasrobot in de klas")
    assert search("lasrobto")["did_you_mean"] == "lasrobot"
    assert search("lasrobot")["did_you_mean"] is None
    assert search("xylofoonbouwer")["did_you_mean"] is None


def test_correction_finds_something(search, noord):
    make_news(noord, "Lasrobot in de klas", date=datetime.date(2026, 1, 1))
    assert search("lasrobto", to="2026-01-01")["did_you_mean"] == "lasrobot"
    assert search("lasrobto", to="2025-12-31")["did_you_mean"] is None
    assert search("lasrobto", type="regions.NewsPage")["did_you_mean"] == "lasrobot"
    assert search("lasrobto", type="agenda.EventPage")["did_you_mean"] is None


def test_correction_knows_summaries(search, noord):
    make_news(noord, "Geld", summary="Zo vraagt u subsidie aan.")
    assert search("subsidei")["did_you_mean"] == "subsidie"


def test_misspelt_word_is_corrected_when_no_page_has_all_words(search, noord):
    zeeland = make_region("Zeeland", slug="zeeland")
    make_news(zeeland, "De techbus rijdt", summary="Werk aan de winkel.")
    make_news(noord, "De techbus rijdt ook hier")
    some = search("zeland techbus")
    assert (len(some["items"]), some["did_you_mean"]) == (2, "zeeland techbus")
    assert search("zeland techbus", region="noord")["did_you_mean"] is None
    for not_misspelt in ("xylofoon techbus", "werkt techbus", "zeeland techbus"):
        assert search(not_misspelt)["did_you_mean"] is None, not_misspelt
    assert search("zeland xylofoon techbus")["did_you_mean"] is None  # that finds no more


@pytest.mark.parametrize(
    ("q", "meant"),
    [("robotica", "robot"), ("robotdomotica", "robot domotica"), ("domtica", "domotica"), ("lasrobotica", "lasrobot")],
)
def test_beginning_of_a_word_is_likelier_than_one_that_is_a_little_alike(search, noord, q, meant):
    make_news(noord, "Robot, lasrobot en domotica")
    assert search(q)["did_you_mean"] == meant


def test_year_is_not_corrected(search, noord):
    make_news(noord, "Lasrobot in 2023")
    assert search("2026")["did_you_mean"] is None


def test_compound_that_is_nowhere_is_looked_for_by_what_it_begins_with(search, noord):
    make_news(noord, "Las mee: lasrobot in de klas")
    assert search("lasrobotwedstrijd")["did_you_mean"] == "lasrobot"
    assert search("lasapparaten")["did_you_mean"] is None


def test_correction_knows_what_was_published_and_what_is_gone(search, noord):
    assert search("lasrobto")["did_you_mean"] is None
    page = make_news(noord, "Lasrobot in de klas")
    assert search("lasrobto")["did_you_mean"] == "lasrobot"
    page.unpublish()
    assert search("lasrobto")["did_you_mean"] is None


def test_word_that_finds_nothing_is_no_correction(search, noord):
    make_news(noord, "Waarom een techlab?")
    assert search("waaorm")["did_you_mean"] is None


def test_words_that_cannot_be_found_are_meant_by_nobody(search, db):
    with time_machine.travel("2026-03-31 12:00", tick=False):
        make_question("Mag een lasrobot?", valid_from=datetime.date(2026, 4, 1))
        assert search("lasrobto")["did_you_mean"] is None


def test_suggestions_are_titles_that_begin_so(api, noord):
    make_news(noord, "Lasrobot in de klas", date=datetime.date(2026, 1, 1))
    make_event(noord, "De lasrobot bekijken", date=datetime.date(2026, 2, 1))
    make_question("Mag een machine ook?", answer="<p>Ja, een lasrobot ook.</p>")
    items = api("search/suggest/?q=lasr")["items"]
    assert {item["title"] for item in items} == {"De lasrobot bekijken", "Lasrobot in de klas"}
    assert {item["title"] for item in api("search/suggest/?q=klas+las")["items"]} == {"Lasrobot in de klas"}


def test_regions_are_suggested_before_what_they_publish(api):
    zeeland = make_region("Zeeland", slug="zeeland")
    for _ in range(10):
        make_news(zeeland, "Zeeland wint")
    items = api("search/suggest/?q=zeel")["items"]
    assert [item["title"] for item in items] == ["Zeeland", *["Zeeland wint"] * 9]
    assert [item["title"] for item in api("search/suggest/?q=regio+zeel")["items"]] == ["Zeeland"]
    assert api("search/suggest/?q=regio")["items"] == []
    zeeland.unpublish()
    assert api("search/suggest/?q=zeel")["items"] == []


def test_suggestions_of_one_title_are_told_apart_by_their_regions(api, noord, zuid, home):
    for parent in (home, noord, zuid):
        make_news(parent, "Lasrobot in de klas")
    items = api("search/suggest/?q=lasrobot")["items"]
    assert {item["region"] and item["region"]["name"] for item in items} == {None, "Noord", "Zuid"}
    assert {item["region"]["slug"] for item in items if item["region"]} == {"noord", "zuid"}


def test_suggestions_take_three_queries(client, noord, zuid):
    for region in (noord, zuid) * 3:
        make_news(region, "Lasrobot in de klas")
    client.get("/api/v2/search/suggest/?q=las")
    with CaptureQueriesContext(connection) as queries:
        client.get("/api/v2/search/suggest/?q=lasr")
    asked = [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "SET LOCAL"))]
    assert len(asked) <= 3


@pytest.mark.parametrize("door", ["search", "search/suggest"])
def test_answer_is_found_on_the_days_that_it_holds(client, db, forget_answers, door):
    days = {"valid_from": datetime.date(2026, 3, 1), "valid_until": datetime.date(2026, 3, 31)}
    make_question("Mag een lasrobot?", **days)

    def is_found(moment):
        forget_answers()
        with time_machine.travel(moment, tick=False):
            return bool(client.get(f"/api/v2/{door}/?q=lasrobot").json()["items"])

    assert [is_found(f"2026-{day} 12:00") for day in ("02-28", "03-01", "03-31", "04-01")] == [False, True, True, False]


def test_answer_that_ends_is_gone_at_midnight(client, db):
    with time_machine.travel("2026-03-31 12:00", tick=False):
        make_question("Mag een lasrobot?", valid_until=datetime.date(2026, 3, 31))
        make_question("Mag een lasrobot nog?")
        assert len(client.get("/api/v2/search/?q=lasrobot").json()["items"]) == 2
    with time_machine.travel("2026-04-01 00:01", tick=False):
        assert len(client.get("/api/v2/search/?q=lasrobot").json()["items"]) == 1
        assert len(client.get("/api/v2/search/suggest/?q=lasrobot").json()["items"]) == 1


def test_queries_do_not_grow_with_what_is_found(client, noord):
    def count():
        caches["answers"].clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/api/v2/search/?q=lasrobot&limit=50").status_code == 200
        return len(queries)

    for _ in range(5):
        make_news(noord, "Lasrobot")
    client.get("/api/v2/search/?q=lasrobot&limit=50")
    few = count()
    for _ in range(5):
        make_news(noord, "Lasrobot")
    client.get("/api/v2/search/?q=lasrobot&limit=50")
    assert count() == few
