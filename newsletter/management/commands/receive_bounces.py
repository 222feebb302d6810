import logging
import os
import sys
from pathlib import Path
from typing import BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseError

from newsletter.bounces import inbox, reports

MOST_BYTES = 5_000_000
"""A report holds at most one mail of ours; what is larger is something else."""
READ = ":2,S"
"""What a Maildir has behind the name of a mail that was read (https://cr.yp.to/proto/maildir.html)."""
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Neem aan wat er over verstuurde nieuwsbrieven terugkomt: één mail op standaardinvoer, of de nieuwe mails in "
        "een Maildir. Wat is aangenomen gaat uit de Maildir weg; wat geen terugmelding is blijft er gelezen staan."
    )

    def add_arguments(self, parser):
        parser.add_argument("--maildir", metavar="MAP", help="map met new, cur en tmp waarin de mails binnenkomen")

    def handle(self, maildir, **options):
        try:
            if maildir:
                self.stdout.write(empty(Path(maildir)))
            else:
                take(sys.stdin.buffer)
        except DatabaseError as error:
            # A mail server that gives mails to this command keeps this one then, and tries again later.
            sentence = f"De database werkt niet mee: {type(error).__name__}."
            raise CommandError(sentence, returncode=os.EX_TEMPFAIL) from error


def empty(maildir: Path) -> str:
    """Take all new mails; how many that were, in words."""
    if not (maildir / "new").is_dir() or not (maildir / "cur").is_dir():
        raise CommandError(f"{maildir} is geen Maildir.")
    taken = others = 0
    for path in sorted((maildir / "new").iterdir()):
        with path.open("rb") as mail:
            is_report = take(mail)
        if is_report:
            path.unlink()
        else:
            path.rename(maildir / "cur" / f"{path.name}{READ}")
        taken += is_report
        others += not is_report
    return f"Aangenomen: {taken}. Geen terugmelding: {others}."


def take(mail: BinaryIO) -> bool:
    """Whether ``mail`` was a report about one of ours; then it is written down."""
    content = mail.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        return False
    try:
        report = reports.read(content)
    except Exception as error:  # whatever somebody put in a mail, the next one is read
        logger.warning("a mail to the bounce address can't be read: %s", type(error).__name__)
        return False
    if report:
        inbox.keep(report)
    return report is not None
