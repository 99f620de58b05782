"""Lists of one stage, one outcome or one plan year: what changed last stands in one corner of the order of all."""

from django.db import migrations, models

INDEXES = """
CREATE INDEX stage_by_change ON proposals_proposal (stage, changed_at, id) WHERE stage <> 'draft';
CREATE INDEX outcome_by_change ON proposals_proposal (outcome, changed_at, id) WHERE stage <> 'draft';
"""
NO_INDEXES = "DROP INDEX outcome_by_change; DROP INDEX stage_by_change;"


class Migration(migrations.Migration):
    dependencies = [("proposals", "0014_proposals_without_a_place")]
    operations = [
        migrations.RemoveIndex("proposal", "proposals_of_a_year"),
        migrations.AddIndex("proposal", models.Index(fields=["plan_year", "changed_at", "id"], name="proposals_of_a_year")),
        migrations.RunSQL(INDEXES, NO_INDEXES),
    ]
