"""An issue as mail: its HTML and its text."""

import datetime
import re
from pathlib import Path

import html5lib
import pytest
import time_machine
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.models import HomePage
from newsletter.models import NewsletterPage
from newsletter.rendering import UNSUBSCRIBE_URL, render
from regions.models import RegionPage
from tests.factories import (
    make_event,
    make_image,
    make_issue,
    make_news,
    make_newsletter,
    make_question,
    make_series,
    make_story,
)

from .blocks import automatic, block, button, events, item, link_to, question, series, stories, text
from .mail_reader import MailReader

GOLDEN = Path(__file__).parent / "golden"
NOW = datetime.datetime(2026, 3, 1, 9, tzinfo=datetime.UTC)
RICH = (
    "<p>Kom <b>kijken</b>, <i>luisteren</i> &amp; vragen op <a href='https://example.org/?a=1&amp;b=2'>de dag</a>.</p>"
    "<h3>Neem mee</h3><ul><li>papier</li><li>een <b>pen</b></li></ul><ol><li>eerst dit</li><li>dan dat</li></ol>"
)


def picture(name, **fields):
    image = make_image(name, width=600, height=400, **fields)
    image.contextual_alt_text, image.decorative = image.description, False
    return image


def make_full_issue():
    """One with a block of every kind, of which nothing depends on what other tests made."""
    home, noord = HomePage.objects.get(), RegionPage.objects.get(slug="noord")
    newsletter = make_newsletter(
        home, "Nieuwsbrief STO", contact_text='<p>Mail <a href="mailto:a@example.org">ons</a>.</p>'
    )
    start = timezone.make_aware(datetime.datetime(2026, 4, 9, 13, 30))
    webinar = make_event(home, "Webinar over robots", start, online=True, registration_url="https://example.org/kom")
    make_event(home, "Landelijke dag", start + datetime.timedelta(days=60), venue="Evoluon", city="Eindhoven")
    visit = make_event(noord, "Open avond", start + datetime.timedelta(days=30), venue="Techlab Noord", city="Delfzijl")
    news = make_news(noord, "Lasrobot in de klas", summary="Leerlingen <lassen> & meten.", image=picture("lasrobot"))
    listed = make_news(home, "Nieuw in het land", datetime.date(2026, 2, 2), summary="Het staat er vanzelf.")
    first, second = (make_story(noord, title, image=picture(title)) for title in ("Escaperoom", "Foodtruck"))
    reeks, [part, _later] = make_series(home, "Deel een", "Deel twee", summary="Een reeks in twee delen.")
    make_news(home, "Net binnen", datetime.date(2026, 2, 12), summary="Een bericht voor de lijst.")
    faq = make_question("Mag het tarief omhoog?", f"<p>Ja. Lees {link_to(listed, 'het nieuws')}.</p>")
    figure = {"image": picture("werkplaats"), "caption": "De nieuwe werkplaats"}
    blocks = [
        block("lead", topic="", text="<p>Een korte opening.</p>", image=picture("opening")),
        series(reeks, part, topic="Nieuwe reeks"),
        button("Doe mee", news, title="Laat uw techlab zien", html=RICH, image=picture("techlab")),
        item(news, topic="Lasrobot"),
        text(RICH, "Naast elkaar", picture("naast"), "beside"),
        question(faq, topic="Tarief"),
        item(webinar),
        events(webinar, visit),
        stories(first, second),
        block("picture", figure=figure),
        automatic("news", title="Ook nieuw"),
        automatic("events", title="Verder in de agenda"),
        item(listed, visibility="web", title="Alleen op de site"),
    ]
    return make_issue(newsletter, blocks, "Robots in de klas & meer", number=3, preheader="Kijk mee in de techlabs")


@pytest.fixture(scope="module")
def rendered(django_db_setup, django_db_blocker):
    """Made once for all that only read it."""
    with django_db_blocker.unblock(), transaction.atomic(), time_machine.travel(NOW, tick=False):
        rendered = render(make_full_issue())
        transaction.set_rollback(True)
    return rendered


@pytest.mark.parametrize("kind", ["html", "text"])
def test_issue_looks_as_it_did(rendered, kind):
    """To renew the golden files after looking at what changed, delete them and run this test."""
    # What other tests made gives the files of pictures other names.
    shown = re.sub(r"(/images/\w+?)(?:_\w{7})?(\.width)", r"\1\2", getattr(rendered, kind))
    file = GOLDEN / f"issue.{kind}"
    if not file.exists():
        file.write_text(shown)
        pytest.fail(f"{file} was written anew")
    assert shown == file.read_text()


