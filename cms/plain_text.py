"""Text as every format can carry it."""

import re

# What XML 1.0 and iCalendar (RFC 5545, 3.1) can hold. Control characters come along from a word processor; half a
# surrogate pair can't be encoded; the last two of each plane are no characters. Ordered so that most are found at once.
PLANES = "".join(f"{chr(plane)}-{chr(plane + 0xFFFD)}" for plane in range(0x10000, 0x110000, 0x10000))
UNSUITABLE = re.compile(rf"[^ -~\t\n\r\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd{PLANES}]")
BLANK_LINES = re.compile(r"\n\s*\n\s*\n+")


def without_control_characters(text: str) -> str:
    # What can be printed has none of these; most texts can, and telling so takes far less time than looking for them.
    return text if text.isprintable() else UNSUITABLE.sub("", text)


def one_line(text: str) -> str:
    return without_control_characters(" ".join(text.split()))


def tidy(text: str) -> str:
    """Lines with at most one blank one between them, and none around."""
    return BLANK_LINES.sub("\n\n", without_control_characters(text.replace("\r\n", "\n"))).strip()
