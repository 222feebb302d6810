"""The look of running text in a mail. Some mail clients drop style sheets, so every tag carries its own."""

import re

# Where a mail client adds a margin of its own, or none: https://www.caniemail.com/features/css-margin/
STYLES = {
    "a": "color:#00566b;text-decoration:underline",
    "h2": "margin:0 0 8px;font-size:21px;line-height:1.3",
    "h3": "margin:0 0 4px;font-size:18px;line-height:1.3",
    "li": "margin:0 0 4px",
    "ol": "margin:0 0 12px;padding-left:24px",
    "p": "margin:0 0 8px",
    "ul": "margin:0 0 12px;padding-left:24px",
}
BARE_TAG = re.compile(rf"<({'|'.join(STYLES)})(?=[ >])(?![^>]* style=)")


def inline(markup: str) -> str:
    """``markup`` with the style of each tag that has none of its own beside it."""
    return BARE_TAG.sub(lambda tag: f'{tag[0]} style="{STYLES[tag[1]]}"', markup)
