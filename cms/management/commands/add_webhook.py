from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from cms.models import Webhook
from cms.outgoing.addresses import AddressRefused, check


class Command(BaseCommand):
    help = (
        "Laat een adres weten wat er op de site verandert, en toon het geheim. Bestaat de webhook al, dan blijft hij."
    )

    def add_arguments(self, parser):
        parser.add_argument("url", help="adres van de ontvanger")
        parser.add_argument("--name", help="naam in het beheer; het adres als dit er niet staat")
        parser.add_argument("--secret", help="geheim van de vorm whsec_…; vervangt dat van een webhook die er al is")

    def handle(self, url, name, secret, **options):
        webhook = Webhook.objects.filter(url=url).first() or Webhook(url=url, name=url[:120])
        webhook.name = name or webhook.name
        webhook.secret = secret or webhook.secret
        try:
            webhook.full_clean()
            check(url)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except AddressRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        webhook.save()
        self.stdout.write(webhook.secret)
