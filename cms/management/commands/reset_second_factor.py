"""For operators: let somebody who lost her phone log in again, a superuser for example."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from wagtail.log_actions import log

from cms.login import second_factor


class Command(BaseCommand):
    help = "Wis de tweede stap en de noodcodes van een account, en log het overal uit."

    def add_arguments(self, parser):
        parser.add_argument("email", help="adres waarmee het account inlogt")

    @transaction.atomic
    def handle(self, email, **options):
        try:
            person = get_user_model().objects.get_by_natural_key(email)
            second_factor.reset(person)
        except get_user_model().DoesNotExist as unknown:
            raise CommandError(f"Er is geen account met het adres {email}.") from unknown
        except second_factor.NoSecondFactor as nothing:
            raise CommandError(f"{email} heeft geen tweede stap ingesteld.") from nothing
        log(person, "cms.second_factor_reset")
        self.stdout.write(f"{email} logt nu in met het wachtwoord alleen.")
