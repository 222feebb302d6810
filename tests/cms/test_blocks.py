"""The building blocks in the editor: each can be recognised before it is used."""

import pytest
from django.urls import reverse
from wagtail.blocks import StreamValue

from agenda.blocks import SpeakerBlock
from cms.blocks import BodyBlock
from regions.models import NewsPage
from regions.models.region import RegistrationBlock
from tests.factories import make_image, make_news

BLOCKS = [*BodyBlock().child_blocks.values(), SpeakerBlock(), RegistrationBlock()]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_block_has_icon_description_and_preview(block):
    assert block.meta.icon != "placeholder"
    assert block.meta.description
    assert block.is_previewable


@pytest.mark.parametrize("name", BodyBlock().child_blocks)
def test_preview_of_a_block_can_be_seen(noord_client, name):
    block = NewsPage._meta.get_field("body").stream_block.child_blocks[name]

    response = noord_client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})

    assert response.status_code == 200
    assert "cms/page.css" in response.content.decode()


def test_page_with_every_block_empty_is_shown(noord, api):
    news = make_news(noord)
    stream = NewsPage._meta.get_field("body").stream_block
    news.body = StreamValue(stream, [(name, block.get_default()) for name, block in stream.child_blocks.items()])
    news.save_revision().publish()

    shown = {block["type"] for block in api(f"pages/{news.pk}/")["body"]}

    assert shown < set(stream.child_blocks)
    assert "video" not in shown


def test_form_with_a_picture_in_a_block_opens_again_and_again(noord_client, noord):
    # Its own size of the picture is made the first time.
    image = {"image": make_image().pk, "decorative": False, "alt_text": "Een foto"}
    page = make_news(noord, body=[{"type": "image", "value": {"image": image, "caption": ""}}])
    form = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert [noord_client.get(form).status_code for _ in range(3)] == [200] * 3
