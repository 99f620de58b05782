"""Lists of works in one state: they stand in the older years, far down the order of all."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("proposals", "0015_lists_by_state")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX realisation_by_change ON proposals_proposal (realisation, changed_at, id) WHERE realisation <> ''",
            "DROP INDEX realisation_by_change",
        )
    ]
