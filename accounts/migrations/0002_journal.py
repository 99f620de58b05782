"""The journal keeps itself: append-only, and sealed into a hash chain at commit (docs/decisions/0004-journal.md).

Every function names its tables with their schema and pins its search path, `pg_temp` last, so that no table or function
of the caller's can stand in for ours. Nobody but the owner may put them on other tables. They look entries up by
index only: a connection keeps its plans, and one made while the journal was short would read all of it later.
"""

from django.db import migrations, models

FUNCTIONS = """
-- The canonical text of an entry is one netstring a field (octets:text,), in this order; docs/accounts.md has it too.
CREATE FUNCTION public.accounts_journal_hash(entry public.accounts_auditentry) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT encode(sha256(convert_to(string_agg(octet_length(convert_to(field, 'UTF8')) || ':' || field || ',', '' ORDER BY place), 'UTF8')), 'hex')
    FROM unnest(ARRAY[
        '1',
        entry.chain,
        entry.position::text,
        entry.previous,
        entry.id::text,
        to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        coalesce(entry.actor_id::text, ''),
        entry.role,
        entry.action,
        entry.subject,
        entry.region_code,
        entry.changes::text,
        entry.reason
    ]) WITH ORDINALITY AS fields (field, place)
$$;

-- A new entry comes unsealed, and into the chain of its own region.
CREATE FUNCTION public.accounts_journal_receive() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.position IS NOT NULL OR NEW.previous <> '' OR NEW.hash <> '' THEN
        RAISE EXCEPTION 'the journal seals its entries itself' USING ERRCODE = 'restrict_violation';
    END IF;
    NEW.chain := coalesce(substring(NEW.region_code FROM '^[0-9]{2}[.][0-9]{2}'), 'national');
    RETURN NEW;
END
$$;

-- First round of the commit. Writing down the entry's turn in its transaction queues the seal for the next round, behind
-- every deferred foreign key of this transaction: once it holds a chain, a transaction waits for no row lock any more.
CREATE FUNCTION public.accounts_journal_queue() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
    turn bigint := coalesce(nullif(current_setting('musrenbang.journal_turn', true), ''), '0')::bigint + 1;
BEGIN
    PERFORM set_config('musrenbang.journal_turn', turn::text, true);
    UPDATE public.accounts_auditentry SET previous = turn::text WHERE id = NEW.id;
    RETURN NULL;
END
$$;

-- Second round: the first one called seals all that waits, the others find nothing left to do. The chains of the whole
-- transaction are taken at once and in their order, so that two transactions that write into the same two chains cannot
-- wait for each other; the head's row lock holds even for who does not take them.
CREATE FUNCTION public.accounts_journal_seal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
    waiting text;
    entry public.accounts_auditentry;
    head public.accounts_auditchain;
BEGIN
    SELECT * INTO entry FROM public.accounts_auditentry WHERE id = NEW.id;
    IF entry.position IS NOT NULL THEN
        RETURN NULL;
    END IF;
    FOR waiting IN SELECT DISTINCT chain FROM public.accounts_auditentry WHERE position IS NULL AND previous <> '' ORDER BY chain LOOP
        PERFORM pg_advisory_xact_lock(hashtextextended('accounts.journal.' || waiting, 0));
    END LOOP;
    FOR waiting IN SELECT DISTINCT chain FROM public.accounts_auditentry WHERE position IS NULL AND previous <> '' ORDER BY chain LOOP
        INSERT INTO public.accounts_auditchain (code, position, hash) VALUES (waiting, 0, '') ON CONFLICT (code) DO NOTHING;
        SELECT * INTO head FROM public.accounts_auditchain WHERE code = waiting FOR UPDATE;
        FOR entry IN
            SELECT * FROM public.accounts_auditentry WHERE chain = waiting AND position IS NULL AND previous <> '' ORDER BY previous::bigint
        LOOP
            entry.position := head.position + 1;
            entry.previous := head.hash;
            entry.hash := public.accounts_journal_hash(entry);
            UPDATE public.accounts_auditentry SET position = entry.position, previous = entry.previous, hash = entry.hash WHERE id = entry.id;
            head.position := entry.position;
            head.hash := entry.hash;
        END LOOP;
        UPDATE public.accounts_auditchain SET position = head.position, hash = head.hash WHERE code = waiting;
    END LOOP;
    RETURN NULL;
END
$$;

-- Nothing is changed or removed. The one exception is the seal: from within a trigger, on an entry not yet sealed, all
-- else as it was, first its turn, then exactly the place and the hash that follow the entry before it.
CREATE FUNCTION public.accounts_journal_keep() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 AND OLD.position IS NULL AND OLD.hash = ''
        AND to_jsonb(NEW) - ARRAY['position', 'previous', 'hash'] = to_jsonb(OLD) - ARRAY['position', 'previous', 'hash']
    THEN
        IF NEW.position IS NULL AND NEW.hash = '' AND OLD.previous = '' THEN
            RETURN NEW;
        END IF;
        IF NEW.hash = public.accounts_journal_hash(NEW) AND (
            (NEW.position = 1 AND NEW.previous = '') OR EXISTS (
                SELECT FROM public.accounts_auditentry before
                WHERE before.chain = NEW.chain AND before.position = NEW.position - 1 AND before.hash = NEW.previous
            )
        ) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the journal only grows: % refused', lower(TG_OP) USING ERRCODE = 'restrict_violation';
END
$$;

-- Heads go forward, with the seal, and only to an entry that exists.
CREATE FUNCTION public.accounts_journal_keep_head() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
BEGIN
    IF pg_trigger_depth() > 1 AND TG_OP = 'INSERT' AND NEW.position = 0 AND NEW.hash = '' THEN
        RETURN NEW;
    END IF;
    IF pg_trigger_depth() > 1 AND TG_OP = 'UPDATE' AND NEW.code = OLD.code AND NEW.position > OLD.position AND EXISTS (
        SELECT FROM public.accounts_auditentry last WHERE last.chain = NEW.code AND last.position = NEW.position AND last.hash = NEW.hash
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the heads of the journal move with the journal: % refused', lower(TG_OP) USING ERRCODE = 'restrict_violation';
END
$$;

-- A test database may be emptied as a whole, which is how tests of several connections clean up.
CREATE FUNCTION public.accounts_journal_keep_all() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_database() LIKE 'test\\_%' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'the journal only grows: truncate refused' USING ERRCODE = 'restrict_violation';
END
$$;
"""

