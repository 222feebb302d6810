"""What an enhanced status code (RFC 3463) says of the address that a mail was for."""

import re

CODE = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\.?\d)")
OF_THE_SENDER = ("5.1.7", "5.1.8")
OTHERS_OF_THE_ADDRESS = (
    "5.2.1",  # the mailbox is closed
    "5.4.1",  # what Microsoft 365 says of a recipient that doesn't exist
    "5.4.4",  # the domain takes no mail
    "5.4.310",  # Exchange: the domain doesn't exist
)


def code_in(words: str) -> str:
    """The first code in ``words`` that says more than "something went wrong" (5.0.0); else that; else empty."""
    codes = CODE.findall(words)
    return next((code for code in codes if not code.endswith(".0.0")), codes[0] if codes else "")


def is_of_the_address(status: str) -> bool:
    """Whether nobody can be reached at the address, and a next mail would fail too.

    A full mailbox, or a server that doesn't trust us (5.7.x), is another matter.
    """
    is_bad_address = status.startswith("5.1.") and status not in OF_THE_SENDER
    return is_bad_address or status in OTHERS_OF_THE_ADDRESS
