"""What was said of a work stays, kept by the database itself: reports and answers only grow, a person's word is taken back once.

Photos may be taken away again (their journal says that they were there), but what a photo is does not change.
"""

from django.db import migrations

FUNCTIONS = """
-- A word is superseded when its author says it anew; nothing else of it ever changes, and that it was said stays.
CREATE FUNCTION public.budgeting_keep_word() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL
        AND to_jsonb(NEW) - 'superseded_at' = to_jsonb(OLD) - 'superseded_at' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a word about a work is taken back once and kept: % refused', lower(TG_OP) USING ERRCODE = 'restrict_violation';
END
$$;
"""

TRIGGERS = """
CREATE TRIGGER report_only_grows BEFORE UPDATE OR DELETE ON public.budgeting_progress
    FOR EACH ROW EXECUTE FUNCTION public.budgeting_only_grows();
CREATE TRIGGER answer_only_grows BEFORE UPDATE OR DELETE ON public.budgeting_disputeanswer
    FOR EACH ROW EXECUTE FUNCTION public.budgeting_only_grows();
CREATE TRIGGER word_is_kept BEFORE UPDATE OR DELETE ON public.budgeting_confirmation
    FOR EACH ROW EXECUTE FUNCTION public.budgeting_keep_word();
CREATE TRIGGER photo_stays_as_it_is BEFORE UPDATE ON public.budgeting_workphoto
    FOR EACH ROW EXECUTE FUNCTION public.budgeting_only_grows();
"""

RIGHTS = "REVOKE EXECUTE ON FUNCTION public.budgeting_keep_word() FROM PUBLIC;\n"

UNDO = """
DROP TRIGGER report_only_grows ON public.budgeting_progress;
DROP TRIGGER answer_only_grows ON public.budgeting_disputeanswer;
DROP TRIGGER word_is_kept ON public.budgeting_confirmation;
DROP TRIGGER photo_stays_as_it_is ON public.budgeting_workphoto;
DROP FUNCTION public.budgeting_keep_word();
"""


class Migration(migrations.Migration):
    dependencies = [("budgeting", "0011_late_and_silent_by_year")]

    operations = [migrations.RunSQL(FUNCTIONS + TRIGGERS + RIGHTS, UNDO)]
