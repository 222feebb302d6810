from django.core.management.base import BaseCommand

from home.structure import build_site


class Command(BaseCommand):
    help = "Voeg toe wat er nog ontbreekt: voorpagina, onderdelen, landelijke redactie, woordenlijst, menu."

    def handle(self, **options):
        home = build_site()
        self.stdout.write(f"Site staat klaar: {home.full_url}")
