import logging
import signal
from threading import Event

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseError
from django.db import close_old_connections
from django.utils import timezone

from newsletter.models import Delivery, SendRun
from newsletter.sending import desk, queue
from newsletter.sending.senders import Sender, start

SECOND = 1
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Verstuur nieuwsbrieven die aan de beurt zijn, tot SIGTERM: de mails die dan net weggaan, worden afgemaakt. "
        "Er kunnen er zoveel tegelijk draaien als men wil, ook op andere machines."
    )

    def add_arguments(self, parser):
        parser.add_argument("--connections", type=int, default=settings.NEWSLETTER_CONNECTIONS)

    def handle(self, connections, **options):
        stop = Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: stop.set())
        senders = start(connections, stop)
        try:
            while not stop.is_set():
                check_alive(senders)
                close_old_connections()
                try:
                    look_after_runs()
                except DatabaseError as error:
                    logger.warning("newsletters wait for the database: %s", type(error).__name__)
                stop.wait(SECOND)
        finally:
            stop.set()
            for sender in senders:
                sender.join()


def check_alive(senders: list[Sender]) -> None:
    """Raises ``CommandError``: with what it has left the program would go on slower, or do nothing at all, unseen."""
    if not all(sender.is_alive() for sender in senders):
        raise CommandError("Een deel van dit programma is door een fout gestopt. Start het opnieuw.")


def look_after_runs() -> None:
    """What any of these programs does for all runs; it makes no difference how many do it."""
    if not there_is_something():
        return  # writing, be it nothing, keeps others from writing on SQLite
    queue.recover()
    desk.start_due(timezone.now())
    desk.prepare_all()
    desk.begin_ready()
    desk.finish_done()


def there_is_something() -> bool:
    """Whether a run is open, or has left something of which it isn't known yet what became of it."""
    # Apart, since each has an index of its own.
    waiting = Delivery.objects.filter(state__in=Delivery.WAITING)
    held = Delivery.objects.filter(state__in=Delivery.HELD)
    return SendRun.objects.open().exists() or waiting.exists() or held.exists()
