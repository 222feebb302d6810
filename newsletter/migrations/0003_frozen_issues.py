"""What was frozen of an issue is one thing, sending it another."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def created_by(**options) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name="+",
        verbose_name="vastgelegd door",
        **options,
    )


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0002_issues_runs_and_corrections")]

    operations = [
        migrations.RenameModel("SendRun", "FrozenIssue"),
        migrations.RenameField("Correction", "run", "frozen"),
        # An index keeps its name when its table gets another one; the next ``SendRun`` wants that name.
        migrations.AlterField("FrozenIssue", "created_by", created_by(db_index=False, db_constraint=False)),
        migrations.AlterField("FrozenIssue", "created_by", created_by()),
    ]
