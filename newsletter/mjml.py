"""From MJML to the HTML of a mail, by mrml (https://github.com/jdrouet/mrml).

mrml passes on tags that it doesn't know and overlooks a body in the wrong place: what it is given is checked first.
"""

from typing import NamedTuple
from xml.etree.ElementTree import Element

import mrml
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

# What our templates use, and what may stand directly inside: the rest of the language is left out on purpose.
# https://documentation.mjml.io/#components
CONTENT = {"mj-text", "mj-button"}
CHILDREN: dict[str, set[str]] = {
    "mjml": {"mj-head", "mj-body"},
    "mj-head": {"mj-title", "mj-preview", "mj-attributes", "mj-style", "mj-raw"},
    "mj-attributes": {"mj-all", *CONTENT, "mj-section", "mj-column"},
    "mj-body": {"mj-section"},
    "mj-section": {"mj-column", "mj-group"},
    "mj-group": {"mj-column"},
    "mj-column": CONTENT,
}
TAGS = set(CHILDREN).union(*CHILDREN.values())


# Of its own accord mrml fetches some fonts from Google.
NO_FONTS = mrml.RenderOptions(fonts={})


class InvalidMjml(Exception):
    """It isn't well-formed, or has a tag that isn't known or not allowed where it stands."""


class Converted(NamedTuple):
    html: str
    """The whole document."""
    root: Element
    """The MJML that it was made of."""


def convert(mjml: str) -> Converted:
    """The HTML document that ``mjml`` describes; raises ``InvalidMjml``."""
    root = _parse(mjml)
    try:
        output = mrml.to_html(mjml, render_options=NO_FONTS)
    except OSError as error:  # what mrml raises for whatever it can't read
        raise InvalidMjml(str(error)) from error
    if output.warnings:
        raise InvalidMjml("; ".join(str(warning) for warning in output.warnings))
    return Converted(output.content, root)


def _parse(mjml: str) -> Element:
    """The root of ``mjml``, in which every tag is known and in its place; raises ``InvalidMjml``."""
    try:
        root = ElementTree.fromstring(mjml)
    except (ElementTree.ParseError, DefusedXmlException) as error:
        raise InvalidMjml(f"not well-formed: {error}") from error
    if root.tag != "mjml":
        raise InvalidMjml(f"begins with <{root.tag}>, not with <mjml>")
    for parent in root.iter():
        for child in parent:
            if parent.tag in CHILDREN:
                allowed = child.tag in CHILDREN[parent.tag]
            else:
                allowed = child.tag not in TAGS and not child.tag.startswith("mj")
            if not allowed:
                raise InvalidMjml(f"<{child.tag}> can't stand in <{parent.tag}>")
    return root
