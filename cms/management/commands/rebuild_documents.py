from django.core.management.base import BaseCommand

from cms import document_texts


class Command(BaseCommand):
    help = "Breng alles wat de pages API zegt in orde, na een nieuwe versie of een wijziging buiten de pagina's om."

    def add_arguments(self, parser):
        parser.add_argument("--stale", action="store_true", help="alleen de teksten die verouderd zijn")

    def handle(self, stale, **options):
        done = 0
        for done, total in document_texts.render_stale() if stale else document_texts.rebuild():
            bar = "#" * (40 * done // total)
            self.stdout.write(f"\r[{bar:<40}] {done}/{total}", ending="")
            self.stdout.flush()
        self.stdout.write(f"\n{done} documenten.")
