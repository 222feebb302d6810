"""What blocks look like, for the list of blocks to choose from."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.generic.preview import StreamFieldBlockPreview
from wagtail.fields import StreamField
from wagtail.models import get_page_models

from .api.rendering import DocumentRenderer
from .blocks import ShownStreamBlock
from .models import Preview
from .previews import lead_to_preview


class BlockPreview(StreamFieldBlockPreview):
    """Blocks of a page are shown by the front end; others, and what it shows nothing of, as Wagtail does."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        value = self._represent() if settings.FRONTEND_URL and self._is_of_a_page() else None
        if not value:
            return super().get(request, *args, **kwargs)
        body = [{"type": self.block_def.name, "value": value, "id": ""}]
        return lead_to_preview("blok", Preview.objects.make(body, request.user).token)

    def _represent(self) -> Any:
        context = DocumentRenderer().view.get_serializer_context()
        return self.block_def.get_api_representation(self.block_value, context)

    def _is_of_a_page(self) -> bool:
        fields = (field for model in get_page_models() for field in model._meta.get_fields())
        streams = [field.stream_block for field in fields if isinstance(field, StreamField)]
        shown = [stream.child_blocks for stream in streams if isinstance(stream, ShownStreamBlock)]
        return any(type(blocks.get(self.block_def.name)) is type(self.block_def) for blocks in shown)


block_preview = require_admin_access(BlockPreview.as_view())
