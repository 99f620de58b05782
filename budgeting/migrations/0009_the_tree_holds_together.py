"""What must never be false about a tree of ceilings, kept by the database itself (docs/ceilings.md, docs/decisions/0220-*).

What is handed to parts, set aside and committed is never more than the ceiling, whoever writes: the checks lock the rows whose
sums they add up, in the order of their keys, so the second of two writers sees what the first has committed.
"""

from django.db import migrations

FUNCTIONS = """
-- Locks the ceilings and adds each up again: its size, what is set aside, what its parts hold, what is committed.
-- NO KEY: rows that only refer to a ceiling (versions, parts, entries) must not wait for it at their commit, or two would wait for each other.
CREATE FUNCTION public.budgeting_hold_together(touched bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    node bigint;
    whole bigint;
    kept bigint;
    moved bigint;
    released bigint;
    committed bigint;
    handed bigint;
BEGIN
    FOR node IN SELECT DISTINCT one FROM unnest(touched) AS one WHERE one IS NOT NULL ORDER BY one LOOP
        SELECT amount, reserve INTO whole, kept FROM public.budgeting_ceiling WHERE id = node FOR NO KEY UPDATE;
        SELECT coalesce(sum(CASE kind WHEN 'commit' THEN amount WHEN 'release' THEN -amount END), 0),
               coalesce(sum(CASE kind WHEN 'transfer_in' THEN amount WHEN 'transfer_out' THEN -amount END), 0),
               coalesce(sum(CASE kind WHEN 'reserve_release' THEN amount END), 0)
            INTO committed, moved, released
            FROM public.budgeting_ledgerentry WHERE ceiling_id = node;
        SELECT coalesce(sum(part.amount), 0) INTO handed FROM public.budgeting_ceiling part WHERE part.parent_id = node;
        handed := handed + (SELECT coalesce(sum(CASE entry.kind WHEN 'transfer_in' THEN entry.amount WHEN 'transfer_out' THEN -entry.amount END), 0)
            FROM public.budgeting_ledgerentry entry JOIN public.budgeting_ceiling part ON part.id = entry.ceiling_id WHERE part.parent_id = node);
        IF committed < 0 OR released > kept OR committed + handed + kept - released > whole + moved THEN
            RAISE EXCEPTION 'ceiling % would fall below what is committed, set aside and handed down: % + % + % of %',
                node, committed, kept - released, handed, whole + moved
                USING ERRCODE = 'check_violation', CONSTRAINT = 'a_ceiling_is_never_overdrawn';
        END IF;
    END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION public.budgeting_never_overdrawn() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- A transfer changes the size of a part, so the ceiling above is added up too.
    PERFORM public.budgeting_hold_together(ARRAY(
        SELECT ceiling_id FROM fresh
        UNION SELECT above.parent_id FROM fresh JOIN public.budgeting_ceiling above ON above.id = fresh.ceiling_id
            WHERE fresh.kind IN ('transfer_in', 'transfer_out')));
    RETURN NULL;
END
$$;

CREATE FUNCTION public.budgeting_new_ceilings_hold() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.budgeting_hold_together(ARRAY(SELECT parent_id FROM fresh));
    RETURN NULL;
END
$$;

CREATE FUNCTION public.budgeting_changed_ceilings_hold() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- Publishing changes no figure and must not take the lock of the ceiling above.
    PERFORM public.budgeting_hold_together(ARRAY(
        SELECT unnest(ARRAY[fresh.id, fresh.parent_id, stale.parent_id]) FROM fresh JOIN stale ON stale.id = fresh.id
            WHERE (fresh.amount, fresh.reserve, fresh.parent_id) IS DISTINCT FROM (stale.amount, stale.reserve, stale.parent_id)));
    RETURN NULL;
END
$$;

-- A part has its parent's year and source and stands lower: a region below, or an agency's part of the undivided ceiling.
-- Each step goes down, so no path ever leads back.
CREATE FUNCTION public.budgeting_part_fits() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    above public.budgeting_ceiling;
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.plan_year, NEW.region_id, NEW.funding_source, NEW.agency_id)
        IS DISTINCT FROM (OLD.plan_year, OLD.region_id, OLD.funding_source, OLD.agency_id) THEN
        RAISE EXCEPTION 'a ceiling keeps its year, region, source and agency' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.parent_id IS NOT NULL THEN
        SELECT * INTO above FROM public.budgeting_ceiling WHERE id = NEW.parent_id;
        IF FOUND AND NOT (above.plan_year = NEW.plan_year AND above.funding_source = NEW.funding_source
            AND (above.agency_id IS NULL OR above.agency_id IS NOT DISTINCT FROM NEW.agency_id)
            AND (NEW.region_id LIKE above.region_id || '.%'
                OR (NEW.region_id = above.region_id AND above.agency_id IS NULL AND NEW.agency_id IS NOT NULL))) THEN
            RAISE EXCEPTION 'ceiling % is no part of %', NEW.id, NEW.parent_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'a_part_fits_the_ceiling_above';
        END IF;
    END IF;
    RETURN NEW;
END
$$;

-- What was asked for stays; a transfer is decided once.
CREATE FUNCTION public.budgeting_keep_transfer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    decision text[] := ARRAY['status', 'decided_by_id', 'decided_at'];
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.status = 'asked' AND to_jsonb(NEW) - decision = to_jsonb(OLD) - decision THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a transfer is decided once and kept: % refused', lower(TG_OP) USING ERRCODE = 'restrict_violation';
END
$$;

CREATE FUNCTION public.budgeting_keep_formula() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF OLD.published_at IS NOT NULL OR (TG_OP = 'UPDATE' AND (NEW.ceiling_id, NEW.number) IS DISTINCT FROM (OLD.ceiling_id, OLD.number)) THEN
        RAISE EXCEPTION 'a published formula stays: % refused', lower(TG_OP) USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;
"""

