"""Rich text on its way out, and addresses of videos."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cms.richtext import clean_html
from cms.video import UnknownVideo, parse_video_url, validate_video_url
from tests.factories import make_document, make_image, make_news


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


def embedded_image(image, alt="Een robotarm", position="fullwidth"):
    """An image in running text, the way Wagtail's editor stores it."""
    return f'<embed alt="{alt}" embedtype="image" format="{position}" id="{image.pk}"/>'


def embedded_video(url):
    return f'<embed embedtype="media" url="{url}"/>'


def test_image_in_text_comes_in_the_sizes_of_a_column(db):
    image = make_image("arm", width=1800, height=1200, credit="Foto & co")

    html = clean_html(f"<p>Kijk:</p><p></p>{embedded_image(image, position='left')}<p></p><p>Mooi.</p>")

    media = "http://cms.test/media/images/arm"
    assert html == (
        f'<p>Kijk:</p><figure class="left"><img src="{media}.width-960.format-jpeg.jpg" '
        f'srcset="{media}.width-480.format-webp.webp 480w, {media}.width-960.format-webp.webp 960w" '
        'sizes="auto, 100vw" alt="Een robotarm" width="960" height="640" loading="lazy">'
        "<figcaption>Foto &amp; co</figcaption></figure><p>Mooi.</p>"
    )


def test_alt_text_of_an_image_in_text_is_escaped_and_may_be_empty(db):
    image = make_image(width=20, height=10)
    evil = "&quot; onerror=&quot;alert(1)&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"

    html = clean_html(embedded_image(image, alt=evil))

    assert 'alt="&quot; onerror=&quot;alert(1)&quot;&gt;&lt;script&gt;' in html
    assert html.count("<") == len(["<figure>", "<img>", "</figure>"])
    assert ' alt="" ' in clean_html(embedded_image(image, alt=""))


@pytest.mark.parametrize("pk", ["999999", "", "x", "1 or 1=1", "²"])
def test_image_in_text_that_is_not_there_leaves_nothing(db, pk):
    html = f'<p>Voor</p><embed alt="" embedtype="image" format="left" id="{pk}"/><p>Na</p>'

    assert clean_html(html) == "<p>Voor</p><p>Na</p>"


def test_image_in_text_whose_file_is_gone_leaves_nothing(db):
    image = make_image("Zoek")
    image.file.storage.delete(image.file.name)

    assert clean_html(f"<p>Voor</p>{embedded_image(image)}") == "<p>Voor</p>"


def test_position_that_the_editor_does_not_offer_is_full_width(db):
    image = make_image(width=20, height=10)

    assert clean_html(embedded_image(image, position="fixed")).startswith('<figure class="fullwidth">')


def test_many_images_in_text_take_as_many_queries_as_few(db, django_assert_num_queries):
    images = [make_image(width=20, height=10) for _ in range(8)]
    html = "".join(embedded_image(image) for image in images)
    clean_html(html)

    with django_assert_num_queries(2):
        assert clean_html(html[: len(html) // 2]).count("<img") == 4
    with django_assert_num_queries(2):
        assert clean_html(html).count("<img") == 8


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://tracker.example.org/pixel.gif">',
        '<IMG SRC="https://tracker.example.org/pixel.gif">',
        '<image src="https://tracker.example.org/pixel.gif">',
        '<figure class="left" data-provider="youtube" data-id="../../x"></figure>',
        '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>',
        '<embed embedtype="video" url="https://www.youtube.com/watch?v=dQw4w9WgXcQ"/>',
    ],
)
def test_images_and_videos_of_strangers_are_dropped(db, html):
    assert clean_html(f"<p>Voor</p>{html}") == "<p>Voor</p>"


def test_video_in_text_is_data_and_a_link(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        html = clean_html(embedded_video("https://youtu.be/dQw4w9WgXcQ?si=x"))

    assert html == (
        '<figure data-provider="youtube" data-id="dQw4w9WgXcQ">'
        '<a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ">Bekijk de video op YouTube</a></figure>'
    )
    assert clean_html(embedded_video("https://vimeo.com/76979871/8272103f6e")) == (
        '<figure data-provider="vimeo" data-id="76979871" data-hash="8272103f6e">'
        '<a href="https://vimeo.com/76979871/8272103f6e">Bekijk de video op Vimeo</a></figure>'
    )


@pytest.mark.parametrize("url", ["https://video.example.com/1", "javascript:alert(1)", ""])
def test_video_in_text_of_an_unknown_host_leaves_nothing(db, url):
    assert clean_html(f"<p>Voor</p>{embedded_video(url)}") == "<p>Voor</p>"


def test_editor_can_embed_a_video_without_anybody_asking_its_host(noord_client):
    response = embed(noord_client, "https://www.youtube.com/watch?v=dQw4w9WgXcQ")

    assert response.json()["step"] == "embed_chosen"
    assert response.json()["embed_data"] == {
        "embedType": "video",
        "url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "providerName": "YouTube",
        "authorName": "",
        "thumbnail": "",
        "title": "Video op YouTube",
    }


def test_other_embeds_are_refused_in_dutch(noord_client):
    response = embed(noord_client, "https://www.instagram.com/p/abc/")

    assert response.json()["step"] == "chooser"
    assert "Kan geen embed voor deze URL vinden." in response.json()["html"]


def embed(client, url):
    return client.post(reverse("wagtailembeds:chooser_upload"), {"embed-chooser-url": url})


def test_video_block_shows_an_image_of_ours(api, noord):
    image = make_image("Beeld", credit="Maker", width=800, height=450)
    video = {"url": "https://vimeo.com/76979871/8272103f6e", "title": "Rondleiding", "transcript": "<p>Welkom.</p>"}
    page = make_news(noord, body=[("video", {**video, "thumbnail": image}), ("video", video)])

    with_image, without = [block["value"] for block in api(f"pages/{page.pk}/")["body"]]

    assert list(with_image) == ["provider", "id", "hash", "title", "thumbnail", "transcript"]
    assert (with_image["provider"], with_image["id"], with_image["hash"]) == ("vimeo", "76979871", "8272103f6e")
    assert (with_image["title"], with_image["transcript"]) == ("Rondleiding", "<p>Welkom.</p>")
    assert list(with_image["thumbnail"]) == ["alt", "width", "height", "focal_point", "credit", "srcset"]
    assert with_image["thumbnail"]["srcset"]
    assert without["thumbnail"] is None


@pytest.mark.parametrize(
    ("url", "video"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=10", ("youtube", "dQw4w9WgXcQ", None)),
        ("https://youtu.be/dQw4w9WgXcQ?si=x", ("youtube", "dQw4w9WgXcQ", None)),
        ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", ("youtube", "dQw4w9WgXcQ", None)),
        ("https://vimeo.com/76979871", ("vimeo", "76979871", None)),
        ("https://vimeo.com/76979871/8272103f6e?share=copy", ("vimeo", "76979871", "8272103f6e")),
        ("https://player.vimeo.com/video/76979871?h=8272103f6e", ("vimeo", "76979871", "8272103f6e")),
        ("https://player.vimeo.com/video/76979871?h=1", ("vimeo", "76979871", None)),
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
        "https://vimeo.com/video/",
        "",
    ],
)
def test_other_addresses_are_not(url):
    with pytest.raises(UnknownVideo):
        parse_video_url(url)
    with pytest.raises(ValidationError, match="YouTube of Vimeo"):
        validate_video_url(url)
