"""The database lets a calculation say its step, as it lets it say how many lines are done: while it waits, never afterwards."""

from django.db import migrations

KEEP_RUN = """
CREATE OR REPLACE FUNCTION public.budgeting_keep_run() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    result text[] := ARRAY[%(result)s];
    publication text[] := ARRAY['status', 'published_by_id', 'published_at'];
BEGIN
    IF TG_OP = 'UPDATE'
        AND (OLD.status = NEW.status OR (OLD.status, NEW.status) IN (
            ('queued', 'running'), ('queued', 'draft'), ('queued', 'failed'), ('queued', 'discarded'),
            ('running', 'queued'), ('running', 'draft'), ('running', 'failed'), ('running', 'discarded'),
            ('draft', 'published'), ('draft', 'discarded'), ('failed', 'discarded')))
        AND to_jsonb(NEW) - result = to_jsonb(OLD) - result
        AND (OLD.status IN ('queued', 'running') OR to_jsonb(NEW) - publication = to_jsonb(OLD) - publication)
        AND (OLD.status <> 'published' OR NEW IS NOT DISTINCT FROM OLD)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a run keeps its inputs and its result: %% refused', lower(TG_OP) USING ERRCODE = 'restrict_violation';
END
$$;
"""
BEFORE = "'status', 'spent', 'done', 'failure', 'calculated_at', 'published_by_id', 'published_at', 'account', 'started_at'"
FORWARD = KEEP_RUN % {"result": f"{BEFORE}, 'step'"}
BACK = KEEP_RUN % {"result": BEFORE}


class Migration(migrations.Migration):
    dependencies = [("budgeting", "0014_a_run_says_its_step")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
