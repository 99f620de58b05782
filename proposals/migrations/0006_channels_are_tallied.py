"""The tallies tell the channels apart; versions and descent are kept as they were written."""

from django.db import migrations

_CELL = ("region_code", "plan_year", "channel", "sector", "stage", "outcome")


def _tallied_by(cell: tuple[str, ...]) -> str:
    """The trigger's function and condition, counting by these columns."""
    columns = ["village_id" if name == "region_code" else name for name in cell]
    old, new = (", ".join(f"{row}.{name}" for name in columns) for row in ("OLD", "NEW"))
    into = f"INSERT INTO proposals_tallychange ({', '.join(cell)}, proposals, amount, funded, funded_amount)"
    return f"""
    CREATE OR REPLACE FUNCTION proposals_write_tally_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'INSERT' AND OLD.stage <> 'draft' THEN
            {into} VALUES ({old}, -1, -coalesce(OLD.amount, 0), -(OLD.outcome = 'funded')::int, -coalesce(OLD.funded_amount, 0));
        END IF;
        IF TG_OP <> 'DELETE' AND NEW.stage <> 'draft' THEN
            {into} VALUES ({new}, 1, coalesce(NEW.amount, 0), (NEW.outcome = 'funded')::int, coalesce(NEW.funded_amount, 0));
        END IF;
        RETURN NULL;
    END $$;
    DROP TRIGGER a_changed_proposal_is_tallied ON proposals_proposal;
    -- Counters (supports, comments) and texts change often and count nothing: they never reach the function.
    CREATE TRIGGER a_changed_proposal_is_tallied AFTER UPDATE ON proposals_proposal
    FOR EACH ROW WHEN (({old}, OLD.amount, OLD.funded_amount) IS DISTINCT FROM ({new}, NEW.amount, NEW.funded_amount))
    EXECUTE FUNCTION proposals_write_tally_change();
    """  # noqa: S608 - column names of this file


KEPT = """
CREATE TRIGGER a_version_is_kept BEFORE UPDATE OR DELETE ON proposals_proposalversion
FOR EACH ROW EXECUTE FUNCTION proposals_only_grows();
CREATE TRIGGER descent_is_kept BEFORE UPDATE OR DELETE ON proposals_lineage
FOR EACH ROW EXECUTE FUNCTION proposals_only_grows();
"""
NOT_KEPT = """
DROP TRIGGER descent_is_kept ON proposals_lineage;
DROP TRIGGER a_version_is_kept ON proposals_proposalversion;
"""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0005_the_register_in_full")]
    operations = [
        migrations.RunSQL(_tallied_by(_CELL), _tallied_by(tuple(name for name in _CELL if name != "channel"))),
        migrations.RunSQL(KEPT, NOT_KEPT),
    ]