TRIGGERS = """
CREATE TRIGGER journal_1_receive BEFORE INSERT ON public.accounts_auditentry
    FOR EACH ROW EXECUTE FUNCTION public.accounts_journal_receive();
CREATE CONSTRAINT TRIGGER journal_2_queue AFTER INSERT ON public.accounts_auditentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.accounts_journal_queue();
CREATE CONSTRAINT TRIGGER journal_3_seal AFTER UPDATE ON public.accounts_auditentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.position IS NULL) EXECUTE FUNCTION public.accounts_journal_seal();
CREATE TRIGGER journal_keep BEFORE UPDATE OR DELETE ON public.accounts_auditentry
    FOR EACH ROW EXECUTE FUNCTION public.accounts_journal_keep();
CREATE TRIGGER journal_keep_all BEFORE TRUNCATE ON public.accounts_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION public.accounts_journal_keep_all();
CREATE TRIGGER journal_keep_head BEFORE INSERT OR UPDATE OR DELETE ON public.accounts_auditchain
    FOR EACH ROW EXECUTE FUNCTION public.accounts_journal_keep_head();
CREATE TRIGGER journal_keep_heads BEFORE TRUNCATE ON public.accounts_auditchain
    FOR EACH STATEMENT EXECUTE FUNCTION public.accounts_journal_keep_all();
"""

NAMES = ("receive", "queue", "seal", "keep", "keep_head", "keep_all")
HASH = "public.accounts_journal_hash(public.accounts_auditentry)"
RIGHTS = "".join(f"REVOKE EXECUTE ON FUNCTION public.accounts_journal_{name}() FROM PUBLIC;\n" for name in NAMES)
UNDO = """
DROP TRIGGER journal_1_receive ON public.accounts_auditentry;
DROP TRIGGER journal_2_queue ON public.accounts_auditentry;
DROP TRIGGER journal_3_seal ON public.accounts_auditentry;
DROP TRIGGER journal_keep ON public.accounts_auditentry;
DROP TRIGGER journal_keep_all ON public.accounts_auditentry;
DROP TRIGGER journal_keep_head ON public.accounts_auditchain;
DROP TRIGGER journal_keep_heads ON public.accounts_auditchain;
""" + "".join(f"DROP FUNCTION public.accounts_journal_{name}();\n" for name in NAMES) + f"DROP FUNCTION {HASH};\n"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="AuditChain",
            fields=[
                ("code", models.CharField(max_length=8, primary_key=True, serialize=False)),
                ("position", models.BigIntegerField()),
                ("hash", models.CharField(max_length=64)),
            ],
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(condition=models.Q(("position__isnull", True)), fields=["chain"], name="entries_waiting_for_their_seal"),
        ),
        migrations.RunSQL(FUNCTIONS + TRIGGERS + RIGHTS, UNDO),
    ]
