"""What a published run answers to every village, and what must never be false about overrides (docs/comparison.md).

An override stands on a line of a draft, is withdrawn at most once, and changes in nothing else; who signed one that is in
force does not publish the run. Answers come with the publication and stay as they were said.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FUNCTIONS = """
-- The run's row is held against a publication that comes at the same moment.
CREATE FUNCTION public.budgeting_keep_override() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    stands text;
    withdrawal text[] := ARRAY['withdrawn_by_id', 'withdrawn_at'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an override is withdrawn, never deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT status INTO stands FROM public.budgeting_allocationrun WHERE id = NEW.run_id FOR SHARE;
    IF stands <> 'draft' THEN
        RAISE EXCEPTION 'overrides belong to a draft, not to a run that is %', stands USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT 1 FROM public.budgeting_allocationline WHERE run_id = NEW.run_id AND proposal_id = NEW.proposal_id AND cost >= NEW.amount) THEN
        RAISE EXCEPTION 'an override turns a line of its run and gives at most what it costs' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.withdrawn_at IS NOT NULL OR to_jsonb(NEW) - withdrawal <> to_jsonb(OLD) - withdrawal) THEN
        RAISE EXCEPTION 'an override keeps what was signed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION public.budgeting_signers_do_not_publish() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM public.budgeting_override
        WHERE run_id = NEW.id AND withdrawn_at IS NULL AND signed_by_id = NEW.published_by_id) THEN
        RAISE EXCEPTION 'whoever signed an override of a run does not publish it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'who_overrides_does_not_publish';
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION public.budgeting_answers_come_with_publication() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (SELECT status FROM public.budgeting_allocationrun WHERE id = NEW.run_id) <> 'published' THEN
        RAISE EXCEPTION 'only a published run answers' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
"""

TRIGGERS = """
CREATE TRIGGER override_keeps_what_was_signed BEFORE INSERT OR UPDATE OR DELETE ON public.budgeting_override
    FOR EACH ROW EXECUTE FUNCTION public.budgeting_keep_override();
CREATE TRIGGER run_signers_do_not_publish BEFORE UPDATE OF status ON public.budgeting_allocationrun
    FOR EACH ROW WHEN (NEW.status = 'published') EXECUTE FUNCTION public.budgeting_signers_do_not_publish();
CREATE TRIGGER answer_1_comes_with_publication BEFORE INSERT ON public.budgeting_villageanswer
    FOR EACH ROW EXECUTE FUNCTION public.budgeting_answers_come_with_publication();
CREATE TRIGGER answer_2_only_grows BEFORE UPDATE OR DELETE ON public.budgeting_villageanswer
    FOR EACH ROW EXECUTE FUNCTION public.budgeting_only_grows();
"""

NAMES = ("keep_override", "signers_do_not_publish", "answers_come_with_publication")
RIGHTS = "".join(f"REVOKE EXECUTE ON FUNCTION public.budgeting_{name}() FROM PUBLIC;\n" for name in NAMES)
UNDO = """
DROP TRIGGER override_keeps_what_was_signed ON public.budgeting_override;
DROP TRIGGER run_signers_do_not_publish ON public.budgeting_allocationrun;
DROP TRIGGER answer_1_comes_with_publication ON public.budgeting_villageanswer;
DROP TRIGGER answer_2_only_grows ON public.budgeting_villageanswer;
""" + "".join(f"DROP FUNCTION public.budgeting_{name}();\n" for name in NAMES)


class Migration(migrations.Migration):
    dependencies = [
        ("budgeting", "0005_runs_tell_their_progress"),
        ("geo", "0004_regions_without_a_place"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="VillageAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("plan_year", models.PositiveSmallIntegerField()),
                ("asked", models.PositiveIntegerField(default=0)),
                ("funded", models.PositiveIntegerField(default=0)),
                ("amount", models.BigIntegerField(default=0)),
                ("facts", models.JSONField(default=dict)),
                ("words", models.JSONField(default=dict)),
                ("answered_at", models.DateTimeField()),
                ("answered_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "region",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="allocation_answers", to="geo.region"),
                ),
                ("run", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="budgeting.allocationrun")),
            ],
            options={
                "ordering": ["-answered_at", "region_id", "id"],
                "indexes": [models.Index(fields=["region", "-answered_at", "id"], name="answers_of_a_region")],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "region"), name="one_answer_per_region_of_a_run"),
                    models.CheckConstraint(condition=models.Q(("funded__lte", models.F("asked"))), name="no_more_is_funded_than_was_asked"),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="an_answered_amount_is_not_negative"),
                ],
            },
        ),
        migrations.RunSQL(FUNCTIONS + TRIGGERS + RIGHTS, UNDO),
    ]
