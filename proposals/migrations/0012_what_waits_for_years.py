"""A proposal may be closed by being split; what was carried over is found without reading what was not."""

from django.db import migrations, models

_OUTCOMES = [
    ("open", "Under discussion"),
    ("returned", "Returned"),
    ("reserved", "Reserve"),
    ("rejected", "Rejected"),
    ("withdrawn", "Withdrawn"),
    ("merged", "Merged"),
    ("split", "Split"),
    ("funded", "Funded"),
    ("not_funded", "Not funded"),
]


class Migration(migrations.Migration):
    dependencies = [("proposals", "0011_works_are_found_by_words")]
    operations = [
        migrations.AlterField("proposal", "outcome", models.CharField(choices=_OUTCOMES, default="open", max_length=12)),
        migrations.AddIndex(
            "proposal",
            models.Index(fields=["-changed_at", "id"], condition=models.Q(first_asked_year__isnull=False), name="proposals_asked_for_years"),
        ),
    ]
