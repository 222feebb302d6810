"""No page asks anything of anybody else (every test watches over that), until a visitor opens a video."""

from .conftest import is_outside

PLAYER = "section > details:has(iframe)"


def test_opening_a_video_is_the_only_thing_that_asks_anything_elsewhere(page, documents, elsewhere):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(documents.path_with_video())
    player = page.locator(PLAYER).first
    player.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert not any(is_outside(url) for url in asked)

    with page.expect_request(is_player) as opened:
        player.locator("summary").click()

    elsewhere.add(opened.value.url)


def is_player(request):
    return request.url.startswith(("https://www.youtube-nocookie.com/embed/", "https://player.vimeo.com/video/"))
