from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from home.demo.accounts import PASSWORD, add_accounts
from home.demo.loading import SiteIsFilled, load_demo


class Command(BaseCommand):
    help = "Fill an empty site with demo content and, in development, accounts to log in as."

    def add_arguments(self, parser):
        parser.add_argument("--reset", action="store_true", help="first delete all pages, images and documents")
        parser.add_argument("--seed", type=int, default=2022, help="another number gives other regional content")
        parser.add_argument("--if-empty", action="store_true", help="do nothing when the site is filled")

    def handle(self, reset, seed, if_empty, **options):
        try:
            load_demo(seed, timezone.localdate(), reset=reset)
            self.stdout.write("Demo geladen.")
        except SiteIsFilled:
            if not if_empty:
                raise CommandError(
                    "De site is al gevuld. Met --reset gaat alles weg en komt de demo ervoor terug."
                ) from None
        if settings.DEBUG:
            for login in add_accounts():
                self.stdout.write(f"  {login.role:<28} {login.email:<32} {PASSWORD}")
