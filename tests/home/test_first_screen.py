"""The first screen: what regional editors see of their region, and national editors of all."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from agenda.models import EventPage
from home.nomination import decline, nominate
from inspiration.models import StoryPage
from regions.models import NewsIndexPage, NewsPage, RegionPage
from tests.factories import make_draft, make_event, make_image, make_news, section

HOUR = datetime.timedelta(hours=1)
DAY = 24 * HOUR


@pytest.fixture
def first_screen():
    """``first_screen(client)`` is what it shows, on one line."""

    def first_screen(client):
        answer = client.get(reverse("wagtailadmin_home"))
        assert answer.status_code == 200
        return " ".join(answer.text.split())

    return first_screen


def schedule(page, **moments):
    """Have ``page`` go online or offline at the moments given, as the form does."""
    for name, moment in moments.items():
        setattr(page, name, moment)
    page.save_revision().publish()


def test_every_kind_of_item_is_one_click_away(noord_client, noord, first_screen):
    news = section(noord, NewsIndexPage)
    shown = first_screen(noord_client)
    assert f'href="{reverse("wagtailadmin_pages:add", args=["regions", "newspage", news.pk])}"' in shown
    for kind in (NewsPage, EventPage, StoryPage):
        assert f">{capfirst(kind._meta.verbose_name)}</a>" in shown
    assert noord.full_url in shown


def test_empty_subsite_says_what_it_lacks_until_it_is_there(noord_client, noord, first_screen):
    lacking = ("Kies een afbeelding", "Vertel in een paar zinnen", "Vul een contactadres in", "Zet een eerste bericht")
    shown = first_screen(noord_client)
    assert all(text in shown for text in lacking)

    make_news(noord)
    RegionPage.objects.filter(pk=noord.pk).update(
        image=make_image(), contact_email="noord@example.org", body=[("text", "<p>Wij zijn Noord.</p>")]
    )
    shown = first_screen(noord_client)
    assert not any(text in shown for text in lacking)


def test_lists_say_what_is_where(noord_client, noord, first_screen):
    now = timezone.now()
    make_news(noord, "Staat er al")
    make_draft(make_news(noord, "Eerste versie"), title="Tweede versie")
    schedule(make_news(noord, "Straks weg"), expire_at=now + DAY)
    later = make_news(noord, "Komt nog")
    later.unpublish()
    schedule(later, go_live_at=now + DAY)
    make_event(noord, "Open dag", start=now + DAY)
    make_event(noord, "Volgend jaar", start=now + 200 * DAY)
    shown = first_screen(noord_client)
    parts = ["concepten (1)", "Gaat vanzelf online", "vanzelf offline", "in de komende weken", "Staat online (5)"]
    places = [shown.index(part) for part in parts]
    assert places == sorted(places)
    lists = [shown[start:end] for start, end in zip(places, [*places[1:], len(shown)], strict=True)]
    for text, title in zip(lists, ("Tweede versie", "Komt nog", "Straks weg", "Open dag", "Staat er al"), strict=True):
        assert title in text
    assert "Volgend jaar" not in lists[3]


def test_item_is_put_forward_from_there_once(noord_client, noord, first_screen):
    news = make_news(noord)
    address = reverse("nominate", args=[news.pk])
    assert f'{address}?next=/admin/"' in first_screen(noord_client)

    answer = noord_client.post(address, {"note": "", "next": "/admin/"})

    assert answer.url == "/admin/"
    shown = first_screen(noord_client)
    assert f'href="{address}' not in shown
    assert "wacht op antwoord" in shown
    assert "Intrekken" in shown


def test_answer_to_a_nomination_is_shown(noord_client, noord, first_screen, django_user_model):
    editor = django_user_model.objects.get(email="noord@example.org")
    decline(nominate(make_news(noord), editor), editor, "Nog zonder foto.")
    shown = first_screen(noord_client)
    assert "niet gekozen: Nog zonder foto." in shown
    assert "Intrekken" not in shown


def test_nothing_of_another_region_is_shown(noord_client, zuid, first_screen):
    now = timezone.now()
    make_draft(make_news(zuid, "Van Zuid"), title="Concept van Zuid")
    make_event(zuid, "Dag van Zuid", start=now + DAY)
    assert "Zuid" not in first_screen(noord_client)


def test_editor_of_two_regions_sees_both(client, django_user_model, noord, zuid, first_screen):
    editor = django_user_model.objects.get(email="noord@example.org")
    editor.groups.add(zuid.access.group)
    client.force_login(editor)
    shown = first_screen(client)
    assert "Mijn regio: Noord" in shown
    assert "Mijn regio: Zuid" in shown


def test_national_editor_sees_the_week_and_the_silent_regions(national_client, home, noord, zuid, first_screen):
    now = timezone.now()
    make_news(noord, date=timezone.localdate())
    make_event(zuid, "Open dag", start=now + DAY, date=timezone.localdate())
    later = make_news(noord, "Komt nog")
    later.unpublish()
    schedule(later, go_live_at=now + DAY)
    make_draft(home, title="Nieuwe voorpagina")
    shown = first_screen(national_client)
    assert "Er staat een concept van de homepage klaar." in shown
    for text in ("Open dag", "Komt nog", "<strong>2</strong> actief", "<strong>0</strong> stil"):
        assert text in shown
    assert "Mijn regio" not in shown


def test_regional_editor_has_no_national_desk(noord_client, first_screen):
    assert "Het langst stil" not in first_screen(noord_client)


@pytest.mark.parametrize("email", ["noord@example.org", "landelijk@example.org"])
def test_first_screen_costs_the_same_for_more(client, django_user_model, noord, zuid, email, count_queries):
    editor = django_user_model.objects.get(email=email)
    client.force_login(editor)

    def fill():
        now = timezone.now()
        for region in (noord, zuid):
            nominate(make_news(region), editor)
            make_draft(make_news(region), title="Concept")
            make_event(region, start=now + DAY)
            schedule(make_news(region), expire_at=now + DAY)
            later = make_news(region)
            later.unpublish()
            schedule(later, go_live_at=now + DAY)

    fill()
    few = count_queries(client, reverse("wagtailadmin_home"))
    fill()
    assert count_queries(client, reverse("wagtailadmin_home")) == few
