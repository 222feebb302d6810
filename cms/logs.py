"""What must not stand in the log."""

import logging
import re

LINK = re.compile(r"(/(?:registrations|aanmelding)/)[^/\s]+")


class WithoutLinks(logging.Filter):
    """Django writes down the address of what was refused; that in a mail opens somebody's own registration."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = LINK.sub(r"\1…", record.getMessage()), ()
        return True
