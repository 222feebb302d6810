"""The homepage that national editors compose: what they choose, what follows of itself, and who gets to know."""

import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms import document_texts
from cms.tree import add_live
from home.choices import missing_choices
from home.models import FaqCategory, FaqIndexPage, FaqPage
from home.sections import SectionsBlock
from tests import contract
from tests.factories import make_event, make_image, make_news, make_region, make_story

PUBLISH = {"action-publish": "1"}
NOON = datetime.time(12)


def at(day, time=NOON):
    return timezone.make_aware(datetime.datetime.combine(day, time))


def choice(page, **own):
    return {"page": page, "title": "", "summary": "", "image": None, "show_from": None, "show_until": None, **own}


def chosen(*pages, title="Uitgelicht"):
    choices = [page if isinstance(page, dict) else choice(page) for page in pages]
    return ("chosen", {"title": title, "pages": choices})


def newest(*kinds, per_region=1, total=6):
    return (
        "newest",
        {"title": "Uit de regio's", "kinds": kinds or ["nieuws"], "per_region": per_region, "total": total},
    )


AGENDA = ("agenda", {"title": "Agenda", "total": 12})
QUESTIONS = ("questions", {"title": "Vragen", "total": 12})
RECORDING = ("recording", {"title": "Terugkijken"})
EVERY_KIND = [
    newest(),
    AGENDA,
    QUESTIONS,
    RECORDING,
    ("key_figures", {"title": "", "figures": [{"value": "78", "label": "regio's"}]}),
    ("call_to_action", {"text": "Lees meer", "page": None, "url": "https://example.org/"}),
    ("region_map", {"title": "Vind uw regio", "text": "<p>Op de kaart.</p>"}),
]


def compose(home, *sections):
    home.sections = list(sections)
    home.save_revision().publish()


@pytest.fixture
def shown(api, home):
    """``shown()`` gives the sections as the API has them now."""
    return lambda: api(f"pages/{home.pk}/")["sections"]


def titles(section):
    return [page["title"] for page in section["value"]["pages"]]


def make_question(title, date=datetime.date(2026, 1, 1), **fields):
    category = FaqCategory.objects.first()
    page = FaqPage(title=title, date=date, answer="<p>Ja.</p>", category=category, **fields)
    return add_live(FaqIndexPage.objects.get(), page)


# What an editor does in the form


def choice_form(page=None, **own):
    return {"page": page.pk if page else "", "title": "", "summary": "", "image": "", "show_from": "", **own}


def chosen_form(*choices, title="Uitgelicht"):
    pages = [{"show_until": "", **each} for each in choices]
    return ("chosen", {"title": title, "pages": streamfield([("item", page) for page in pages])})


def home_form(*sections, **changes):
    return nested_form_data(
        {
            "title": "Sterk Techniekonderwijs",
            "summary": "",
            "image": "",
            "body": streamfield([]),
            "sections": streamfield(sections),
            "seo_title": "",
            "search_description": "",
            "comments": inline_formset([]),
            **changes,
        }
    )


def edit_url(home):
    return reverse("wagtailadmin_pages:edit", args=[home.pk])


def test_national_editor_composes_the_homepage(national_client, home, noord, zuid, shown):
    news, image = make_news(noord, "Nieuw lokaal", summary="Het lokaal is af."), make_image("Eigen")
    make_news(zuid, "Open huis")
    own = choice_form(news, title="Kijk hier", image=image.pk, show_from="01-01-2026", show_until="31-12-2099")
    sections = [
        chosen_form(own, choice_form(make_story(noord, "Verhaal"))),
        ("newest", {"title": "Uit de regio's", "kinds": "nieuws", "per_region": "1", "total": "6"}),
        ("region_map", {"title": "Vind uw regio", "text": rich_text("<p>Op de kaart.</p>")}),
    ]

    response = national_client.post(edit_url(home), home_form(*sections) | PUBLISH)

    assert response.status_code == 302, response.context["form"].errors
    first, second, third = shown()
    assert titles(first) == ["Kijk hier", "Verhaal"]
    assert first["value"]["pages"][0]["summary"] == "Het lokaal is af."
    assert first["value"]["pages"][0]["image"]["alt"] == "Beschrijving van Eigen"
    assert first["value"]["pages"][0]["meta"]["html_path"] == "/regio/noord/nieuws/nieuw-lokaal/"
    assert titles(second) == ["Open huis"]
    assert third["value"] == {"title": "Vind uw regio", "text": "<p>Op de kaart.</p>"}


