"""Text as every format can carry it."""

import re

# What comes along from a word processor; XML 1.0 and iCalendar (RFC 5545, 3.1) can't hold it.
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def without_control_characters(text: str) -> str:
    return CONTROL_CHARACTERS.sub("", text)
