"""The building blocks in the editor: each can be recognised before it is used."""

import pytest
from django.urls import reverse

from agenda.blocks import SpeakerBlock
from cms.blocks import BodyBlock
from regions.models import NewsPage
from regions.models.region import RegistrationBlock

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
