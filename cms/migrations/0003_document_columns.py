import datetime

from django.db import migrations, models
from django.db.models import CharField, DateTimeField, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Substr

NO_DATE = datetime.date(1, 1, 1)
NO_MOMENT = datetime.datetime(1900, 1, 1, tzinfo=datetime.UTC)
REGION_PATH_LENGTH = 16
DAY = datetime.timedelta(days=1)


def fill_empty_columns(apps, schema_editor):
    documents = apps.get_model("cms", "PageDocument").objects
    documents.filter(date=None).update(date=NO_DATE)
    documents.filter(start=None).update(start=NO_MOMENT)
    documents.filter(first_published_at=None).update(first_published_at=NO_MOMENT)


def fill_new_columns(apps, schema_editor):
    """Enough for every page to be found; ``rebuild_documents`` puts the ends of events right to the minute."""
    documents = apps.get_model("cms", "PageDocument").objects
    site = apps.get_model("wagtailcore", "Site").objects.filter(is_default_site=True).first()
    if site is None:
        return
    page = apps.get_model("wagtailcore", "Page").objects.filter(pk=OuterRef("pk"))
    html_path = Substr(Cast("url_path", CharField()), len(site.root_page.url_path))
    published = Coalesce("last_published_at", Value(NO_MOMENT), output_field=DateTimeField())
    documents.update(
        html_path=Subquery(page.annotate(html_path=html_path).values("html_path")[:1]),
        last_published_at=Subquery(page.annotate(published=published).values("published")[:1]),
    )
    documents.filter(start__gt=NO_MOMENT).update(end=F("start") + DAY)
    for pk, path in documents.filter(type="regions.RegionPage").values_list("pk", "path"):
        documents.filter(path__startswith=path[:REGION_PATH_LENGTH]).update(region=pk)


class Migration(migrations.Migration):
    dependencies = [("cms", "0002_pages_images_and_terms")]

    operations = [
        migrations.CreateModel(
            name="DocumentState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(max_length=16)),
            ],
        ),
        migrations.RunPython(fill_empty_columns, migrations.RunPython.noop),
        migrations.AlterField("pagedocument", "date", models.DateField(default=NO_DATE)),
        migrations.AlterField("pagedocument", "start", models.DateTimeField(default=NO_MOMENT)),
        migrations.AlterField("pagedocument", "first_published_at", models.DateTimeField(default=NO_MOMENT)),
        migrations.AddField("pagedocument", "end", models.DateTimeField(null=True)),
        migrations.AddField("pagedocument", "html_path", models.CharField(default="", max_length=2048), False),
        migrations.AddField("pagedocument", "region", models.PositiveBigIntegerField(null=True)),
        migrations.AddField("pagedocument", "tags", models.TextField(default="")),
        migrations.AddField("pagedocument", "last_published_at", models.DateTimeField(default=NO_MOMENT)),
        migrations.RunPython(fill_new_columns, migrations.RunPython.noop),
        migrations.AddIndex("pagedocument", models.Index(fields=["html_path"], name="cms_document_html_path")),
        migrations.AddIndex(
            "pagedocument", models.Index(fields=["region", "-date", "page"], name="cms_document_newest_of_region")
        ),
        migrations.AddIndex(
            "pagedocument",
            models.Index(fields=["region", "type", "-date", "page"], name="cms_document_newest_of_both"),
        ),
        migrations.AddIndex("pagedocument", models.Index(fields=["type", "end"], name="cms_document_end")),
        migrations.AddIndex(
            "pagedocument", models.Index(fields=["-first_published_at", "page"], name="cms_document_published")
        ),
    ]