NEWEST_FORM = {"title": "Uit de regio's", "kinds": "nieuws", "per_region": "1", "total": "6"}


@pytest.mark.parametrize(
    ("section", "message"),
    [
        (chosen_form(), "Het minimale aantal items is 1"),
        (chosen_form(choice_form()), "Dit is een verplicht veld."),
        (("newest", NEWEST_FORM | {"per_region": "0"}), "Zorg ervoor dat deze waarde minstens 1 is."),
        (("newest", NEWEST_FORM | {"total": "-3"}), "Zorg ervoor dat deze waarde minstens 1 is."),
        (("newest", NEWEST_FORM | {"total": ""}), "Dit is een verplicht veld."),
        (
            ("newest", {name: NEWEST_FORM[name] for name in ("title", "per_region", "total")}),
            "Dit is een verplicht veld.",
        ),
        (("newest", NEWEST_FORM | {"title": ""}), "Dit is een verplicht veld."),
        (("agenda", {"title": "Agenda", "total": "0"}), "Zorg ervoor dat deze waarde minstens 1 is."),
        (("questions", {"title": "Vragen", "total": "1000"}), "Zorg ervoor dat deze waarde hoogstens 12 is."),
    ],
)
def test_wrong_section_is_explained_and_nothing_is_lost(national_client, home, shown, section, message):
    compose(home, AGENDA, newest())
    before = shown()

    response = national_client.post(edit_url(home), home_form(section, summary="Blijft staan") | PUBLISH)

    assert response.status_code == 200
    html = response.content.decode()
    assert message in html
    assert "Blijft staan" in html
    assert shown() == before


def test_last_day_before_the_first_is_refused(national_client, home, noord):
    page = choice_form(make_news(noord), show_from="02-03-2026", show_until="01-03-2026")

    response = national_client.post(edit_url(home), home_form(chosen_form(page)) | PUBLISH)

    assert "De laatste dag ligt voor de eerste." in response.content.decode()


def test_only_items_can_be_chosen(national_client, home, noord):
    response = national_client.post(edit_url(home), home_form(chosen_form(choice_form(noord))) | PUBLISH)

    assert "Kies nieuws, een bijeenkomst" in response.content.decode()


def test_draft_may_be_incomplete_and_stays_a_draft(national_client, home, shown):
    response = national_client.post(edit_url(home), home_form(chosen_form()))

    assert response.status_code == 302
    assert shown() == []
    home.refresh_from_db()
    assert home.get_latest_revision_as_object().sections[0].block_type == "chosen"


# Pages chosen by hand


@pytest.mark.parametrize("hide", ["unpublish", "delete"])
def test_page_that_goes_offline_disappears_and_the_rest_stays(home, noord, shown, hide):
    page, other = make_news(noord, "Weg"), make_news(noord, "Blijft")
    compose(home, chosen(page, other), chosen(page, title="Alleen dit"), AGENDA)
    assert [titles(section) for section in shown()] == [["Weg", "Blijft"], ["Weg"]]

    getattr(page, hide)()

    assert [titles(section) for section in shown()] == [["Blijft"]]


def test_page_of_a_hidden_region_disappears(home, noord, shown):
    compose(home, chosen(make_news(noord)))
    noord.unpublish()
    assert shown() == []


def test_chosen_page_is_followed(home, noord, zuid, shown):
    page = make_news(noord, "Titel")
    compose(home, chosen(page, choice(make_story(noord), title="Eigen titel")))
    assert titles(shown()[0]) == ["Titel", "Eigen titel"]
    assert ReferenceIndex.get_references_to(page).count() == 1

    page.title = "Andere titel"
    page.save_revision().publish()
    page.move(zuid.get_children().get(slug="nieuws"), pos="last-child")

    assert titles(shown()[0]) == ["Andere titel", "Eigen titel"]
    assert shown()[0]["value"]["pages"][0]["meta"]["html_path"] == "/regio/zuid/nieuws/titel/"


