"""A question in a room may wait until the chair has read it. Words of a choice alone: the column stays as it is."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("deliberation", "0013_when_a_plan_changed")]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="said",
            name="state",
            field=models.CharField(
                blank=True,
                choices=[
                    ("held", "Waits for the chair"),
                    ("open", "Not taken up yet"),
                    ("taken_up", "Taken up"),
                    ("later", "To be answered later"),
                    ("answered", "Answered"),
                ],
                max_length=12,
            ),
        )
    ]
