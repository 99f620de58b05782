"""Works are found by sector, origin and source across the nation, and counted by any region for the tiles of the map."""

from django.db import migrations, models

_ORDER = ["-plan_year", "-changed_at", "-id"]


class Migration(migrations.Migration):
    dependencies = [("budgeting", "0012_what_was_said_of_works_stays")]

    operations = [
        migrations.AddIndex("fundedwork", models.Index(fields=["sector", *_ORDER], name="works_of_a_sector")),
        migrations.AddIndex("fundedwork", models.Index(fields=["origin", *_ORDER], name="works_of_an_origin")),
        migrations.AddIndex("fundedwork", models.Index(fields=["funding_source", *_ORDER], name="works_of_a_source")),
        migrations.AddIndex(
            "fundedwork",
            models.Index(
                fields=["region", "plan_year", "realisation"],
                include=["sector", "origin", "funding_source"],
                opclasses=["varchar_pattern_ops", "int2_ops", "varchar_ops"],
                name="works_counted_by_place",
            ),
        ),
    ]
