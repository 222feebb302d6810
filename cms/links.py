"""Links to pages in rich text, as readers get them."""

from django.utils.html import escape
from wagtail.rich_text.pages import PageLinkHandler

from .api.errors import is_id
from .page_paths import paths_of


class PublicPageLinkHandler(PageLinkHandler):
    """Expands links to public pages only; Wagtail's own prints the address of a draft too."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        ids = [int(attrs["id"]) if is_id(attrs.get("id", "")) else 0 for attrs in attrs_list]
        paths = paths_of(ids)
        return [f'<a href="{escape(paths[pk])}">' if pk in paths else "<a>" for pk in ids]
