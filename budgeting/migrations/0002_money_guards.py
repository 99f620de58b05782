"""What must never be false about money, kept by the database itself (docs/budgeting.md, docs/decisions/0050-money-guards.md).

A ceiling is never overdrawn, whoever writes: the check locks the ceiling's row, so two writers wait for each other and the
second one sees what the first has committed. The ledger and the results of runs only grow.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION public.budgeting_never_overdrawn() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    touched bigint;
    allowed bigint;
    committed bigint;
BEGIN
    FOR touched IN SELECT DISTINCT ceiling_id FROM fresh ORDER BY ceiling_id LOOP
        SELECT amount - reserve INTO allowed FROM public.budgeting_ceiling WHERE id = touched FOR UPDATE;
        SELECT coalesce(sum(CASE kind WHEN 'commit' THEN amount ELSE -amount END), 0) INTO committed
            FROM public.budgeting_ledgerentry WHERE ceiling_id = touched;
        IF committed > allowed OR committed < 0 THEN
            RAISE EXCEPTION 'ceiling % would be overdrawn: % committed of %', touched, committed, allowed
                USING ERRCODE = 'check_violation', CONSTRAINT = 'a_ceiling_is_never_overdrawn';
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;

CREATE FUNCTION public.budgeting_never_below_committed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    committed bigint;
BEGIN
    SELECT coalesce(sum(CASE kind WHEN 'commit' THEN amount ELSE -amount END), 0) INTO committed
        FROM public.budgeting_ledgerentry WHERE ceiling_id = NEW.id;
    IF committed > NEW.amount - NEW.reserve THEN
        RAISE EXCEPTION 'ceiling % would fall below what is committed: % of %', NEW.id, committed, NEW.amount - NEW.reserve
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_ceiling_is_never_overdrawn';
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION public.budgeting_only_grows() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% only grows: % refused', TG_TABLE_NAME, lower(TG_OP) USING ERRCODE = 'restrict_violation';
END
$$;

-- Lines are written once, while their run is being calculated.
CREATE FUNCTION public.budgeting_lines_come_with_the_result() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (SELECT status FROM public.budgeting_allocationrun WHERE id = NEW.run_id) NOT IN ('queued', 'running') THEN
        RAISE EXCEPTION 'a calculated run takes no more lines' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;

-- What was asked never changes; what was calculated never changes; a status only goes forward.
CREATE FUNCTION public.budgeting_keep_run() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    result text[] := ARRAY['status', 'spent', 'done', 'failure', 'calculated_at', 'published_by_id', 'published_at'];
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
    RAISE EXCEPTION 'a run keeps its inputs and its result: % refused', lower(TG_OP) USING ERRCODE = 'restrict_violation';
END
$$;
"""

TRIGGERS = """
CREATE TRIGGER ledger_1_never_overdrawn AFTER INSERT ON public.budgeting_ledgerentry
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.budgeting_never_overdrawn();
CREATE TRIGGER ledger_2_only_grows BEFORE UPDATE OR DELETE ON public.budgeting_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION public.budgeting_only_grows();
CREATE TRIGGER ceiling_never_below_committed AFTER UPDATE OF amount, reserve ON public.budgeting_ceiling
    FOR EACH ROW EXECUTE FUNCTION public.budgeting_never_below_committed();
CREATE TRIGGER line_1_comes_with_the_result BEFORE INSERT ON public.budgeting_allocationline
    FOR EACH ROW EXECUTE FUNCTION public.budgeting_lines_come_with_the_result();
CREATE TRIGGER line_2_only_grows BEFORE UPDATE OR DELETE ON public.budgeting_allocationline
    FOR EACH ROW EXECUTE FUNCTION public.budgeting_only_grows();
CREATE TRIGGER run_keeps_its_result BEFORE UPDATE OR DELETE ON public.budgeting_allocationrun
    FOR EACH ROW EXECUTE FUNCTION public.budgeting_keep_run();
"""

NAMES = ("never_overdrawn", "never_below_committed", "only_grows", "lines_come_with_the_result", "keep_run")
RIGHTS = "".join(f"REVOKE EXECUTE ON FUNCTION public.budgeting_{name}() FROM PUBLIC;\n" for name in NAMES)
UNDO = """
DROP TRIGGER ledger_1_never_overdrawn ON public.budgeting_ledgerentry;
DROP TRIGGER ledger_2_only_grows ON public.budgeting_ledgerentry;
DROP TRIGGER ceiling_never_below_committed ON public.budgeting_ceiling;
DROP TRIGGER line_1_comes_with_the_result ON public.budgeting_allocationline;
DROP TRIGGER line_2_only_grows ON public.budgeting_allocationline;
DROP TRIGGER run_keeps_its_result ON public.budgeting_allocationrun;
""" + "".join(f"DROP FUNCTION public.budgeting_{name}();\n" for name in NAMES)


class Migration(migrations.Migration):
    dependencies = [("budgeting", "0001_initial")]

    operations = [migrations.RunSQL(FUNCTIONS + TRIGGERS + RIGHTS, UNDO)]
