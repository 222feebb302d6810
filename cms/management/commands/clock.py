import signal
from threading import Event

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections

MINUTE = 60


class Command(BaseCommand):
    help = "Publish and take offline what editors scheduled, every minute, until told to stop."

    def handle(self, **options):
        stop = Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: stop.set())
        while not stop.is_set():
            close_old_connections()
            call_command("publish_scheduled")
            stop.wait(MINUTE)
