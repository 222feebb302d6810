import logging
import signal
import socket
from secrets import token_hex
from threading import Event

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from newsletter.models import Delivery, SendRun
from newsletter.sending import desk, queue
from newsletter.sending.senders import Record, Sender

SECOND = 1
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Verstuur nieuwsbrieven die aan de beurt zijn, tot SIGTERM: de mail die dan net weggaat, wordt afgemaakt. "
        "Er kunnen er zoveel tegelijk draaien als men wil, ook op andere machines."
    )

    def add_arguments(self, parser):
        parser.add_argument("--connections", type=int, default=settings.NEWSLETTER_CONNECTIONS)

    def handle(self, connections, **options):
        stop = Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: stop.set())
        senders = start(connections, stop)
        while not stop.is_set():
            close_old_connections()
            try:
                look_after_runs()
            except DatabaseError as error:
                logger.warning("newsletters wait for the database: %s", type(error).__name__)
            stop.wait(SECOND)
        for sender in senders:
            sender.join()


def start(connections: int, stop: Event) -> list[Sender]:
    record = Record()
    # Another one each time: what a process before held is not held by this one.
    process = f"{socket.gethostname()[:20]}-{token_hex(4)}"
    senders = [Sender(f"{process}-{number}", stop, record) for number in range(connections)]
    for sender in senders:
        sender.start()
    return senders


def look_after_runs() -> None:
    """What any of these programs does for all runs; it makes no difference how many do it."""
    held = Delivery.objects.filter(state__in=Delivery.HELD)
    if not SendRun.objects.open().exists() and not held.exists():
        return  # writing, be it nothing, keeps others from writing on SQLite
    queue.recover()
    desk.start_due(timezone.now())
    desk.prepare_all()
    desk.begin_ready()
    desk.finish_done()
