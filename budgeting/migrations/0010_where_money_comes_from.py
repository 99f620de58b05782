"""What is said about lines that nobody proposed, whose authority a work is, and routes that an official chose (docs/provenance.md).

Statements and chosen routes only grow; a claim is decided once and keeps what was said.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FUNCTIONS = """
CREATE FUNCTION public.budgeting_keep_claim() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    decision text[] := ARRAY['state', 'decided_by_id', 'decided_role', 'decided_at', 'reason', 'origin_before'];
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state = 'open' AND to_jsonb(NEW) - decision = to_jsonb(OLD) - decision THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a claim is decided once and keeps what was said: % refused', lower(TG_OP) USING ERRCODE = 'restrict_violation';
END
$$;
REVOKE EXECUTE ON FUNCTION public.budgeting_keep_claim() FROM PUBLIC;
CREATE TRIGGER claim_is_kept BEFORE UPDATE OR DELETE ON public.budgeting_originclaim
    FOR EACH ROW EXECUTE FUNCTION public.budgeting_keep_claim();
CREATE TRIGGER statements_only_grow BEFORE UPDATE OR DELETE ON public.budgeting_originstatement
    FOR EACH ROW EXECUTE FUNCTION public.budgeting_only_grows();
CREATE TRIGGER route_decisions_only_grow BEFORE UPDATE OR DELETE ON public.budgeting_routedecision
    FOR EACH ROW EXECUTE FUNCTION public.budgeting_only_grows();
