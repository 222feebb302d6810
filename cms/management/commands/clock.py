import signal
from threading import Event

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections

MINUTE = 60


class Command(BaseCommand):
    help = "Zet elke minuut online en offline wat redacties hebben gepland, tot het sein om te stoppen."

    def handle(self, **options):
        stop = Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: stop.set())
        while not stop.is_set():
            close_old_connections()
            call_command("publish_scheduled")
            stop.wait(MINUTE)
