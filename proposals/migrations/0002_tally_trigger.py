"""The trigger that writes every change of a count, and the indexes that search, map and lists use."""

from django.db import migrations

TRIGGER = """
CREATE FUNCTION proposals_write_tally_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.stage <> 'draft' THEN
        INSERT INTO proposals_tallychange (region_code, plan_year, sector, stage, outcome, proposals, amount, funded, funded_amount)
        VALUES (OLD.village_id, OLD.plan_year, OLD.sector, OLD.stage, OLD.outcome,
                -1, -coalesce(OLD.amount, 0), -(OLD.outcome = 'funded')::int, -coalesce(OLD.funded_amount, 0));
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.stage <> 'draft' THEN
        INSERT INTO proposals_tallychange (region_code, plan_year, sector, stage, outcome, proposals, amount, funded, funded_amount)
        VALUES (NEW.village_id, NEW.plan_year, NEW.sector, NEW.stage, NEW.outcome,
                1, coalesce(NEW.amount, 0), (NEW.outcome = 'funded')::int, coalesce(NEW.funded_amount, 0));
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER a_new_or_gone_proposal_is_tallied AFTER INSERT OR DELETE ON proposals_proposal
FOR EACH ROW EXECUTE FUNCTION proposals_write_tally_change();

-- Counters (supports, comments) and texts change often and count nothing: they never reach the function.
CREATE TRIGGER a_changed_proposal_is_tallied AFTER UPDATE ON proposals_proposal
FOR EACH ROW WHEN (
    (OLD.village_id, OLD.plan_year, OLD.sector, OLD.stage, OLD.outcome, OLD.amount, OLD.funded_amount)
    IS DISTINCT FROM
    (NEW.village_id, NEW.plan_year, NEW.sector, NEW.stage, NEW.outcome, NEW.amount, NEW.funded_amount)
) EXECUTE FUNCTION proposals_write_tally_change();

-- What stood there before the trigger did.
INSERT INTO proposals_tallychange (region_code, plan_year, sector, stage, outcome, proposals, amount, funded, funded_amount)
SELECT village_id, plan_year, sector, stage, outcome, count(*), sum(coalesce(amount, 0)),
       count(*) FILTER (WHERE outcome = 'funded'), sum(coalesce(funded_amount, 0))
FROM proposals_proposal WHERE stage <> 'draft' GROUP BY village_id, plan_year, sector, stage, outcome;
"""
NO_TRIGGER = """
DROP TRIGGER a_changed_proposal_is_tallied ON proposals_proposal;
DROP TRIGGER a_new_or_gone_proposal_is_tallied ON proposals_proposal;
DROP FUNCTION proposals_write_tally_change();
DELETE FROM proposals_tallychange;
DELETE FROM proposals_tally;
"""
INDEXES = """
CREATE INDEX proposals_by_words ON proposals_proposal USING gin (
    upper(title::text) gin_trgm_ops, upper(problem) gin_trgm_ops, upper(number::text) gin_trgm_ops, title gin_trgm_ops
);
CREATE INDEX proposals_by_change ON proposals_proposal (changed_at DESC, id) WHERE stage <> 'draft';
CREATE INDEX proposals_by_amount ON proposals_proposal (amount DESC, id) WHERE stage <> 'draft';
"""
NO_INDEXES = "DROP INDEX proposals_by_amount; DROP INDEX proposals_by_change; DROP INDEX proposals_by_words;"


class Migration(migrations.Migration):
    dependencies = [("proposals", "0001_initial"), ("geo", "0001_initial")]
    operations = [
        migrations.RunSQL(TRIGGER, NO_TRIGGER),
        migrations.RunSQL(INDEXES, NO_INDEXES),
    ]
