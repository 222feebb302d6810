from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from regions import lifecycle
from regions.models import RegionPage


class Command(BaseCommand):
    help = "Voeg een regio toe, hernoem haar, voeg haar samen met een andere of sluit haar."

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="WAT")
        add = verbs.add_parser("add", help="een nieuwe regio")
        add.add_argument("title", metavar="NAAM")
        add.add_argument("--slug", default="", help="laatste deel van het adres; volgt anders uit de naam")
        rename = verbs.add_parser("rename", help="een andere naam of een ander adres")
        rename.add_argument("region", metavar="REGIO", help="het adres (de slug) van de regio")
        rename.add_argument("--title", default="", help="de nieuwe naam")
        rename.add_argument("--slug", default="", help="het nieuwe laatste deel van het adres")
        merge = verbs.add_parser("merge", help="een regio gaat op in een andere")
        merge.add_argument("region", metavar="REGIO", help="de regio die ophoudt")
        merge.add_argument("into", metavar="IN", help="de regio waarin zij opgaat")
        merge.add_argument("--content", choices=["move", "stay"], required=True, help="verhuizen de pagina's of niet")
        close = verbs.add_parser("close", help="een regio doet niet meer mee")
        close.add_argument("region", metavar="REGIO")
        for verb in (add, rename, merge, close):
            verb.add_argument("--dry-run", action="store_true", help="zeg wat er zou gebeuren en verander niets")

    def handle(self, verb, dry_run, **options):
        arguments = getattr(self, f"read_{verb}")(**options)
        act = getattr(lifecycle, f"plan_{verb}" if dry_run else verb)
        try:
            plan = act(*arguments)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        if dry_run:
            self.stdout.write("Proef, niets veranderd:")
        self.stdout.write("\n".join(plan.sentences()))

    def read_add(self, title, slug, **options):
        return title, slug

    def read_rename(self, region, title, slug, **options):
        return self.find(region), title, slug

    def read_merge(self, region, into, content, **options):
        return self.find(region), self.find(into), content == "move"

    def read_close(self, region, **options):
        return (self.find(region),)

    def find(self, slug):
        region = RegionPage.objects.filter(slug=slug).first()
        if region is None:
            raise CommandError(f"Er is geen regio op het adres '{slug}'.")
        return region
