from django.db import migrations


def register_elsewhere(apps, schema_editor):
    """Until now, an event with an address for registering was one that had it elsewhere."""
    apps.get_model("agenda", "EventPage").objects.exclude(registration_url="").update(registration_mode="elsewhere")


class Migration(migrations.Migration):
    dependencies = [("agenda", "0004_registrations")]
    operations = [migrations.RunPython(register_elsewhere, migrations.RunPython.noop)]
