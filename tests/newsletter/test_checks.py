"""What an editor is told of an issue before it is sent."""

import datetime

import pytest
from django.utils import timezone

from newsletter.checks import LARGE
from newsletter.links import ask_all, forget_answers, links_elsewhere, unasked
from newsletter.models import LinkCheck
from newsletter.rendering import render
from tests.agenda.registering import make_open_event, register
from tests.factories import (
    make_document,
    make_draft,
    make_event,
    make_image,
    make_issue,
    make_news,
    make_newsletter,
    make_question,
)
from tests.receiver import Receiver, answer

from .blocks import automatic, block, button, choice, item, link_to, question, text


def findings(issue):
    return [finding.message for finding in render(issue).warnings]


def errors(issue):
    return [finding.message for finding in render(issue).warnings if finding.blocks_sending]


@pytest.fixture
def sound(newsletter, noord):
    """Blocks with nothing to say of."""
    return [item(make_news(noord, "Lasrobot in de klas", summary="Leerlingen leren lassen."), topic="Lasrobot")]


def test_sound_issue_has_no_findings(newsletter, sound):
    assert findings(make_issue(newsletter, sound)) == []


def test_empty_issue_can_not_be_sent(newsletter):
    assert errors(make_issue(newsletter)) == ["Er staat nog niets in de mail."]


def test_page_that_is_not_online_blocks_sending(newsletter, sound, noord):
    offline, deleted = make_news(noord, "Gaat nog"), make_news(noord, "Weg")
    linked = make_news(noord, "Gelinkt")
    blocks = [item(offline), item(deleted), text(f"<p>Lees {link_to(linked, 'dit')}.</p>", "Leestip"), *sound]
    issue = make_issue(newsletter, blocks)
    assert errors(issue) == []

    offline.unpublish(), linked.unpublish()
    deleted.delete()
    issue.refresh_from_db()
    assert errors(issue) == [
        "In ‘Bericht’ staat een pagina die verwijderd is, of nog geen.",
        "‘Gaat nog’, in ‘Gaat nog’, staat niet online.",
        "‘Gelinkt’, in ‘Leestip’, staat niet online.",
    ]


def test_draft_that_was_never_published_blocks_sending(newsletter, sound, noord):
    never = make_news(noord, "Concept", live=False)
    never.unpublish()
    make_draft(never, title="Concept twee")
    assert len(errors(make_issue(newsletter, [button("Lees het concept", never), *sound]))) == 1


def test_newsletter_of_a_region_has_nothing_of_another(noord, zuid, home):
    own, national, foreign = make_news(noord), make_news(home), make_news(zuid)
    newsletter = make_newsletter(noord)
    assert errors(make_issue(newsletter, [item(own), item(national)])) == []
    issue = make_issue(newsletter)
    issue.body = [item(foreign, title="Van Zuid")]
    assert errors(issue) == ["In ‘Van Zuid’ staat iets van een andere regio."]


def test_block_with_nothing_to_say_is_told_of(newsletter, sound):
    blocks = [automatic("news", title="Nieuws van de maand"), *sound]
    found = findings(make_issue(newsletter, blocks, date=datetime.date(2020, 1, 1)))
    assert found == ["‘Nieuws van de maand’ heeft niets te melden; het blok is niet te zien."]


def test_subject_and_preheader_have_a_length(newsletter, sound):
    [found] = findings(make_issue(newsletter, sound, subject="o" * 61))
    assert found.startswith("Het onderwerp is 61 tekens lang")
    [found] = findings(make_issue(newsletter, sound, preheader="v" * 101))
    assert found.startswith("Het voorproefje is 101 tekens lang")


def test_without_preheader_the_topics_are_it(newsletter, sound, noord):
    rendered = render(make_issue(newsletter, [*sound, item(make_news(noord), topic="Nog iets")]))
    assert rendered.preheader == "Lasrobot | Nog iets"
    blocks = [(kind, value | {"topic": ""}) for kind, value in sound]
    assert findings(make_issue(newsletter, blocks)) == [
        "Er is geen voorproefje, en geen blok heeft een trefwoord (achter het tandwiel van het blok)."
    ]


def test_same_words_for_different_links_are_told_of(newsletter, noord, sound):
    blocks = [item(make_news(noord), link_text="Lees meer"), item(make_news(noord), link_text="lees meer"), *sound]
    assert findings(make_issue(newsletter, blocks)) == [
        "De linktekst ‘Lees meer’ leidt naar 2 verschillende plekken. Zeg bij elk waar heen.",
        "De linktekst ‘lees meer’ leidt naar 2 verschillende plekken. Zeg bij elk waar heen.",
    ]


def test_heading_without_one_above_it_is_told_of(newsletter, sound):
    blocks = [text("<h3>Klein</h3><p>Tekst.</p>", title=""), *sound]
    assert findings(make_issue(newsletter, blocks)) == [
        "Boven de kop ‘Klein’ ontbreekt een grotere kop: geef het blok een kop."
    ]


