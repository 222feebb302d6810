"""How the API shows the settings of the site."""

from collections.abc import Iterable
from typing import Any

from cms.json_schema import ID, INTEGER, STRING, Named, array, extended, nullable, shape
from cms.models import PageDocument
from regions.activity import count_active, public_regions

LINK = Named(
    "Link",
    shape(label=STRING, url=STRING, page=nullable(shape(id=ID, type=STRING))),
    "`url` is a path on the site, or an address elsewhere; then `page` is `null`.",
)
SITE = Named(
    "Site",
    shape(
        navigation=array(Named("NavigationItem", extended(LINK, children=array(LINK)))),
        footer=shape(text=STRING, columns=array(shape(title=STRING, links=array(LINK)))),
        contact=shape(
            organisation=STRING,
            email=STRING,
            phone=STRING,
            address=shape(street=STRING, postcode=STRING, city=STRING),
            social=array(shape(label=STRING, url=STRING)),
        ),
        statements=shape(**dict.fromkeys(("accessibility", "privacy", "cookies", "colophon"), nullable(LINK))),
        figures=shape(regions=INTEGER, active_regions=INTEGER),
    ),
    "What stands around every page.",
)


def represent_site(settings) -> dict[str, Any]:
    """The ``SiteSettings``, published or a draft, as ``{navigation, footer, contact, statements, figures}``.

    Links are ``{label, url, page}``; those to pages that aren't public are left out, and the columns of the footer
    that are empty for it. Takes the same number of queries whatever the number of links.
    """
    pages = public_pages(pages_referred_to(settings))
    statements = {block["type"]: block["value"] for block in _represent(settings.statements, pages)}
    return {
        "navigation": [block["value"] for block in _represent(settings.navigation, pages)],
        "footer": {
            "text": settings.footer_text,
            "columns": [block["value"] for block in _represent(settings.footer_columns, pages)],
        },
        "contact": {
            "organisation": settings.organisation,
            "email": settings.email,
            "phone": settings.phone,
            "address": {name: getattr(settings, name) for name in ("street", "postcode", "city")},
            "social": [block["value"] for block in _represent(settings.social_links, pages)],
        },
        "statements": {name: statements.get(name) for name in settings.statements.stream_block.child_blocks},
        "figures": {"regions": public_regions().count(), "active_regions": count_active()},
    }


def pages_referred_to(settings) -> set[int]:
    """The ids of all pages that ``settings`` link to, also of those that aren't public and come in when they are."""
    streams = (settings.navigation, settings.footer_columns, settings.statements)
    return {int(pk) for stream in streams for _, pk, _, _ in stream.stream_block.extract_references(stream)}


def public_pages(page_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """``{id, type, title, path}`` by id, of those pages that are public, in one query."""
    documents = PageDocument.objects.filter(pk__in=set(page_ids)).values_list("pk", "type", "title", "html_path")
    return {pk: {"id": pk, "type": type, "title": title, "path": path} for pk, type, title, path in documents}


def _represent(stream, pages: dict[int, dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks that have something to show, as ``{type, value, id}``."""
    blocks = stream.stream_block.get_api_representation(stream, {"pages": pages})
    return [block for block in blocks if block["value"]]
