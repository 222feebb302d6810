"""Newsletters and their issues: writing them in the admin, and what the API says of them."""

import datetime

from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from newsletter.models import NewsletterIndexPage, NewsletterPage
from tests.factories import make_draft, make_event, make_issue, make_news, make_newsletter, make_question, make_story

from .blocks import automatic, button, item, question, stories

FORM = {"summary": "", "image": "", "seo_title": "", "search_description": "", "action-publish": "1"}
NEWSLETTER = {
    "sender_name": "Regio Noord",
    "reply_to": "",
    "questions_title": "",
    "questions_text": "",
    "questions_link_text": "",
    "contact_title": "",
    "contact_text": rich_text(""),
}
ISSUE = {"number": 1, "date": "01-12-2026", "subject": "", "preheader": "", "salutation": "Beste lezer,"}


def body_of(api, issue):
    return api(f"pages/{issue.pk}/")["body"]


def test_regional_editor_makes_a_newsletter_and_an_issue(noord_client, noord, api):
    url = reverse("wagtailadmin_pages:add", args=["newsletter", "newsletterindexpage", noord.pk])
    response = noord_client.post(url, FORM | NEWSLETTER | {"title": "Nieuwsbrief Noord", "slug": "nieuwsbrief"})
    assert response.status_code == 302, response.context["form"].errors

    newsletter = NewsletterIndexPage.objects.get()
    news = make_news(noord, "Lasrobot in de klas")
    own = {"title": "", "summary": "", "image": "", "link_text": "", "topic": "Robots", "visibility": "both"}
    body = streamfield([("item", {"page": news.pk, **own})])
    url = reverse("wagtailadmin_pages:add", args=["newsletter", "newsletterpage", newsletter.pk])
    issue = FORM | ISSUE | {"title": "Winter", "slug": "winter", "body": body, "comments": inline_formset([])}
    response = noord_client.post(url, nested_form_data(issue))
    assert response.status_code == 302, response.context["form"].errors

    shown = api(f"pages/{NewsletterPage.objects.get().pk}/")
    assert (shown["number"], shown["topics"][0]["text"]) == (1, "Robots")
    assert [one["value"]["page"]["title"] for one in shown["body"]] == ["Lasrobot in de klas"]


def test_sender_is_for_national_editors_to_change(noord_client, noord):
    newsletter = make_newsletter(noord)
    form = noord_client.get(reverse("wagtailadmin_pages:edit", args=[newsletter.pk])).text
    assert 'name="sender_name"' in form
    assert 'name="sender_email"' not in form
    assert newsletter.sender == "Nieuwsbrief <info@localhost>"


def test_item_shows_the_page_as_it_is_and_what_the_editor_made_of_it(api, newsletter, noord):
    news = make_news(noord, "Lasrobot", summary="Leerlingen lassen.")
    issue = make_issue(newsletter, [item(news), item(news, title="Kijk", link_text="Kijk mee met de lasrobot")])

    plain, own = (one["value"] for one in body_of(api, issue))
    assert (plain["page"]["title"], plain["page"]["summary"]) == ("Lasrobot", "Leerlingen lassen.")
    assert plain["link"] == {"text": "Lees ‘Lasrobot’", "url": "/regio/noord/nieuws/lasrobot/"}
    assert (own["page"]["title"], own["page"]["summary"]) == ("Kijk", "Leerlingen lassen.")
    assert own["link"]["text"] == "Kijk mee met de lasrobot"


def test_issue_follows_its_pages_until_it_is_frozen(api, newsletter, noord):
    news = make_news(noord, "Lasrobot")
    issue = make_issue(newsletter, [item(news), stories(news, make_story(noord, "Blijft"))])

    news.title = "Lasrobots"
    news.save_revision().publish()
    assert body_of(api, issue)[0]["value"]["page"]["title"] == "Lasrobots"

    news.unpublish()
    [shown] = body_of(api, issue)
    assert [one["page"]["title"] for one in shown["value"]["items"]] == ["Blijft"]


