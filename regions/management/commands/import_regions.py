from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from regions import importing


class Command(BaseCommand):
    help = f"Maak en wijzig regio's uit een CSV-bestand, alles of niets.\n\n{importing.__doc__}"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument("--dry-run", action="store_true", help="zeg wat er zou veranderen en verander niets")

    def create_parser(self, *args, **kwargs):
        from argparse import RawDescriptionHelpFormatter

        return super().create_parser(*args, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def handle(self, file, dry_run, **options):
        try:
            result = importing.import_regions(file.read_bytes(), dry_run=dry_run)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        except importing.ImportFailed as error:
            raise CommandError(f"Niets geïmporteerd.\n{error}") from None
        prefix = "Proef, niets bewaard: " if dry_run else ""
        self.stdout.write(f"{prefix}{result.added} nieuw, {result.changed} gewijzigd, {result.unchanged} hetzelfde.")
