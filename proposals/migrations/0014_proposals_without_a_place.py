"""In the street, proposals without a place are found by their village; all others have one."""

from django.db import migrations

INDEX = "CREATE INDEX proposals_without_a_place ON proposals_proposal (village_id) WHERE location IS NULL AND shape IS NULL AND stage <> 'draft';"


class Migration(migrations.Migration):
    dependencies = [("proposals", "0013_search")]
    operations = [migrations.RunSQL(INDEX, "DROP INDEX proposals_without_a_place;")]
