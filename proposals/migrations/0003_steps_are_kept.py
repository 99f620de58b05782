"""What a level said is kept as it was said: the steps of a proposal's road, and what its live room told, only grow."""

from django.db import migrations

GUARD = """
CREATE FUNCTION public.proposals_only_grows() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% only grows: % refused', TG_TABLE_NAME, lower(TG_OP) USING ERRCODE = 'restrict_violation';
END
$$;
REVOKE EXECUTE ON FUNCTION public.proposals_only_grows() FROM PUBLIC;
CREATE TRIGGER a_step_is_kept BEFORE UPDATE OR DELETE ON public.proposals_recommendation
    FOR EACH ROW EXECUTE FUNCTION public.proposals_only_grows();
CREATE TRIGGER a_told_event_is_kept BEFORE UPDATE ON public.proposals_liveevent
    FOR EACH ROW EXECUTE FUNCTION public.proposals_only_grows();
"""
NO_GUARD = """
DROP TRIGGER a_told_event_is_kept ON public.proposals_liveevent;
DROP TRIGGER a_step_is_kept ON public.proposals_recommendation;
DROP FUNCTION public.proposals_only_grows();
"""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0002_tally_trigger")]
    operations = [migrations.RunSQL(GUARD, NO_GUARD)]
