from django.core.management.base import BaseCommand

from home.structure import build_site


class Command(BaseCommand):
    help = "Add what is missing of the site's skeleton: home page, sections, national group, vocabulary."

    def handle(self, **options):
        home = build_site()
        self.stdout.write(f"Site ready: {home.full_url}")
