"""What must not stand in the log."""

import logging
import re

OPENED_BY_LINKS = "registrations|aanmelding|confirm|bevestigen|unsubscribe|afmelden|preferences|voorkeuren"
LINK = re.compile(rf"(/(?:{OPENED_BY_LINKS})/)[^/\s]+")


class WithoutLinks(logging.Filter):
    """Django writes down the address of what was refused; that in a mail opens what is somebody's own."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = LINK.sub(r"\1…", record.getMessage()), ()
        return True
