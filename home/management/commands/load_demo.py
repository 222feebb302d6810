from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from home.demo import PASSWORD
from home.demo.accounts import add_accounts
from home.demo.loading import SiteIsFilled, load_demo


class Command(BaseCommand):
    help = "Vul een lege site met demo-inhoud en, op een ontwikkelmachine, accounts om mee in te loggen."

    def add_arguments(self, parser):
        parser.add_argument("--reset", action="store_true", help="gooi eerst alle inhoud en bestanden weg")
        parser.add_argument("--seed", type=int, default=2022, help="een ander getal geeft andere regionale inhoud")
        parser.add_argument("--if-empty", action="store_true", help="doe niets als de site al gevuld is")

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
