from django.db import migrations

ELSEWHERE = "elsewhere"


def register_elsewhere(apps, schema_editor):
    """Until now, an event with an address for registering was one that had it elsewhere.

    So in the revisions, which editors open: published without a mode, one would take the address off the site.
    """
    apps.get_model("agenda", "EventPage").objects.exclude(registration_url="").update(registration_mode=ELSEWHERE)
    revisions = apps.get_model("wagtailcore", "Revision").objects
    events = revisions.filter(content_type__app_label="agenda", content_type__model="eventpage")
    for revision in events.iterator():
        if revision.content.get("registration_url") and "registration_mode" not in revision.content:
            revision.content["registration_mode"] = ELSEWHERE
            revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [
        ("agenda", "0004_registrations"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [migrations.RunPython(register_elsewhere, migrations.RunPython.noop)]
