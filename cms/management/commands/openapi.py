import json

from django.core.management.base import BaseCommand

from cms.api.openapi.specification import specification


class Command(BaseCommand):
    help = "Schrijf het contract van de API (OpenAPI 3.1) op standard output."

    def handle(self, **options):
        self.stdout.write(json.dumps(specification(), ensure_ascii=False, indent=2))
