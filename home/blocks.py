"""The links of which navigation and footer are made.

``get_api_representation`` needs ``context["pages"]``: what ``home.site.public_pages`` says of the pages they lead to.
A link to a page that isn't public has no representation (``None``), so that its label doesn't show either.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError


class LinkBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock(label=_("Naar een pagina"), required=False)
    url = blocks.URLBlock(label=_("Of naar een adres elders"), required=False)
    label = blocks.CharBlock(
        label=_("Tekst van de link"),
        required=False,
        max_length=60,
        help_text=_("Leeg laten om de titel van de pagina te tonen."),
    )

    class Meta:
        icon = "link"
        label = _("Link")

    def clean(self, value):
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        if bool(cleaned["page"]) == bool(cleaned["url"]):
            error = ValidationError(_("Kies een pagina of vul een adres in, een van de twee."))
            raise StructBlockValidationError(block_errors={"url": error})
        if cleaned["url"] and not cleaned["label"]:
            error = ValidationError(_("Een link naar een adres elders heeft een tekst nodig."))
            raise StructBlockValidationError(block_errors={"label": error})
        return cleaned

    def get_api_representation(self, value, context=None):
        """``{label, url, page}``: ``url`` is a site path or an address; ``page`` is ``{id, type}`` or ``None``."""
        if not value["page"]:
            return {"label": value["label"], "url": value["url"], "page": None} if value["url"] else None
        page = context["pages"].get(value["page"].pk)
        return page and {
            "label": value["label"] or page["title"],
            "url": page["path"],
            "page": {"id": page["id"], "type": page["type"]},
        }


class NavigationItemBlock(LinkBlock):
    children = blocks.ListBlock(LinkBlock(), label=_("Daaronder"), default=[], max_num=12, collapsed=True)

    class Meta:
        label = _("Onderdeel van het menu")

    def get_api_representation(self, value, context=None):
        """A link with ``children``, a list of links."""
        link = super().get_api_representation(value, context)
        return link and {**link, "children": _links(self.child_blocks["children"], value["children"], context)}


class FooterColumnBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Kop"), max_length=60)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), min_num=1, max_num=12, collapsed=True)

    class Meta:
        icon = "list-ul"
        label = _("Kolom")

    def get_api_representation(self, value, context=None):
        """``{title, links}``; ``None`` when no link is left to stand under the heading."""
        links = _links(self.child_blocks["links"], value["links"], context)
        return {"title": value["title"], "links": links} if links else None


class SocialLinkBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Naam"), max_length=40, help_text=_("Bijvoorbeeld ‘LinkedIn’."))
    url = blocks.URLBlock(label=_("Adres"))

    class Meta:
        icon = "link-external"
        label = _("Sociaal medium")


class StatementsBlock(blocks.StreamBlock):
    """What a public website has to state, each by at most one link."""

    accessibility = LinkBlock(label=_("Toegankelijkheidsverklaring"), icon="glasses")
    privacy = LinkBlock(label=_("Privacyverklaring"), icon="lock")
    cookies = LinkBlock(label=_("Cookies"), icon="info-circle")
    colophon = LinkBlock(label=_("Colofon of disclaimer"), icon="doc-full")

    class Meta:
        block_counts = {name: {"max_num": 1} for name in ("accessibility", "privacy", "cookies", "colophon")}


def _links(list_block, links, context) -> list[dict]:
    return [link for link in list_block.get_api_representation(links, context) if link]
