"""Rich text on its way out: clean HTML in which every link leads somewhere public."""

import re

import nh3
from django.conf import settings
from wagtail.rich_text import expand_db_html

# What the editor offers for running text, and for short texts such as an answer.
FEATURES = ["h2", "h3", "bold", "italic", "ul", "ol", "link", "document-link", "image", "embed"]
PLAIN_FEATURES = ["bold", "italic", "ul", "ol", "link", "document-link"]

ALLOWED_TAGS = {"a", "b", "blockquote", "br", "em", "h2", "h3", "h4", "hr", "i", "li", "ol", "p", "strong", "sub"}
ALLOWED_TAGS |= {"sup", "ul", "img", "figure", "figcaption"}
ALLOWED_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height", "loading"},
    "figure": {"class", "data-provider", "data-id", "data-hash"},
}
URL_SCHEMES = {"http", "https", "mailto", "tel"}

# Images and videos are stored as ``<embed>``; as HTML they are a stranger's. A browser reads ``<image>`` as ``<img>``.
FOREIGN_MEDIA = re.compile(r"<(?=img|image|figure)", re.IGNORECASE)
LINK_WITHOUT_TARGET = re.compile(r"<a>(.*?)</a>", re.DOTALL)


def clean_html(html: str) -> str:
    """Turn stored rich text into HTML for readers elsewhere.

    Only a fixed list of tags is left; links to pages are site paths, links to documents are absolute addresses,
    and a link to a page that isn't public is dropped to its text. Images and videos are those that ``cms.embeds``
    makes of the library and of known hosts; no other is left.
    """
    cleaned = nh3.clean(
        expand_db_html(FOREIGN_MEDIA.sub("<foreign-", html)),
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        attribute_filter=_absolute_documents,
        url_schemes=URL_SCHEMES,
        link_rel=None,
    )
    # Links do not nest, and nh3 has closed them all. The editor leaves empty paragraphs around images and videos.
    return LINK_WITHOUT_TARGET.sub(r"\1", cleaned).replace("<p></p>", "")


def _absolute_documents(tag: str, attribute: str, value: str) -> str:
    """Documents are served by the CMS, not by the site that shows the text."""
    if attribute == "href" and value.startswith("/documents/"):
        return settings.WAGTAILADMIN_BASE_URL + value
    return value
