import json

from django.core.management.base import BaseCommand
from django.db.models.functions import Length

from cms import document_texts
from cms.api.openapi.examples import example_file
from cms.api.openapi.pages import page_types
from cms.models import PageDocument


class Command(BaseCommand):
    help = "Bewaar van elk type pagina een voorbeeld uit de demo voor het contract van de API."

    def handle(self, **options):
        document_texts.read(list(PageDocument.objects.values_list("pk", flat=True)), "detail")
        for model in page_types():
            documents = PageDocument.objects.filter(type=model._meta.label).order_by(Length("detail"), "pk")
            if documents:
                # The one in the middle is neither empty nor long.
                page = json.loads(documents[documents.count() // 2].detail)
                file = example_file(model)
                file.parent.mkdir(exist_ok=True)
                file.write_text(json.dumps(page, ensure_ascii=False, indent=2) + "\n")
                self.stdout.write(str(file))