def test_draft_never_shows(api, newsletter, noord):
    news = make_news(noord, "Openbaar")
    make_draft(news, title="Geheim")
    never = make_news(noord, "Nooit")
    never.unpublish()
    issue = make_issue(newsletter, [item(news), item(never), button("Verder", never, title="Oproep")])
    make_draft(issue, title="Geheim nummer")

    shown = api(f"pages/{issue.pk}/")
    assert "Geheim" not in str(shown)
    assert "Nooit" not in str(shown)
    assert [one["type"] for one in shown["body"]] == ["item", "button"]
    assert shown["body"][1]["value"]["button"] is None


def test_what_is_for_the_mail_alone_is_not_on_the_site(api, newsletter, noord):
    news = make_news(noord)
    blocks = [item(news, topic=where, visibility=where) for where in ("mail", "web", "both")]
    shown = api(f"pages/{make_issue(newsletter, blocks).pk}/")
    assert [topic["text"] for topic in shown["topics"]] == ["web", "both"]
    assert [topic["block"] for topic in shown["topics"]] == [one["id"] for one in shown["body"]]


def test_automatic_list_holds_what_is_new_since_the_last_issue(api, newsletter, home, noord):
    make_issue(newsletter, date=datetime.date(2026, 2, 1))
    for day, title in ((1, "Stond er al"), (2, "Nieuw"), (20, "Gekozen"), (28, "Nieuwer")):
        make_news(home, title, datetime.date(2026, 2, day))
    make_news(home, "Na dit nummer", datetime.date(2026, 3, 2))
    make_news(noord, "Van een regio", datetime.date(2026, 2, 10))
    chosen = home.get_descendants().get(title="Gekozen")
    issue = make_issue(newsletter, [item(chosen), automatic("news")], date=datetime.date(2026, 3, 1))

    assert [one["page"]["title"] for one in body_of(api, issue)[1]["value"]["items"]] == ["Nieuwer", "Nieuw"]


def test_automatic_list_of_a_region_holds_its_own_news(api, noord, zuid, home):
    for region in (noord, zuid, home):
        make_news(region, f"Van {region.title}", datetime.date(2026, 2, 10))
    issue = make_issue(make_newsletter(noord), [automatic("news")])
    assert [one["page"]["title"] for one in body_of(api, issue)[0]["value"]["items"]] == ["Van Noord"]


def test_automatic_list_changes_when_something_is_published(api, newsletter, home):
    issue = make_issue(newsletter, [automatic("news")])
    assert body_of(api, issue) == []
    make_news(home, "Net geplaatst", datetime.date(2026, 2, 10))
    assert len(body_of(api, issue)[0]["value"]["items"]) == 1


def test_events_say_when_and_whether_one_can_register(api, newsletter, noord):
    url = "https://example.org/aanmelden"
    event = make_event(
        noord, "Open dag", registration_url=url, start=datetime.datetime(2099, 3, 12, 13, tzinfo=datetime.UTC)
    )
    issue = make_issue(newsletter, [item(event)])
    shown = body_of(api, issue)[0]["value"]
    assert shown["link"]["text"] == "Meld u aan voor ‘Open dag’"
    assert shown["event"]["start"] == "2099-03-12T14:00:00+01:00"


def test_question_comes_with_its_answer(api, newsletter, home):
    faq = make_question("Mag het?", "<p>Ja, <b>altijd</b>.</p>")
    shown = body_of(api, make_issue(newsletter, [question(faq)]))[0]["value"]
    assert (shown["page"]["title"], shown["answer"]) == ("Mag het?", "<p>Ja, <b>altijd</b>.</p>")
    assert shown["link"] == {"text": "Meer veelgestelde vragen", "url": "/veelgestelde-vragen/"}


def test_footer_is_that_of_the_newsletter(api, newsletter):
    shown = api(f"pages/{make_issue(newsletter).pk}/")["footer"]
    assert shown["questions"]["link"]["url"] == "/veelgestelde-vragen/"
    assert shown["contact"]["text"] == '<p>Mail <a href="mailto:a@example.org">ons</a>.</p>'


def test_feed_of_issues(client, newsletter, noord):
    make_issue(newsletter, title="Voorjaar")
    make_news(noord, "Nieuws")
    feed = client.get("/api/v2/feeds/atom/?kind=nieuwsbrief").text
    assert "Voorjaar" in feed
    assert "<title>Nieuws</title>" not in feed
    assert "Voorjaar" not in client.get("/api/v2/feeds/atom/").text
