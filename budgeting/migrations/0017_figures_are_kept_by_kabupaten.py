"""What each kabupaten's plan year was last counted to, for the sums of provinces and the nation."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("budgeting", "0016_a_grant_names_its_recipient"), ("proposals", "0020_days_for_an_answer")]
    operations = [
        migrations.CreateModel(
            name="KeptFigures",
            fields=[
                (
                    "cycle",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="kept_figures",
                        serialize=False,
                        to="proposals.cycle",
                    ),
                ),
                ("figures", models.JSONField(default=dict)),
                ("counted_at", models.DateTimeField()),
            ],
            options={"ordering": ["cycle_id"], "verbose_name_plural": "kept figures"},
        ),
    ]