def test_own_picture_is_followed(home, noord, shown):
    image = make_image("Eigen")
    compose(home, chosen(choice(make_news(noord), image=image)))
    assert shown()[0]["value"]["pages"][0]["image"]["alt"] == "Beschrijving van Eigen"

    image.description = "Leerlingen aan het werk"
    image.save()

    assert shown()[0]["value"]["pages"][0]["image"]["alt"] == "Leerlingen aan het werk"


def test_page_is_shown_from_the_first_day_until_the_last_without_anybody_saving(home, noord, shown):
    day = datetime.date(2026, 12, 1)
    own = {"show_from": day, "show_until": day + datetime.timedelta(days=2)}
    with time_machine.travel(at(datetime.date(2026, 11, 25)), tick=False):
        compose(home, chosen(choice(make_news(noord, "Even"), **own), make_story(noord, "Altijd")))
        assert titles(shown()[0]) == ["Altijd"]
    with time_machine.travel(at(datetime.date(2026, 11, 30), datetime.time(23, 59, 59)), tick=False):
        assert titles(shown()[0]) == ["Altijd"]
    with time_machine.travel(at(day, datetime.time()), tick=False):
        assert titles(shown()[0]) == ["Even", "Altijd"]
    with time_machine.travel(at(datetime.date(2026, 12, 3), datetime.time(23, 59, 59)), tick=False):
        assert titles(shown()[0]) == ["Even", "Altijd"]
    with time_machine.travel(at(datetime.date(2026, 12, 4), datetime.time()), tick=False):
        assert titles(shown()[0]) == ["Altijd"]


# Lists that follow of themselves


def test_newest_of_the_regions_gives_each_its_share(home, noord, zuid, shown):
    for number in range(1, 4):
        make_news(noord, f"Noord {number}", date=datetime.date(2026, 5, number))
        make_news(zuid, f"Zuid {number}", date=datetime.date(2026, 4, number))
    make_news(home, "Landelijk", date=datetime.date(2026, 6, 1))
    make_story(zuid, "Verhaal")

    compose(home, newest(per_region=2, total=3), newest("nieuws", "inspiratie", per_region=1), newest("agenda"))

    assert [titles(section) for section in shown()] == [["Noord 3", "Noord 2", "Zuid 3"], ["Noord 3", "Zuid 3"]]


def test_what_is_chosen_is_not_listed_once_more(home, noord, zuid, shown):
    with time_machine.travel("2026-03-05T12:00:00+01:00", tick=False) as clock:
        make_news(noord, "Eerste")
        second = make_news(noord, "Tweede")
        make_news(zuid, "Zuid", date=datetime.date(2026, 1, 1))
        last_day = choice(second, show_until=datetime.date(2026, 3, 5))
        compose(home, newest(per_region=1), chosen(last_day))
        assert [titles(section) for section in shown()] == [["Eerste", "Zuid"], ["Tweede"]]
        clock.shift(datetime.timedelta(days=1))
        assert [titles(section) for section in shown()] == [["Tweede", "Zuid"]]


def test_lists_follow_every_publication_at_once(home, noord, zuid, shown):
    compose(home, newest(total=2))
    assert shown() == []

    page = make_news(noord, "Eerste", date=datetime.date(2026, 1, 1))
    assert titles(shown()[0]) == ["Eerste"]
    newer = make_news(zuid, "Tweede", date=datetime.date(2026, 1, 2))
    assert titles(shown()[0]) == ["Tweede", "Eerste"]
    page.date = datetime.date(2026, 1, 3)
    page.title = "Nieuwste"
    page.image = make_image("Foto")
    page.save_revision().publish()
    assert titles(shown()[0]) == ["Nieuwste", "Tweede"]
    page.image.description = "Beschreven"
    page.image.save()
    assert shown()[0]["value"]["pages"][0]["image"]["alt"] == "Beschreven"
    newer.unpublish()
    assert titles(shown()[0]) == ["Nieuwste"]
    noord.unpublish()
    assert shown() == []


def test_publication_takes_one_query_more_for_the_homepage(home, noord, settings):
    page = make_news(noord)

    with CaptureQueriesContext(connection) as queries:
        page.save_revision().publish()

    assert sum("UPDATE" in query["sql"] and "home.HomePage" in query["sql"] for query in queries) == 1