TRIGGERS = """
DROP TRIGGER ceiling_never_below_committed ON public.budgeting_ceiling;
DROP FUNCTION public.budgeting_never_below_committed();
CREATE TRIGGER ceiling_1_part_fits BEFORE INSERT OR UPDATE ON public.budgeting_ceiling
    FOR EACH ROW EXECUTE FUNCTION public.budgeting_part_fits();
CREATE TRIGGER ceiling_2_new_ones_hold AFTER INSERT ON public.budgeting_ceiling
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.budgeting_new_ceilings_hold();
CREATE TRIGGER ceiling_3_changed_ones_hold AFTER UPDATE ON public.budgeting_ceiling
    REFERENCING OLD TABLE AS stale NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.budgeting_changed_ceilings_hold();
CREATE TRIGGER version_only_grows BEFORE UPDATE OR DELETE ON public.budgeting_ceilingversion
    FOR EACH ROW EXECUTE FUNCTION public.budgeting_only_grows();
CREATE TRIGGER transfer_is_decided_once BEFORE UPDATE OR DELETE ON public.budgeting_transfer
    FOR EACH ROW EXECUTE FUNCTION public.budgeting_keep_transfer();
CREATE TRIGGER formula_stays BEFORE UPDATE OR DELETE ON public.budgeting_formula
    FOR EACH ROW EXECUTE FUNCTION public.budgeting_keep_formula();
"""

NEW = ("new_ceilings_hold", "changed_ceilings_hold", "part_fits", "keep_transfer", "keep_formula")
RIGHTS = "REVOKE EXECUTE ON FUNCTION public.budgeting_hold_together(bigint[]) FROM PUBLIC;\n" + "".join(
    f"REVOKE EXECUTE ON FUNCTION public.budgeting_{name}() FROM PUBLIC;\n" for name in NEW
)

#: What was published before there were versions is the first one.
FIRST_VERSIONS = """
INSERT INTO public.budgeting_ceilingversion
    (ceiling_id, number, version, amount, reserve, parent_id, legal_basis, set_by_id, set_at, published_by_id, published_at)
    SELECT id, 1, version, amount, reserve, parent_id, legal_basis, set_by_id, set_at, published_by_id, published_at
    FROM public.budgeting_ceiling WHERE published_at IS NOT NULL;
"""

BEFORE = """
CREATE OR REPLACE FUNCTION public.budgeting_never_overdrawn() RETURNS trigger
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

CREATE TRIGGER ceiling_never_below_committed AFTER UPDATE OF amount, reserve ON public.budgeting_ceiling
    FOR EACH ROW EXECUTE FUNCTION public.budgeting_never_below_committed();
"""
UNDO = (
    """
DROP TRIGGER ceiling_1_part_fits ON public.budgeting_ceiling;
DROP TRIGGER ceiling_2_new_ones_hold ON public.budgeting_ceiling;
DROP TRIGGER ceiling_3_changed_ones_hold ON public.budgeting_ceiling;
DROP TRIGGER version_only_grows ON public.budgeting_ceilingversion;
DROP TRIGGER transfer_is_decided_once ON public.budgeting_transfer;
DROP TRIGGER formula_stays ON public.budgeting_formula;
DELETE FROM public.budgeting_ceilingversion;
"""
    + BEFORE
    + "".join(f"DROP FUNCTION public.budgeting_{name}();\n" for name in NEW)
    + "DROP FUNCTION public.budgeting_hold_together(bigint[]);\n"
)


class Migration(migrations.Migration):
    dependencies = [("budgeting", "0008_ceilings_are_a_tree")]

    operations = [
        migrations.RunSQL(FUNCTIONS + TRIGGERS + RIGHTS + FIRST_VERSIONS, UNDO),
    ]
