import signal
from threading import Event

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from cms.tasks import forget_previews, render_what_is_stale
from cms.webhooks.delivery import forget_deliveries
from cms.webhooks.tasks import send_what_is_due

MINUTE = 60


class Command(BaseCommand):
    help = "Doe elke minuut wat de tijd vraagt: publiceren wat gepland is, tonen wat veranderde, vergeten wat verliep."

    def handle(self, **options):
        stop = Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: stop.set())
        while not stop.is_set():
            close_old_connections()
            call_command("publish_scheduled")
            render_what_is_stale()
            send_what_is_due()
            forget_previews()
            forget_deliveries()
            stop.wait(MINUTE)
