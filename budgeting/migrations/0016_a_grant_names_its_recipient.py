"""Who receives a grant is named, and what was said stays; the largest lines of a nation's budgets are found by an index."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT
FORMS = [
    ("foundation", "foundation (yayasan)"),
    ("association", "association (perkumpulan)"),
    ("cooperative", "cooperative (koperasi)"),
    ("enterprise", "state, regional or village enterprise"),
    ("government", "government body"),
    ("none", "not a legal entity yet"),
]
STAYS = """
CREATE TRIGGER recipient_only_grows BEFORE UPDATE OR DELETE ON public.budgeting_grantrecipient
    FOR EACH ROW EXECUTE FUNCTION public.budgeting_only_grows();
"""
GOES = "DROP TRIGGER recipient_only_grows ON public.budgeting_grantrecipient;"


class Migration(migrations.Migration):
    dependencies = [
        ("budgeting", "0015_a_runs_step_may_change"),
        ("proposals", "0019_lists_by_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GrantRecipient",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("turn", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=160)),
                ("form", models.CharField(choices=FORMS, max_length=16)),
                ("registration", models.CharField(blank=True, max_length=120)),
                ("is_checked", models.BooleanField(default=False)),
                ("said_role", models.CharField(max_length=24)),
                ("said_at", models.DateTimeField()),
                ("proposal", models.ForeignKey(on_delete=PROTECT, related_name="grant_recipients", to="proposals.proposal")),
                ("said_by", models.ForeignKey(on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={"ordering": ["proposal_id", "turn"]},
        ),
        migrations.AddConstraint(
            "grantrecipient", models.UniqueConstraint(fields=("proposal", "turn"), name="one_grant_recipient_per_turn_of_a_proposal")
        ),
        migrations.AddConstraint(
            "grantrecipient",
            models.CheckConstraint(
                condition=models.Q(("form", "none"), ("registration", "")) | models.Q(~models.Q(form="none"), ~models.Q(registration="")),
                name="a_legal_entity_has_a_registration",
            ),
        ),
        migrations.RunSQL(STAYS, GOES),
        migrations.AddIndex("fundedwork", models.Index(fields=["-amount", "id"], name="works_by_amount")),
    ]
