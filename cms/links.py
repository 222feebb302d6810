"""Links to pages in rich text, as readers get them."""

from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from .api.errors import is_id
from .region import without_hidden_regions


class PublicPageLinkHandler(PageLinkHandler):
    """Expands links to public pages only; Wagtail's own prints the address of a draft too."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        ids = [attrs.get("id") for attrs in attrs_list]
        public = without_hidden_regions(Page.objects.live().public()).in_bulk(
            [int(pk) for pk in ids if is_id(pk or "")]
        )
        urls = {str(pk): page.url for pk, page in public.items()}
        return [f'<a href="{escape(urls[pk])}">' if urls.get(pk) else "<a>" for pk in ids]
