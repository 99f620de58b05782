"""Regions are found by their very name, or by how it begins, without reading the rest."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("geo", "0002_population_year_and_changes")]
    operations = [
        migrations.RunSQL("CREATE INDEX region_by_name ON geo_region (lower(name) text_pattern_ops)", "DROP INDEX region_by_name"),
    ]