def test_picture_without_words_is_told_of(newsletter, sound):
    image = make_image("Foto", description="")
    image.contextual_alt_text, image.decorative = "", True
    issue = make_issue(newsletter, [text("<p>Tekst.</p>", image=image), *sound])
    assert findings(issue) == ["Aantal afbeeldingen zonder alternatieve tekst: 1. Wie ze niet ziet, mist ze."]


def test_large_mail_is_told_of_and_larger_is_not_sent(newsletter, sound):
    large = [text(f"<p>{'woord ' * (LARGE // 6)}</p>"), *sound]
    [finding] = render(make_issue(newsletter, large)).warnings
    assert not finding.blocks_sending
    assert "Gmail" in finding.message
    [message] = errors(make_issue(newsletter, [*large, *large]))
    assert message.endswith("haal blokken weg.")


def test_wording_is_looked_at(newsletter, sound, noord):
    day = "<p>Kom op 7 december .</p><p>Of op 8 december 2026.</p>"
    blocks = [text(day, "VEELGESTELDE VRAGEN"), item(make_news(noord, "STO LIVE")), *sound]
    assert findings(make_issue(newsletter, blocks)) == [
        "‘7 december’ staat er zonder jaar; wie de nieuwsbrief later leest, weet dan niet wanneer.",
        "Er staat een spatie te veel voor het leesteken in ‘december .’.",
        "‘VEELGESTELDE VRAGEN’ staat in hoofdletters; dat leest als roepen.",
    ]


def test_own_address_that_is_not_there_is_told_of(newsletter, sound):
    link = '<a href="http://cms.test/bestaat-niet/">dit</a>'
    issue = make_issue(newsletter, [text(f"<p>Lees {link}.</p>"), *sound])
    assert findings(issue) == ["Er is geen pagina op /bestaat-niet/ van onze site."]


def test_document_is_no_page_that_is_not_there(newsletter, sound):
    answer = f'<p>Zie <a linktype="document" id="{make_document().pk}">het formulier</a>.</p>'
    faq = make_question("Waar staat het?", answer)
    assert findings(make_issue(newsletter, [*sound, question(faq)])) == []


def test_address_that_is_too_long_to_keep_is_not_asked(newsletter, sound):
    address = "https://example.org/?" + "a" * 2000
    issue = make_issue(newsletter, [text(f'<p>Lees <a href="{address}">dit</a>.</p>'), *sound])
    assert links_elsewhere(render(issue).links) == []


def test_addresses_elsewhere_are_asked_on_request(newsletter, sound, settings):
    settings.WEBHOOK_ALLOW_LOOPBACK = True
    with Receiver(answer(200)) as good, Receiver(answer(404)) as gone:
        words = f'<a href="{good.url}">goed</a> en <a href="{gone.url}#deel">weg</a>'
        issue = make_issue(newsletter, [text(f"<p>{words}</p>"), *sound])
        links = render(issue).links
        assert findings(issue) == []
        assert links_elsewhere(links) == unasked(links_elsewhere(links)) == [good.url, f"{gone.url}#deel"]

        ask_all(links_elsewhere(links))

    assert unasked(links_elsewhere(links)) == []
    assert findings(issue) == [f"{gone.url}#deel antwoordde niet toen het werd nagekeken: 404."]
    assert LinkCheck.objects.get(url=good.url).checked_at <= timezone.now()


def test_old_answer_is_forgotten(db):
    for days in (29, 31):
        moment = timezone.now() - datetime.timedelta(days=days)
        LinkCheck.objects.create(url=f"https://example.org/{days}", status=404, checked_at=moment)
    forget_answers()
    assert [check.url for check in LinkCheck.objects.all()] == ["https://example.org/29"]


def test_address_within_our_network_is_not_asked(db):
    ask_all(["https://10.0.0.1/", "https://127.0.0.1/"])
    assert [check.status for check in LinkCheck.objects.all()] == [None, None]
    assert "geen openbaar adres" in LinkCheck.objects.first().error


def test_event_of_an_issue_can_be_cancelled_after_it_was_chosen(newsletter, noord):
    event = make_event(noord, "Open dag", cancelled=True)
    rendered = render(make_issue(newsletter, [block("events", title="Agenda", items=[choice(event)])]))
    assert "gaat niet door" in rendered.html
    assert "gaat niet door" in rendered.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"registration_opens_at": timezone.now() + datetime.timedelta(days=2)}, "aanmelden kan nog niet"),
        ({"capacity": 1, "waiting_list": False}, "vol"),
        ({"capacity": 1, "waiting_list": True}, "vol, wel een wachtlijst"),
    ],
)
def test_event_of_an_issue_says_why_one_has_no_place(newsletter, noord, fields, words):
    event = make_open_event(noord, **fields)
    if "capacity" in fields:
        register(event)
    rendered = render(make_issue(newsletter, [block("events", title="Agenda", items=[choice(event)])]))
    assert f" · {words}\n" in rendered.text
