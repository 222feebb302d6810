"""Text as every format can carry it."""

import re

# What comes along from a word processor; XML 1.0 and iCalendar (RFC 5545, 3.1) can't hold it; HTML shouldn't.
NONCHARACTERS = "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
CONTROL_CHARACTERS = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef{NONCHARACTERS}]")


def without_control_characters(text: str) -> str:
    return CONTROL_CHARACTERS.sub("", text)
