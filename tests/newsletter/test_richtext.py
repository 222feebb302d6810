"""Whatever an editor makes in the editor of rich text, the mail can hold."""

import json
import re

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from newsletter.blocks import FEATURES
from newsletter.mjml import convert
from newsletter.rendering import render
from newsletter.richtext import to_mail_html, to_text
from tests.factories import make_issue

from .blocks import text

KINDS = ["unstyled", "header-three", "unordered-list-item", "ordered-list-item"]
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
ADDRESSES = st.sampled_from(
    ["https://example.org/?a=1&b=2", "mailto:a@example.org", "tel:+31", "/", "javascript:alert(1)"]
)


@st.composite
def content_states(draw):
    """What Draftail sends to the server: paragraphs, headings and lists, with bold, italic and links anywhere."""
    blocks, entities = [], {}
    for number in range(draw(st.integers(1, 5))):
        words = draw(WORDS)
        span = st.tuples(st.integers(0, len(words) - 1), st.integers(1, len(words)))
        styles = draw(st.lists(st.tuples(st.sampled_from(["BOLD", "ITALIC"]), span), max_size=3))
        links = draw(st.lists(st.tuples(ADDRESSES, span), max_size=1))
        ranges = []
        for url, (offset, length) in links:
            key = len(entities)
            data = {"id": 1, "url": "/", "parentId": None} if url == "/" else {"url": url}
            entities[str(key)] = {"type": "LINK", "mutability": "MUTABLE", "data": data}
            ranges.append({"key": key, "offset": offset, "length": length})
        kind = draw(st.sampled_from(KINDS))
        depth = draw(st.integers(0, 2)) if "list" in kind else 0
        inline = [{"style": style, "offset": offset, "length": length} for style, (offset, length) in styles]
        blocks.append(
            {"key": str(number), "text": words, "type": kind, "depth": depth}
            | {"inlineStyleRanges": inline, "entityRanges": ranges}
        )
    return json.dumps({"blocks": blocks, "entityMap": entities})


@pytest.fixture
def issue(newsletter):
    return make_issue(newsletter)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(state=content_states())
def test_whatever_the_editor_makes_the_mail_holds(issue, state):
    html = ContentstateConverter(features=FEATURES).to_database_format(state)
    issue.body = [text(html)]

    rendered = render(issue)

    html5lib.HTMLParser(strict=True).parse(rendered.html)
    assert "javascript:" not in rendered.html
    assert rendered.text.strip()
    pieces = html5lib.parseFragment(html, namespaceHTMLElements=False).itertext()
    words = (word for piece in pieces for word in piece.split())
    assert [word for word in words if word.isalnum() and word not in rendered.text] == []


@pytest.mark.parametrize(
    ("html", "mail", "plain"),
    [
        ("<p>a<br>b</p>", "<p>a<br/>b</p>", "a\nb"),
        ("<p>1 &lt; 2 &amp; 3</p>", "<p>1 &lt; 2 &amp; 3</p>", "1 < 2 & 3"),
        ("<h2>Kop</h2><p>x</p>", "<h3>Kop</h3><p>x</p>", "Kop\n\nx"),
        ("<strong>v</strong><em>s</em>", "<b>v</b><i>s</i>", "vs"),
        ("<p><u>weg</u><script>x</script></p>", "<p>wegx</p>", "wegx"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n  - b"),
        ("<ol><li>a</li><li>b</li></ol>", "<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ('<a href="/x/">hier</a>', '<a href="http://cms.test/x/">hier</a>', "hier (http://cms.test/x/)"),
        ('<a href="mailto:a@b.nl">a@b.nl</a>', '<a href="mailto:a@b.nl">a@b.nl</a>', "a@b.nl"),
        ("<p>open", "<p>open</p>", "open"),
        ("<b><i>over</b></i>", "<b><i>over</i></b>", "over"),
        ("", "", ""),
    ],
)
def test_rich_text_in_mail_and_as_text(html, mail, plain):
    assert re.sub(r' style="[^"]*"', "", to_mail_html(html)) == mail
    assert to_text(html) == plain


def test_mail_html_is_well_formed():
    content = to_mail_html("<p>a<br>b <a href='x?a=1&b'>c</a><ul><li>d")
    assert (
        "d"
        in convert(
            f"<mjml><mj-body><mj-section><mj-column><mj-text>{content}</mj-text></mj-column></mj-section></mj-body></mjml>"
        ).html
    )
