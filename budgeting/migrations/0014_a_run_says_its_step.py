"""How far a calculation is, also while the rule itself still decides: which of the three steps it is at."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("budgeting", "0013_works_found_by_what_they_are")]

    operations = [
        migrations.AddField(
            model_name="allocationrun",
            name="step",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (0, "waits"),
                    (1, "the rule decides"),
                    (2, "what would have changed each line is looked for"),
                    (3, "the list is written down"),
                ],
                default=0,
            ),
        )
    ]
