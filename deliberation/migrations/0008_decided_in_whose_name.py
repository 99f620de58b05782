"""A decision keeps in whose name it was made beside who wrote it down; a meeting its letter's number and its order's version."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def decided_by_who_wrote(apps, _schema_editor):
    """Until now there was one name, that of who wrote it down."""
    apps.get_model("deliberation", "Decision").objects.update(decided_by_id=models.F("recorded_by_id"))


class Migration(migrations.Migration):
    dependencies = [
        ("deliberation", "0007_rolls_without_signal"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("meeting", "letter_number", models.CharField(blank=True, max_length=60)),
        migrations.AddField("meeting", "ranked", models.PositiveIntegerField(default=0)),
        migrations.AddField(
            "decision",
            "decided_by",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunPython(decided_by_who_wrote, migrations.RunPython.noop),
        migrations.AlterField(
            "decision",
            "decided_by",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
    ]