def test_homepage_tells_caches_that_any_page_may_change_it(client, home):
    answer = client.get(f"/api/v2/pages/{home.pk}/")
    assert "pages" in answer["Surrogate-Key"].split()


def test_agenda_shows_what_is_to_come_and_goes_with_the_clock(home, noord, zuid, shown):
    day = datetime.date(2026, 11, 25)
    with time_machine.travel(at(day), tick=False):
        make_event(
            noord,
            "Morgen",
            start=at(datetime.date(2026, 11, 26)),
            end=at(datetime.date(2026, 11, 26), datetime.time(14)),
        )
        make_event(home, "Later", start=at(datetime.date(2026, 12, 26)), registration_url="https://example.org/")
        make_event(zuid, "Geweest", start=at(datetime.date(2026, 11, 1)))
        compose(home, AGENDA)
        assert titles(shown()[0]) == ["Morgen", "Later"]
        assert shown()[0]["value"]["pages"][1]["registration"]["state"] == "open"
    with time_machine.travel(at(datetime.date(2026, 11, 26), datetime.time(13, 59, 59)), tick=False):
        assert titles(shown()[0]) == ["Morgen", "Later"]
    with time_machine.travel(at(datetime.date(2026, 11, 26), datetime.time(14)), tick=False):
        assert titles(shown()[0]) == ["Later"]
    with time_machine.travel(at(datetime.date(2026, 12, 26)), tick=False):
        assert shown()[0]["value"]["pages"][0]["registration"]["state"] == "closed"
    with time_machine.travel(at(datetime.date(2026, 12, 27)), tick=False):
        assert shown() == []


def test_registration_that_closes_is_shown_closed(home, noord, shown):
    with time_machine.travel(at(datetime.date(2026, 11, 25)), tick=False):
        closes = at(datetime.date(2026, 11, 28))
        start = at(datetime.date(2026, 12, 26))
        make_event(noord, start=start, registration_url="https://example.org/", registration_closes_at=closes)
        compose(home, AGENDA)
        assert shown()[0]["value"]["pages"][0]["registration"]["state"] == "open"
    with time_machine.travel(closes, tick=False):
        assert shown()[0]["value"]["pages"][0]["registration"]["state"] == "closed"


def test_questions_whose_answers_hold(home, shown):
    day = datetime.date(2026, 11, 25)
    with time_machine.travel(at(day), tick=False):
        make_question("Nu", valid_until=datetime.date(2026, 11, 26))
        make_question("Straks", valid_from=datetime.date(2026, 11, 27), date=datetime.date(2026, 2, 1))
        compose(home, QUESTIONS)
        assert titles(shown()[0]) == ["Nu"]
    with time_machine.travel(at(datetime.date(2026, 11, 27), datetime.time()), tick=False):
        assert titles(shown()[0]) == ["Straks"]


def test_newest_recording_is_of_an_event_that_is_over(home, noord, shown):
    url = "https://vimeo.com/76979871"
    with time_machine.travel(at(datetime.date(2026, 11, 25)), tick=False):
        make_event(noord, "Eerder", start=at(datetime.date(2026, 10, 1)), recording_url=url)
        make_event(noord, "Zonder opname", start=at(datetime.date(2026, 11, 1)))
        make_event(
            noord, "Straks", start=at(datetime.date(2026, 11, 26)), recording_url=url, recording_title="De hele dag"
        )
        compose(home, RECORDING)
        assert shown()[0]["value"]["page"]["title"] == "Eerder"
    with time_machine.travel(at(datetime.date(2026, 11, 27)), tick=False):
        [section] = shown()
        assert section["value"]["page"]["title"] == "Straks"
        assert section["value"]["recording"] == {
            "provider": "vimeo",
            "id": "76979871",
            "hash": None,
            "title": "De hele dag",
        }


# What it costs, and that it keeps to the contract


def fill(home, noord, zuid, number):
    for region in (noord, zuid):
        for _ in range(number):
            make_news(region, image=make_image())
            make_event(region, start=timezone.now() + datetime.timedelta(days=1), image=make_image())
    make_event(home, start=timezone.now() - datetime.timedelta(days=5), recording_url="https://vimeo.com/76979871")
    make_question(f"Vraag {number}")


