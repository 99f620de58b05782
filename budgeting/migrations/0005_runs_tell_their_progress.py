"""A run says when a worker took it up, and keeps what its rule tells about the whole (docs/runs.md).

`account` belongs to the result: it is written with the lines and never again. `started_at` moves while the run is calculated.
"""

from django.db import migrations, models

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
BEFORE = "'status', 'spent', 'done', 'failure', 'calculated_at', 'published_by_id', 'published_at'"
FORWARD = KEEP_RUN % {"result": f"{BEFORE}, 'account', 'started_at'"}
BACK = KEEP_RUN % {"result": BEFORE}


class Migration(migrations.Migration):
    dependencies = [("budgeting", "0004_works_of_what_is_funded")]

    operations = [
        migrations.AddField(model_name="allocationrun", name="started_at", field=models.DateTimeField(blank=True, null=True)),
        migrations.RunSQL(FORWARD, BACK),
    ]
