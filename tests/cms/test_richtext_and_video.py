"""Rich text on its way out, and addresses of videos."""

import pytest
from django.core.exceptions import ValidationError

from cms.richtext import clean_html
from cms.video import UnknownVideo, parse_video_url, validate_video_url
from tests.factories import make_document, make_news


def test_only_known_tags_are_left(db):
    html = '<h2 data-block-key="a">Kop</h2><p onclick="x()">Tekst <script>alert(1)</script><b>vet</b><img src="x"></p>'

    assert clean_html(html) == "<h2>Kop</h2><p>Tekst <b>vet</b></p>"


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_links_that_are_no_links_are_dropped_to_their_text(db, href):
    assert clean_html(f'<p><a href="{href}">klik</a></p>') == "<p>klik</p>"


def test_links_lead_to_public_pages_and_documents(noord):
    page, document = make_news(noord, "Doel"), make_document()
    html = (
        f'<p><a linktype="page" id="{page.pk}">bericht</a>, <a linktype="document" id="{document.pk}">bestand</a>, '
        f'<a linktype="page" id="999999">weg</a>, <a href="https://example.org/?a=1&amp;b=2">elders</a></p>'
    )

    assert clean_html(html) == (
        '<p><a href="/regio/noord/nieuws/doel/">bericht</a>, '
        f'<a href="http://cms.test{document.url}">bestand</a>, weg, '
        '<a href="https://example.org/?a=1&amp;b=2">elders</a></p>'
    )


@pytest.mark.parametrize(
    ("url", "video"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=10", ("youtube", "dQw4w9WgXcQ")),
        ("https://youtu.be/dQw4w9WgXcQ?si=x", ("youtube", "dQw4w9WgXcQ")),
        ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", ("youtube", "dQw4w9WgXcQ")),
        ("https://vimeo.com/76979871", ("vimeo", "76979871")),
        ("https://player.vimeo.com/video/76979871?h=1", ("vimeo", "76979871")),
    ],
)
def test_videos_are_recognised(url, video):
    assert parse_video_url(url) == video


@pytest.mark.parametrize(
    "url",
    [
        "https://video.example.com/76979871",
        "https://www.youtube.com/",
        "https://www.youtube.com/watch?v=kort",
        "https://youtube.com.example.org/watch?v=dQw4w9WgXcQ",
        "https://vimeo.com/over-ons",
        "",
    ],
)
def test_other_addresses_are_not(url):
    with pytest.raises(UnknownVideo):
        parse_video_url(url)
    with pytest.raises(ValidationError, match="YouTube of Vimeo"):
        validate_video_url(url)
