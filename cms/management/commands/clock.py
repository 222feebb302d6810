import signal
from threading import Event

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils.module_loading import import_string

from cms.publishing import hold_back_what_is_incomplete

MINUTE = 60


class Command(BaseCommand):
    help = "Doe elke minuut wat de tijd vraagt: publiceren wat gepland is, tonen wat veranderde, vergeten wat verliep."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="één keer, voor wie een eigen klok heeft (cron)")

    def handle(self, once=False, **options):
        if once:
            tick()
            return
        stop = Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: stop.set())
        while not stop.is_set():
            close_old_connections()
            tick()
            stop.wait(MINUTE)


def tick() -> None:
    hold_back_what_is_incomplete()
    call_command("publish_scheduled")
    for task in settings.EVERY_MINUTE:
        import_string(task)()
