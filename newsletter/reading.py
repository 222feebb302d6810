"""What a reader meets in a mail: its links, headings and pictures, in their order.

Read from the MJML that the mail is made of, which is XML and a third of the HTML.
"""

from typing import NamedTuple
from xml.etree.ElementTree import Element

HEADINGS = {f"h{level}": level for level in range(1, 7)}


class Link(NamedTuple):
    text: str
    url: str


class Heading(NamedTuple):
    level: int
    text: str


class Picture(NamedTuple):
    url: str
    alt: str


class Reading(NamedTuple):
    links: list[Link]
    headings: list[Heading]
    pictures: list[Picture]


def read(root: Element) -> Reading:
    """What stands in the MJML document ``root``."""
    found = Reading([], [], [])
    for element in root.iter():
        if element.tag in ("a", "mj-button"):
            found.links.append(Link(_text(element), element.get("href", "")))
        elif element.tag in HEADINGS:
            found.headings.append(Heading(HEADINGS[element.tag], _text(element)))
        elif element.tag == "img":
            found.pictures.append(Picture(element.get("src", ""), element.get("alt", "")))
    return found


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
