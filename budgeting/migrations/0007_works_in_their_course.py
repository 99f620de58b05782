"""Works carry their state, the day they were last heard of and the answer they owe; what disputes are answered; sheets of reports."""

import accounts.clock
import django.db.models.deletion
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models

FILL = """
UPDATE public.budgeting_fundedwork w
SET realisation = coalesce(p.realisation, w.realisation),
    heard_on = greatest((w.created_at AT TIME ZONE 'Asia/Jakarta')::date, make_date(w.plan_year, 1, 1))
FROM public.budgeting_fundedwork own LEFT JOIN public.proposals_proposal p ON p.id = own.proposal_id
WHERE own.id = w.id;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("budgeting", "0006_villages_are_answered"),
        ("proposals", "0019_lists_by_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DisputeAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("text", models.CharField(max_length=2000)),
                ("role", models.CharField(max_length=24)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["work_id", "-at", "id"],
            },
        ),
        migrations.CreateModel(
            name="ProgressSheet",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "waiting its turn"),
                            ("running", "being worked on"),
                            ("checked", "checked, waits for you"),
                            ("done", "done"),
                            ("failed", "did not work"),
                        ],
                        default="queued",
                        max_length=8,
                    ),
                ),
                ("writes", models.BooleanField(default=False)),
                ("file", models.FileField(blank=True, upload_to="works/sheets/%Y/%m/")),
                ("file_name", models.CharField(max_length=160)),
                ("sha256", models.CharField(max_length=64)),
                ("language", models.CharField(default="id", max_length=8)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("result", models.JSONField(default=dict)),
                ("failure", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-created_at", "id"],
            },
        ),
        migrations.AddField(
            model_name="fundedwork",
            name="answer_due_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="fundedwork",
            name="heard_on",
            field=models.DateField(default=accounts.clock.today),
        ),
        migrations.AddField(
            model_name="fundedwork",
            name="late_told_for",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="fundedwork",
            name="silent_told_for",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="fundedwork",
            index=models.Index(fields=["realisation", "-plan_year", "-changed_at", "id"], name="works_by_state"),
        ),
        migrations.AddIndex(
            model_name="fundedwork",
            index=models.Index(
                fields=["plan_year", "realisation"],
                include=("region", "planned_end", "heard_on", "answer_due_on", "amount", "origin"),
                name="works_counted_by_year",
            ),
        ),
        migrations.AddIndex(
            model_name="fundedwork",
            index=models.Index(
                django.db.models.functions.text.Left("region_id", 5),
                models.OrderBy(models.F("plan_year"), descending=True),
                models.OrderBy(models.F("changed_at"), descending=True),
                models.F("id"),
                name="works_of_a_kabupaten",
            ),
        ),
        migrations.AddIndex(
            model_name="fundedwork",
            index=models.Index(
                django.db.models.functions.text.Left("region_id", 5),
                models.F("plan_year"),
                models.F("realisation"),
                name="works_counted_by_kabupaten",
            ),
        ),
        migrations.AddIndex(
            model_name="fundedwork",
            index=models.Index(fields=["agency", "-plan_year", "-changed_at", "id"], name="works_of_an_agency"),
        ),
        migrations.AddIndex(
            model_name="fundedwork",
            index=models.Index(
                condition=models.Q(("realisation__in", ("", "under_way"))), fields=["planned_end", "id"], name="works_not_done_by_end"
            ),
        ),
        migrations.AddIndex(
            model_name="fundedwork",
            index=models.Index(
                condition=models.Q(("realisation__in", ("", "under_way"))), fields=["heard_on", "id"], name="works_not_done_by_silence"
            ),
        ),
        migrations.AddField(
            model_name="disputeanswer",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="disputeanswer",
            name="work",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="budgeting.fundedwork"),
        ),
        migrations.AddField(
            model_name="progresssheet",
            name="maker",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="progress_sheets", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name="disputeanswer",
            constraint=models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="an_answer_to_a_dispute_says_something"),
        ),
        migrations.AddIndex(
            model_name="progresssheet",
            index=models.Index(fields=["maker", "-created_at", "id"], name="progress_sheets_of_a_maker"),
        ),
        migrations.AddConstraint(
            model_name="progresssheet",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("status", "failed"), _negated=True), models.Q(("failure", ""), _negated=True), _connector="OR"),
                name="a_sheet_of_reports_that_failed_says_why",
            ),
        ),
    ]
