"""The light markup of the demo texts, turned into the blocks of a page body.

A blank line separates blocks. ``## `` begins a sub-heading, ``- `` an item of a list, ``> `` a quote with its speaker
after `` -- ``; ``**bold**``, ``[text](page:KEY)`` and ``[text](https://…)`` work within a line.
"""

import re
from collections.abc import Mapping

from django.utils.html import escape

LINK = re.compile(r"\[([^\]]+)\]\((page:)?([^)]+)\)")
BOLD = re.compile(r"\*\*(.+?)\*\*")


def to_blocks(text: str, page_ids: Mapping[str, int]) -> list[tuple]:
    """The text as body blocks: running text, with a block of its own for each quote."""
    blocks: list[tuple] = []
    html: list[str] = []
    for part in _parts(text):
        if part.startswith("> "):
            blocks += _text_block(html)
            html = []
            quote, _, speaker = part[2:].partition(" -- ")
            blocks.append(("quote", {"text": quote, "attribution": speaker}))
        else:
            html.append(_part_html(part, page_ids))
    return blocks + _text_block(html)


def to_html(text: str, page_ids: Mapping[str, int]) -> str:
    """The text as rich text in the form in which Wagtail stores it."""
    return "".join(_part_html(part, page_ids) for part in _parts(text))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def _text_block(html: list[str]) -> list[tuple]:
    return [("text", "".join(html))] if html else []


def _part_html(part: str, page_ids: Mapping[str, int]) -> str:
    if part.startswith("## "):
        return f"<h2>{_inline(part[3:], page_ids)}</h2>"
    if part.startswith("- "):
        items = "".join(f"<li>{_inline(line[2:], page_ids)}</li>" for line in part.splitlines())
        return f"<ul>{items}</ul>"
    return f"<p>{_inline(part, page_ids)}</p>"


def _inline(text: str, page_ids: Mapping[str, int]) -> str:
    def link(match: re.Match) -> str:
        label, is_page, target = match.groups()
        return (
            f'<a linktype="page" id="{page_ids[target]}">{label}</a>' if is_page else f'<a href="{target}">{label}</a>'
        )

    return LINK.sub(link, BOLD.sub(r"<b>\1</b>", escape(text)))
