"""Regions without a place on the map are found by their parent, without walking all that have one."""

from django.db import migrations

INDEX = "CREATE INDEX regions_without_a_place ON geo_region (parent_id) WHERE anchor IS NULL;"


class Migration(migrations.Migration):
    dependencies = [("geo", "0003_regions_by_name")]
    operations = [migrations.RunSQL(INDEX, "DROP INDEX regions_without_a_place;")]