"""
UNDO = """
DROP TRIGGER claim_is_kept ON public.budgeting_originclaim;
DROP TRIGGER statements_only_grow ON public.budgeting_originstatement;
DROP TRIGGER route_decisions_only_grow ON public.budgeting_routedecision;
DROP FUNCTION public.budgeting_keep_claim();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("budgeting", "0009_the_tree_holds_together"),
        ("proposals", "0019_lists_by_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="ceiling",
            name="funding_source",
            field=models.CharField(
                choices=[
                    ("village_fund", "Village Fund (Dana Desa)"),
                    ("village_budget", "village budget (APBDes)"),
                    ("district_budget", "district budget (APBD)"),
                    ("special_allocation", "Special Allocation Fund (DAK)"),
                    ("province_budget", "province budget (APBD Provinsi)"),
                    ("ward_fund", "ward fund (Dana Kelurahan)"),
                    ("ministry_budget", "ministry budget (APBN)"),
                    ("community", "companies and self-help (CSR)"),
                ],
                max_length=24,
            ),
        ),
        migrations.AlterField(
            model_name="fundedwork",
            name="funding_source",
            field=models.CharField(
                choices=[
                    ("village_fund", "Village Fund (Dana Desa)"),
                    ("village_budget", "village budget (APBDes)"),
                    ("district_budget", "district budget (APBD)"),
                    ("special_allocation", "Special Allocation Fund (DAK)"),
                    ("province_budget", "province budget (APBD Provinsi)"),
                    ("ward_fund", "ward fund (Dana Kelurahan)"),
                    ("ministry_budget", "ministry budget (APBN)"),
                    ("community", "companies and self-help (CSR)"),
                ],
                max_length=24,
            ),
        ),
        migrations.CreateModel(
            name="AuthorityRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sector",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("road", "Roads and bridges"),
                            ("water", "Clean water"),
                            ("drainage", "Rivers and drainage"),
                            ("education", "Education"),
                            ("health", "Health"),
                            ("farming", "Farming"),
                            ("fishery", "Fishery"),
                            ("business", "Residents' businesses"),
                            ("energy", "Electricity and lighting"),
                            ("government", "Government"),
                            ("empowerment", "Empowerment"),
                            ("transport", "Water transport"),
                            ("sanitation", "Waste and sanitation"),
                            ("housing", "Housing"),
                            ("disaster", "Disaster"),
                        ],
                        max_length=16,
                    ),
                ),
                ("work_code", models.CharField(blank=True, max_length=40)),
                (
                    "authority",
                    models.CharField(
                        choices=[
                            ("village", "village (desa)"),
                            ("district", "district (kabupaten)"),
                            ("province", "province (provinsi)"),
                            ("nation", "central government"),
                            ("outside", "no government: companies, self-help"),
                        ],
                        max_length=12,
                    ),
                ),
                ("on_menu", models.BooleanField(default=False)),
                ("legal_basis", models.CharField(blank=True, max_length=300)),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                ("changed_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("cycle", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="authorities", to="proposals.cycle")),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["cycle_id", "sector", "work_code"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("work_code", ""), _negated=True), fields=("cycle", "work_code"), name="one_authority_per_work_of_a_year"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("work_code", "")), fields=("cycle", "sector"), name="one_authority_per_sector_of_a_year"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("work_code", ""), _negated=True), models.Q(("sector", ""), _negated=True), _connector="OR"),
                        name="an_authority_is_of_a_work_or_a_sector",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verified_at__isnull", True), ("verified_by__isnull", True)),
                            models.Q(("verified_at__isnull", False), ("verified_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_verified_authority_says_by_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OriginClaim",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "waits for a second person"),
                            ("confirmed", "agreed by a second person"),
                            ("refused", "not the same"),
                            ("withdrawn", "taken back"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("words", models.CharField(max_length=1000)),
                ("asked_role", models.CharField(max_length=24)),
                ("asked_at", models.DateTimeField()),
                ("decided_role", models.CharField(blank=True, max_length=24)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=1000)),
                (
                    "origin_before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("village", "village proposal"),
                            ("carried_over", "village proposal carried over"),
                            ("council", "council's main thoughts (pokir)"),
                            ("agency", "agency plan"),
                            ("mandatory", "required by regulation"),
                            ("unknown", "never proposed"),
                        ],
                        max_length=16,
                    ),
                ),
                ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("proposal", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="origin_claims", to="proposals.proposal")),
                ("work", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="origin_claims", to="budgeting.fundedwork")),
            ],
            options={
                "ordering": ["work_id", "asked_at", "id"],
                "indexes": [models.Index(condition=models.Q(("state", "open")), fields=["asked_at", "id"], name="claims_that_wait")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("work", "proposal"), name="one_open_claim_per_work_and_proposal"
                    ),
                    models.UniqueConstraint(condition=models.Q(("state", "confirmed")), fields=("work",), name="one_confirmed_claim_per_work"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "confirmed")), fields=("proposal",), name="one_confirmed_claim_per_proposal"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_decided_claim_says_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "confirmed"), _negated=True),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_claim_is_confirmed_by_a_second_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OriginStatement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("turn", models.PositiveIntegerField()),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("village", "village proposal"),
                            ("carried_over", "village proposal carried over"),
                            ("council", "council's main thoughts (pokir)"),
                            ("agency", "agency plan"),
                            ("mandatory", "required by regulation"),
                            ("unknown", "never proposed"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "origin_before",
                    models.CharField(
                        choices=[
                            ("village", "village proposal"),
                            ("carried_over", "village proposal carried over"),
                            ("council", "council's main thoughts (pokir)"),
                            ("agency", "agency plan"),
                            ("mandatory", "required by regulation"),
                            ("unknown", "never proposed"),
                        ],
                        max_length=16,
                    ),
                ),
                ("reference", models.CharField(max_length=200)),
                ("words", models.CharField(max_length=1000)),
                ("said_role", models.CharField(max_length=24)),
                ("said_at", models.DateTimeField()),
                ("said_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("work", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="origin_statements", to="budgeting.fundedwork")),
            ],
            options={
                "ordering": ["work_id", "turn"],
                "constraints": [
                    models.UniqueConstraint(fields=("work", "turn"), name="one_statement_per_turn_of_a_work"),
                    models.CheckConstraint(
                        condition=models.Q(("origin__in", ["council", "agency", "mandatory"])), name="a_statement_names_an_origin_without_a_proposal"
                    ),
                    models.CheckConstraint(condition=models.Q(("reference", ""), _negated=True), name="a_statement_says_what_it_rests_on"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RouteDecision",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("turn", models.PositiveIntegerField()),
                (
                    "target",
                    models.CharField(
                        choices=[
                            ("village", "village plan and budget (RKPDes, APBDes)"),
                            ("ward", "ward list (Dana Kelurahan)"),
                            ("climbs", "list to higher levels (DU-RKPDes, sub-district meeting)"),
                            ("agency", "agency's work plan (Renja)"),
                            ("outside", "outside the budget, recorded only"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "funding_source",
                    models.CharField(
                        choices=[
                            ("village_fund", "Village Fund (Dana Desa)"),
                            ("village_budget", "village budget (APBDes)"),
                            ("district_budget", "district budget (APBD)"),
                            ("special_allocation", "Special Allocation Fund (DAK)"),
                            ("province_budget", "province budget (APBD Provinsi)"),
                            ("ward_fund", "ward fund (Dana Kelurahan)"),
                            ("ministry_budget", "ministry budget (APBN)"),
                            ("community", "companies and self-help (CSR)"),
                        ],
                        max_length=24,
                    ),
                ),
                ("suggested", models.CharField(max_length=24)),
                ("reason", models.CharField(max_length=500)),
                ("signed_role", models.CharField(max_length=24)),
                ("signed_at", models.DateTimeField()),
                ("proposal", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="route_decisions", to="proposals.proposal")),
                ("signed_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["proposal_id", "turn"],
                "constraints": [
                    models.UniqueConstraint(fields=("proposal", "turn"), name="one_route_decision_per_turn_of_a_proposal"),
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="a_chosen_route_says_why"),
                ],
            },
        ),
        migrations.RunSQL(FUNCTIONS, UNDO),
    ]