def rendering_queries(home):
    with CaptureQueriesContext(connection) as queries:
        document_texts.refresh([home.pk])
    return len(queries)


def test_rendering_takes_the_same_queries_for_many_pages_as_for_few(home, noord, zuid):
    def queries_with(number):
        fill(home, noord, zuid, number)
        choices = [choice(make_news(noord), image=make_image()) for _ in range(number)]
        compose(home, chosen(*choices), newest(per_region=6, total=12), *EVERY_KIND[1:])
        document_texts.refresh([home.pk])  # makes the sizes of the pictures
        return rendering_queries(home)

    few = queries_with(2)

    assert few <= 70
    assert queries_with(4) == few


def test_every_kind_of_section_fits_the_contract(home, noord, zuid, api):
    fill(home, noord, zuid, 1)
    compose(home, chosen(make_news(noord)), *EVERY_KIND)

    page = api(f"pages/{home.pk}/")

    assert [section["type"] for section in page["sections"]] == list(SectionsBlock().child_blocks)
    contract.of("HomePage").validate(page)


def test_newest_of_the_regions_stays_quick(home, noord):
    """One query, whatever the number of regions and pages."""
    for number in range(5):
        make_news(make_region(f"Regio {number}"))
    compose(home, newest())
    with CaptureQueriesContext(connection) as queries:
        document_texts.refresh([home.pk])
    assert sum("ROW_NUMBER" in query["sql"] for query in queries) == 1


# Previews


def look(client, home, mode):
    return client.get(reverse("wagtailadmin_pages:view_draft", args=[home.pk]), {"mode": mode})


def previewed(client, response):
    token = parse_qs(urlsplit(response["Location"]).query)["token"][0]
    return client.get("/api/v2/preview/", {"token": token}).json()


@pytest.fixture
def wednesday():
    """The day on which everything happens, the editor's logging in too: sessions don't last into another day."""
    day = datetime.date(2026, 11, 25)
    with time_machine.travel(at(day), tick=False):
        yield day


def test_homepage_can_be_seen_as_it_will_be(wednesday, national_client, home, noord, settings, api):
    settings.FRONTEND_URL = "https://www.example.org"
    thursday = datetime.date(2026, 11, 26)
    make_event(noord, "Vanavond", start=at(wednesday, datetime.time(20)), end=at(wednesday, datetime.time(22)))
    make_event(
        noord,
        "Volgende week",
        start=at(datetime.date(2026, 12, 2)),
        registration_url="https://example.org/",
        registration_closes_at=at(wednesday, datetime.time(18)),
    )
    make_question("Nog niet", valid_from=thursday)
    draft = home.get_latest_revision_as_object()
    draft.sections = [chosen(choice(make_news(noord, "Donderdag"), show_from=thursday)), AGENDA, QUESTIONS]
    draft.save_revision()

    [agenda] = previewed(national_client, look(national_client, home, ""))["sections"]
    assert titles(agenda) == ["Vanavond", "Volgende week"]
    assert agenda["value"]["pages"][1]["registration"]["state"] == "open"

    sections = previewed(national_client, look(national_client, home, thursday.isoformat()))["sections"]
    assert [titles(section) for section in sections] == [["Donderdag"], ["Volgende week"], ["Nog niet"]]
    assert sections[1]["value"]["pages"][0]["registration"]["state"] == "closed"
    assert api(f"pages/{home.pk}/")["sections"] == []


def test_preview_offers_now_and_the_coming_fourteen_days(wednesday, national_client, home):
    labels = [label for _, label in home.preview_modes]
    assert (labels[0], labels[1], labels[-1]) == ("Nu", "donderdag 26 november", "woensdag 9 december")
    assert len(labels) == 15
    html = national_client.get(edit_url(home)).content.decode()
    assert "donderdag 26 november" in html


@pytest.mark.parametrize("mode", ["gisteren", "2020-01-01", "2026-13-45", "é", "9999-12-31"])
def test_what_is_no_coming_day_is_now(national_client, home, noord, settings, mode):
    settings.FRONTEND_URL = "https://www.example.org"
    compose(home, chosen(make_news(noord, "Nu")))
    [section] = previewed(national_client, look(national_client, home, mode))["sections"]
    assert titles(section) == ["Nu"]


