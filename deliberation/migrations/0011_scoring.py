"""Criteria of a stage, panels with their proposals, blind sheets with scores and recusals."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deliberation", "0010_a_form_answers_one_vote"),
        ("geo", "0004_regions_without_a_place"),
        ("proposals", "0019_lists_by_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CriteriaSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("village", "Village"),
                            ("subdistrict", "Sub-district"),
                            ("agency", "Agency"),
                            ("district", "District"),
                            ("budget", "Budget"),
                            ("works", "Works"),
                            ("done", "Done"),
                        ],
                        max_length=12,
                    ),
                ),
                ("median_from", models.PositiveSmallIntegerField(default=5)),
                ("legal_basis", models.CharField(blank=True, max_length=300)),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                ("frozen_at", models.DateTimeField(blank=True, null=True)),
                ("frozen_sha256", models.CharField(blank=True, max_length=64)),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
                ("cycle", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="criteria_sets", to="proposals.cycle")),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["cycle_id", "stage"],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=8)),
                ("name", models.CharField(max_length=80)),
                ("question", models.CharField(max_length=300)),
                ("anchors", models.JSONField(default=list)),
                ("weight", models.PositiveSmallIntegerField()),
                ("source", models.CharField(choices=[("panel", "scored by the panel"), ("computed", "computed")], max_length=8)),
                ("bands", models.JSONField(blank=True, default=list)),
                (
                    "when_unknown",
                    models.CharField(
                        choices=[("middle", "counts as 3"), ("lowest", "counts as 1"), ("left_out", "is left out for that proposal")],
                        default="middle",
                        max_length=8,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("set", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="criteria", to="deliberation.criteriaset")),
            ],
            options={
                "ordering": ["set_id", "position", "code"],
            },
        ),
        migrations.CreateModel(
            name="Panel",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("village", "Village"),
                            ("subdistrict", "Sub-district"),
                            ("agency", "Agency"),
                            ("district", "District"),
                            ("budget", "Budget"),
                            ("works", "Works"),
                            ("done", "Done"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                ("state", models.CharField(choices=[("draft", "Draft"), ("open", "Scoring"), ("closed", "Closed")], default="draft", max_length=8)),
                ("frozen", models.JSONField(blank=True, default=dict)),
                ("seed", models.CharField(blank=True, max_length=64)),
                ("as_of", models.DateTimeField(blank=True, null=True)),
                ("result", models.JSONField(blank=True, default=dict)),
                ("made_role", models.CharField(max_length=24)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_reason", models.CharField(blank=True, max_length=300)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("cycle", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="panels", to="proposals.cycle")),
                ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="panels", to="deliberation.meeting"
                    ),
                ),
                ("region", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="panels", to="geo.region")),
            ],
            options={
                "ordering": ["-created_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="PanelEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("computed", models.JSONField(default=dict)),
                ("panel", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="deliberation.panel")),
                ("proposal", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="panel_entries", to="proposals.proposal")),
            ],
            options={
                "ordering": ["panel_id", "number"],
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("capacity", models.CharField(max_length=80)),
                ("state", models.CharField(choices=[("draft", "not submitted"), ("submitted", "submitted")], default="draft", max_length=10)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("reopened_at", models.DateTimeField(blank=True, null=True)),
                ("reopened_reason", models.CharField(blank=True, max_length=300)),
                ("panel", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="sheets", to="deliberation.panel")),
                (
                    "reopened_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("scorer", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["panel_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=8)),
                ("value", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("comment", models.CharField(blank=True, max_length=500)),
                ("entry", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="scores", to="deliberation.panelentry")),
                ("sheet", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="scores", to="deliberation.sheet")),
            ],
            options={
                "ordering": ["sheet_id", "entry_id", "code"],
            },
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tie",
                    models.CharField(
                        choices=[
                            ("author", "wrote the proposal"),
                            ("resident", "lives in the village that asks"),
                            ("officer", "holds an office in the village that asks"),
                            ("declared", "declared a link"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("entry", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="recusals", to="deliberation.panelentry")),
                ("sheet", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="recusals", to="deliberation.sheet")),
            ],
            options={
                "ordering": ["sheet_id", "entry_id"],
            },
        ),
        migrations.AddConstraint(
            model_name="criteriaset",
            constraint=models.UniqueConstraint(fields=("cycle", "stage"), name="one_set_of_criteria_per_stage_of_a_cycle"),
        ),
        migrations.AddConstraint(
            model_name="criteriaset",
            constraint=models.CheckConstraint(
                condition=models.Q(("frozen_at__isnull", True), models.Q(("frozen_sha256", ""), _negated=True), _connector="OR"),
                name="frozen_criteria_have_their_fingerprint",
            ),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.UniqueConstraint(fields=("set", "code"), name="one_criterion_per_code_of_a_set"),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.CheckConstraint(condition=models.Q(("weight__lte", 100)), name="a_criterion_weighs_at_most_a_hundred"),
        ),
        migrations.AddIndex(
            model_name="panel",
            index=models.Index(fields=["region", "-created_at", "id"], name="panels_of_a_region"),
        ),
        migrations.AddIndex(
            model_name="panel",
            index=models.Index(fields=["state", "-created_at", "id"], name="panels_by_state"),
        ),
        migrations.AddConstraint(
            model_name="panel",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["draft", "open"])), fields=("meeting",), name="one_panel_at_a_time_per_meeting"
            ),
        ),
        migrations.AddConstraint(
            model_name="panel",
            constraint=models.UniqueConstraint(
                condition=models.Q(("meeting__isnull", True), ("state__in", ["draft", "open"])),
                fields=("cycle", "stage", "region"),
                name="one_panel_at_a_time_per_stage_of_a_region",
            ),
        ),
        migrations.AddConstraint(
            model_name="panel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"),
                    models.Q(("as_of__isnull", False), ("opened_at__isnull", False), models.Q(("seed", ""), _negated=True)),
                    _connector="OR",
                ),
                name="an_open_panel_published_its_seed",
            ),
        ),
        migrations.AddConstraint(
            model_name="panel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                    _connector="OR",
                ),
                name="a_closed_panel_says_who_closed_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="panelentry",
            constraint=models.UniqueConstraint(fields=("panel", "number"), name="one_entry_per_number_of_a_panel"),
        ),
        migrations.AddConstraint(
            model_name="panelentry",
            constraint=models.UniqueConstraint(fields=("panel", "proposal"), name="a_proposal_stands_once_before_a_panel"),
        ),
        migrations.AddIndex(
            model_name="sheet",
            index=models.Index(fields=["scorer", "state"], name="sheets_that_wait_for_a_person"),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.UniqueConstraint(fields=("panel", "scorer"), name="one_sheet_per_panel_and_scorer"),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("state", "submitted"), _negated=True), ("submitted_at__isnull", False), _connector="OR"),
                name="a_submitted_sheet_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("reopened_at__isnull", True), models.Q(("reopened_reason", ""), _negated=True), _connector="OR"),
                name="a_sheet_is_reopened_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.UniqueConstraint(fields=("sheet", "entry", "code"), name="one_score_per_sheet_proposal_and_criterion"),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(("value__isnull", True), models.Q(("value__gte", 1), ("value__lte", 5)), _connector="OR"),
                name="a_score_is_from_one_to_five",
            ),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.UniqueConstraint(fields=("sheet", "entry"), name="one_recusal_per_sheet_and_proposal"),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("tie", "declared"), _negated=True), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="a_declared_link_says_which",
            ),
        ),
    ]
