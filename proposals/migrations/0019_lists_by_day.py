"""Lists of what was sent in between two days: counted, and fetched where it lies far back, by the days and not by a walk past everything."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("proposals", "0018_stages_are_closed_by_people")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX proposals_by_day ON proposals_proposal (submitted_at) INCLUDE (changed_at, id) WHERE stage <> 'draft'",
            "DROP INDEX proposals_by_day",
        )
    ]