def test_what_is_not_filled_in_yet_can_be_previewed(national_client, home, noord, settings):
    settings.FRONTEND_URL = "https://www.example.org"
    make_news(noord)
    make_event(noord, start=timezone.now() + datetime.timedelta(days=1))
    empty = [("newest", {}), ("newest", {"kinds": "nieuws", "total": "3"}), ("agenda", {}), ("questions", {})]
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[home.pk])

    written = national_client.post(url, home_form(chosen_form(choice_form()), *empty, ("region_map", {})))

    assert written.json() == {"is_valid": True, "is_available": True}
    sections = previewed(national_client, national_client.get(url))["sections"]
    assert [section["type"] for section in sections] == ["region_map"]


def test_without_a_front_end_the_cms_shows_the_sections(national_client, home, noord):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    compose(home, chosen(choice(make_news(noord, "Later"), show_from=tomorrow), make_story(noord, "Nu al")), RECORDING)

    today = national_client.get(home.get_url()).content.decode()
    assert "Nu al" in today
    assert "Later" not in today
    assert "Later" in look(national_client, home, tomorrow.isoformat()).content.decode()


@pytest.mark.parametrize("name", SectionsBlock().child_blocks)
def test_section_has_icon_description_and_preview(national_client, home, noord, settings, name):
    make_story(home, image=make_image())
    make_news(noord)
    make_event(noord, start=timezone.now() + datetime.timedelta(days=1))
    make_event(noord, start=timezone.now() - datetime.timedelta(days=2), recording_url="https://vimeo.com/76979871")
    make_question("Vraag")
    block = home._meta.get_field("sections").stream_block.child_blocks[name]
    url = reverse("wagtailadmin_block_preview") + f"?id={block.definition_prefix}"

    assert block.meta.icon != "placeholder"
    assert block.meta.description
    assert "cms/page.css" in national_client.get(url).content.decode()
    settings.FRONTEND_URL = "https://www.example.org"
    [section] = previewed(national_client, national_client.get(url))
    assert section["type"] == name
    assert section["value"]


# Reporting what can't be shown


def test_chosen_pages_that_visitors_miss_are_reported(national_client, home, noord):
    offline, deleted = make_news(noord, "Offline"), make_news(noord, "Verwijderd")
    past = choice(make_news(noord, "Voorbij"), show_until=datetime.date(2026, 1, 31))
    later = choice(make_news(noord, "Later"), show_from=datetime.date(2099, 1, 1))
    buttons = [("call_to_action", {"text": "Lees meer", "page": page, "url": ""}) for page in (offline, later["page"])]
    compose(home, chosen(make_story(noord, "Goed"), offline, deleted, past, later), *buttons)
    home.refresh_from_db()
    assert [missing.title for missing in missing_choices(home)] == ["Voorbij"]

    offline.unpublish()
    deleted.delete()
    home.refresh_from_db()

    assert [tuple(missing) for missing in missing_choices(home)] == [
        ("Uitgelicht", "Offline", "staat niet online"),
        ("Uitgelicht", "", "is verwijderd"),
        ("Uitgelicht", "Voorbij", "mocht er staan tot en met 31 januari 2026"),
        ("Lees meer", "Offline", "staat niet online"),
    ]
    html = national_client.get("/admin/").content.decode()
    assert "‘Offline’ staat niet online." in html
    assert edit_url(home) in html


def test_nothing_is_reported_when_all_is_shown_or_to_others(national_client, client, home, noord, django_user_model):
    page = make_news(noord)
    compose(home, chosen(page))
    assert "Ontbreekt op de homepage" not in national_client.get("/admin/").content.decode()
    page.unpublish()
    client.force_login(django_user_model.objects.get(email="noord@example.org"))
    assert "Ontbreekt op de homepage" not in client.get("/admin/").content.decode()


def test_report_takes_the_same_queries_for_many_as_for_few(home, noord):
    def count_with(number):
        compose(home, chosen(*[make_news(noord) for _ in range(number)]))
        home.refresh_from_db()
        with CaptureQueriesContext(connection) as queries:
            missing_choices(home)
        return len(queries)

    assert count_with(2) == count_with(10)
