from django.db import migrations


def register_elsewhere(apps, schema_editor):
    """Editors open the latest revision: published without a mode, it would take the address off the site."""
    revisions = apps.get_model("wagtailcore", "Revision").objects
    events = revisions.filter(content_type__app_label="agenda", content_type__model="eventpage")
    for revision in events.iterator():
        if revision.content.get("registration_url") and "registration_mode" not in revision.content:
            revision.content["registration_mode"] = "elsewhere"
            revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [
        ("agenda", "0005_registration_modes"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [migrations.RunPython(register_elsewhere, migrations.RunPython.noop)]
