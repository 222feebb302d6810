"""The screens of the admin: nothing that Wagtail says in English is left over, and all forms can be sent."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
import wagtail
from django.urls import reverse

from home.nomination import nominate
from newsletter.freezing import freeze, publish
from regions.people.invitations import invite
from tests.factories import make_event, make_issue, make_news, make_newsletter, make_user
from tests.newsletter.blocks import item, text

SAID = re.compile(r'^msgid "(.+)"$', re.MULTILINE)
# What Wagtail's own listings and forms say past its translations, not in what one sees.
KNOWN = {"Actions", "None"}
TRANSLATED = re.compile(r'^msgid "(.+)"\n(?:msgid_plural .*\n)?msgstr(?:\[0\])? "(.+)"$', re.MULTILINE)


def catalogue(language):
    return "\n".join(path.read_text() for path in Path(wagtail.__file__).parent.rglob(f"locale/{language}/**/*.po"))


@pytest.fixture(scope="session")
def english():
    """All that Wagtail says and says otherwise in Dutch, or has no Dutch for."""
    dutch = dict(TRANSLATED.findall(catalogue("nl")))
    return {said for said in SAID.findall(catalogue("en")) if dutch.get(said) != said}


class Texts(HTMLParser):
    """What is read of a page: its text, and the names of what has no text."""

    def __init__(self):
        super().__init__()
        self.found = set()
        self.inside = []

    def handle_starttag(self, tag, attributes):
        self.inside.append(tag)
        self.found |= {value for name, value in attributes if name in ("aria-label", "title", "placeholder") and value}

    def handle_endtag(self, tag):
        if tag in self.inside:
            del self.inside[len(self.inside) - 1 - self.inside[::-1].index(tag) :]

    def handle_data(self, data):
        if not {"script", "style"} & set(self.inside):
            self.found.add(" ".join(data.split()))


def texts_of(html):
    parser = Texts()
    parser.feed(html)
    return parser.found


@pytest.fixture
def screens(home, noord, zuid, django_user_model):
    """The addresses of our screens, with something to show on each."""
    national = django_user_model.objects.get(email="landelijk@example.org")
    news, event = make_news(noord), make_event(noord)
    nomination = nominate(news, national)
    invite(noord, "nieuw@example.org", by=national)
    editor = make_user("tweede@example.org", noord.access.group)
    names = ["wagtailadmin_home", "activity_report", "nominations:index", "people:index", "people:invite"]
    names += ["people:invitations", "webhooks:index", "webhooks:add", "webhook-deliveries:index"]
    names += ["item_chooser:choose"]
    newsletter = make_newsletter(home)
    frozen = make_issue(newsletter, [item(news)])
    publish(freeze(frozen, national), national)
    issue = make_issue(
        newsletter, [item(news), text('<p><a href="https://example.org/">Elders</a></p>')], subject="o" * 70
    )
    edited = [home, noord, news, event, newsletter, issue, frozen]
    return [
        *(reverse(name) for name in names),
        *(reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in edited),
        *(reverse("wagtailadmin_explore", args=[page.pk]) for page in edited[:2]),
        reverse("nominate", args=[event.pk]),
        reverse("wagtailadmin_pages:add", args=["newsletter", "newsletterpage", newsletter.pk]),
        reverse("runs:send", args=[issue.pk]),
        reverse("correct_issue", args=[frozen.pk]),
        reverse("nominations:decline", args=[nomination.pk]),
        reverse("people:person", args=[editor.pk]),
        reverse("people:hand_over", args=[editor.pk]),
        *("/admin/nieuws/", "/admin/agenda/", "/admin/verhalen/", "/admin/snippets/home/faqcategory/"),
    ]


def test_screens_are_in_dutch(national_client, screens, english):
    left_over = {}
    for address in screens:
        answer = national_client.get(address)
        assert answer.status_code == 200, address
        is_dialogue = answer["Content-Type"] == "application/json"
        html = answer.json()["html"] if is_dialogue else answer.text
        if found := texts_of(html) & english - KNOWN:
            left_over[address] = found
    assert left_over == {}


class Forms(HTMLParser):
    """The forms that post, each as whether it has the token without which Django refuses it."""

    def __init__(self):
        super().__init__()
        self.have_token = []
        self.is_inside = False

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            by_script = given.get("class") == "w-editing-sessions"  # Wagtail's own, which sends the token as a header
            self.is_inside = given.get("method", "").lower() == "post" and not by_script
            if self.is_inside:
                self.have_token.append(False)
        elif self.is_inside and given.get("name") == "csrfmiddlewaretoken":
            self.have_token[-1] = bool(given["value"])

    def handle_endtag(self, tag):
        if tag == "form":
            self.is_inside = False


def forms_without_token(client, addresses):
    """Those of each screen that has any, after checking that there is something to send at all."""
    have_token = {}
    for address in addresses:
        forms = Forms()
        forms.feed(client.get(address).text)
        have_token[address] = forms.have_token
    assert any(have_token.values())
    return {address: found for address, found in have_token.items() if not all(found)}


def test_every_form_can_be_sent(national_client, screens):
    assert forms_without_token(national_client, screens) == {}


def test_forms_of_a_regional_editor_can_be_sent(noord_client, screens):
    assert forms_without_token(noord_client, [reverse("wagtailadmin_home")]) == {}