def test_html_is_sound(rendered):
    parser = html5lib.HTMLParser(strict=True)  # raises for what a browser would have to mend
    document = parser.parse(rendered.html)
    assert document.get("lang") == "nl"


def test_headings_are_in_order(rendered):
    levels = [heading.level for heading in MailReader(rendered.html).headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_every_link_and_picture_is_absolute_and_ours_or_the_editors(rendered):
    reader = MailReader(rendered.html)
    ours = (settings.WAGTAILADMIN_BASE_URL + "/", UNSUBSCRIBE_URL, "mailto:a@example.org", "https://example.org/")
    assert [link for link in reader.links if not link.url.startswith(ours)] == []
    assert [one for one in reader.pictures if not one.url.startswith(settings.WAGTAILADMIN_BASE_URL + "/")] == []
    assert {one.url.rpartition(".")[2] for one in reader.pictures} == {"jpg"}
    # Nothing else is fetched: no fonts, no styles, no pixel.
    fetched = re.findall(r"""(?:src|srcset|background)=["'](.*?)["']|url\((.*?)\)|@import""", rendered.html)
    assert {"".join(found) for found in fetched} == {one.url for one in reader.pictures}


def test_pictures_have_size_and_words(rendered):
    tags = re.findall(r"<img [^>]*>", rendered.html)
    assert len(tags) == 7
    for tag in tags:
        assert re.search(r' width="\d+"', tag), tag
        assert re.search(r' height="\d+"', tag), tag
        assert re.search(r' alt="Beschrijving', tag), tag


def test_text_has_all_that_the_mail_has(rendered):
    reader = MailReader(rendered.html)
    for heading in reader.headings[1:]:
        assert heading.text in rendered.text
    assert {link.url for link in reader.links} <= set(re.findall(r"(?:https?://|a@)[^\s)]+", rendered.text)) | {
        "mailto:a@example.org"
    }
    assert "&" in rendered.text
    assert "&amp;" not in rendered.text
    assert "Leerlingen <lassen> & meten." in rendered.text


def test_cards_are_read_one_after_the_other(rendered):
    for shown in (rendered.html, rendered.text):
        places = [shown.index(words) for words in ("‘Escaperoom’", "‘Foodtruck’")]
        assert shown.index("Escaperoom") < places[0] < shown.rindex("Foodtruck", 0, places[1]) < places[1]


def test_date_on_a_tile_has_its_year_beside_it(rendered):
    assert "9 / 4" in rendered.html
    assert "donderdag 9 april 2026, 13.30 uur" in rendered.html
    assert "donderdag 9 april 2026, 13.30 uur" in rendered.text


def test_web_is_what_the_api_says(api):
    issue = make_full_issue()
    with time_machine.travel(NOW, tick=False):
        rendered = render(issue)
        shown = api(f"pages/{issue.pk}/")
    assert {name: shown[name] for name in rendered.web} == rendered.web


def test_mail_without_anything_has_its_frame(newsletter):
    rendered = render(make_issue(newsletter, title="Leeg nummer", salutation=""))
    assert rendered.subject == "Leeg nummer"
    assert "LEEG NUMMER" in rendered.text


def test_what_no_mail_can_hold_is_left_out(newsletter, noord):
    news = make_news(noord, "Een\x0bkop met een \x00 erin".replace("\x00", ""), summary="Tab\tmag")
    rendered = render(make_issue(newsletter, [item(news)], title="Bel\x07"))
    assert "Eenkop met een" in rendered.html


def test_subject_is_one_line(newsletter):
    assert render(make_issue(newsletter, title="Nummer", subject="Twee\nregels\x07")).subject == "Twee regels"


def test_many_blocks_take_the_queries_of_few(newsletter, home, noord):
    def issue_of(number):
        blocks = []
        for count in range(number):
            blocks += [item(make_news(noord)), item(make_event(noord)), text("<p>Tekst</p>"), automatic("news")]
            blocks += [stories(make_story(noord), make_story(home)), events(make_event(home), make_event(noord))]
            blocks += [question(make_question(f"Vraag {count} van {number}?")), button("Verder", make_news(noord))]
            blocks += [text(f"<p>{link_to(make_news(home), 'Lees')}</p>"), automatic("events")]
        return make_issue(newsletter, blocks)

    def queries(issue):
        render(issue)
        with CaptureQueriesContext(connection) as captured:
            render(NewsletterPage.objects.get(pk=issue.pk))
        return len(captured)

    assert queries(issue_of(2)) == queries(issue_of(4))
