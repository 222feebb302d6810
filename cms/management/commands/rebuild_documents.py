from django.core.management.base import BaseCommand

from cms import documents


class Command(BaseCommand):
    help = "Put every document of the pages API right and render it; for after a change behind the pages' back."

    def handle(self, **options):
        done = 0
        for done, total in documents.rebuild():
            bar = "#" * (40 * done // total)
            self.stdout.write(f"\r[{bar:<40}] {done}/{total}", ending="")
            self.stdout.flush()
        self.stdout.write(f"\n{done} documents.")
