from collections import defaultdict

from django.db import migrations, models

BATCH = 500


def fill(apps, schema_editor):
    documents = apps.get_model("cms", "PageDocument").objects
    for field in ("themes", "audiences"):
        terms = apps.get_model("cms", "BasePage")._meta.get_field(field)
        filed = defaultdict(list)
        rows = terms.remote_field.through.objects.order_by("pk")
        for page, term in rows.values_list("basepage", terms.m2m_reverse_field_name()):
            filed[page].append(str(term))
        found = [(document, " ".join(filed[document.pk])) for document in documents.only("pk") if document.pk in filed]
        for document, ids in found:
            setattr(document, field, ids)
        documents.bulk_update([document for document, _ids in found], [field], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("cms", "0006_tallies")]

    operations = [
        migrations.AddField("pagedocument", "themes", models.TextField(default="")),
        migrations.AddField("pagedocument", "audiences", models.TextField(default="")),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
