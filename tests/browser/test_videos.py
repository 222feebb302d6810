"""No page asks anything of anybody else (every test watches over that), until a visitor plays a video."""

from .conftest import is_outside

FRAME = "iframe[srcdoc]"


def test_playing_a_video_is_the_only_thing_that_asks_anything_elsewhere(page, documents, elsewhere):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(documents.path_with_video())
    page.locator(FRAME).first.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert not any(is_outside(url) for url in asked)

    with page.expect_request(is_player) as played:
        page.frame_locator(FRAME).first.get_by_role("link", name="Video afspelen").click()

    elsewhere.add(played.value.url)


def is_player(request):
    return request.url.startswith(("https://www.youtube-nocookie.com/embed/", "https://player.vimeo.com/video/"))
