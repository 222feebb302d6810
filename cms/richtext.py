"""Rich text on its way out: clean HTML in which every link leads somewhere public."""

import re

import nh3
from django.conf import settings
from wagtail.rich_text import expand_db_html

# What the editor offers for running text, and for short texts such as an answer.
FEATURES = ["h2", "h3", "bold", "italic", "ul", "ol", "link", "document-link"]
PLAIN_FEATURES = ["bold", "italic", "ul", "ol", "link", "document-link"]

ALLOWED_TAGS = {"a", "b", "blockquote", "br", "em", "h2", "h3", "h4", "hr", "i", "li", "ol", "p", "strong", "sub"}
ALLOWED_TAGS |= {"sup", "ul"}
ALLOWED_ATTRIBUTES = {"a": {"href"}}
URL_SCHEMES = {"http", "https", "mailto", "tel"}

LINK_WITHOUT_TARGET = re.compile(r"<a>(.*?)</a>", re.DOTALL)


def clean_html(html: str) -> str:
    """Turn stored rich text into HTML for readers elsewhere.

    Only a fixed list of tags is left; links to pages are site paths, links to documents are absolute addresses,
    and a link to a page that isn't public is dropped to its text.
    """
    cleaned = nh3.clean(
        expand_db_html(html),
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        attribute_filter=_absolute_documents,
        url_schemes=URL_SCHEMES,
        link_rel=None,
    )
    # Links do not nest, and nh3 has closed them all.
    return LINK_WITHOUT_TARGET.sub(r"\1", cleaned)


def _absolute_documents(tag: str, attribute: str, value: str) -> str:
    """Documents are served by the CMS, not by the site that shows the text."""
    if attribute == "href" and value.startswith("/documents/"):
        return settings.WAGTAILADMIN_BASE_URL + value
    return value
