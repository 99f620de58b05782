"""Ledger entries of transfers and reserves, versions of what was published, and the formulas that divide a ceiling."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT
KINDS = [
    ("commit", "committed"),
    ("release", "released"),
    ("transfer_in", "transferred in"),
    ("transfer_out", "transferred out"),
    ("handed_down", "handed to a part"),
    ("handed_back", "handed back by a part"),
    ("reserve_release", "released from the reserve"),
]
STATES = [("asked", "waits for a second person"), ("confirmed", "confirmed by a second person"), ("withdrawn", "transfer withdrawn")]
COMMITMENT = models.Q(kind__in=["commit", "release"])
UNDECIDED = models.Q(status="asked", decided_by__isnull=True, decided_at__isnull=True)
DECIDED = models.Q(~models.Q(status="asked"), decided_by__isnull=False, decided_at__isnull=False)


def person(**more: object) -> models.ForeignKey:
    return models.ForeignKey(on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, **more)


class Migration(migrations.Migration):
    dependencies = [("budgeting", "0007_works_in_their_course"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="Formula",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("inputs", models.JSONField()),
                ("outcome", models.JSONField(blank=True, null=True)),
                ("legal_basis", models.CharField(max_length=300)),
                ("version", models.PositiveIntegerField(default=1)),
                ("set_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("ceiling", models.ForeignKey(on_delete=PROTECT, related_name="formulas", to="budgeting.ceiling")),
                ("published_by", person(blank=True, null=True)),
                ("set_by", person()),
            ],
            options={"ordering": ["ceiling_id", "-number"]},
        ),
        migrations.AddConstraint("formula", models.UniqueConstraint(fields=("ceiling", "number"), name="one_formula_per_ceiling_and_number")),
        migrations.AddConstraint(
            "formula",
            models.UniqueConstraint(
                condition=models.Q(published_at__isnull=True), fields=("ceiling",), name="one_formula_in_preparation_per_ceiling"
            ),
        ),
        migrations.AddConstraint(
            "formula",
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True, published_by__isnull=True)
                | models.Q(models.Q(published_by__isnull=False, outcome__isnull=False) & ~models.Q(published_by=models.F("set_by"))),
                name="a_formula_is_complete_and_published_by_a_second_person",
            ),
        ),
        migrations.AddField(
            "ceiling", "formula", models.ForeignKey(blank=True, null=True, on_delete=PROTECT, related_name="given", to="budgeting.formula")
        ),
        migrations.CreateModel(
            name="CeilingVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("version", models.PositiveIntegerField()),
                ("amount", models.BigIntegerField()),
                ("reserve", models.BigIntegerField()),
                ("legal_basis", models.CharField(max_length=300)),
                ("set_at", models.DateTimeField()),
                ("published_at", models.DateTimeField()),
                ("ceiling", models.ForeignKey(on_delete=PROTECT, related_name="versions", to="budgeting.ceiling")),
                ("parent", models.ForeignKey(blank=True, null=True, on_delete=PROTECT, related_name="+", to="budgeting.ceiling")),
                ("formula", models.ForeignKey(blank=True, null=True, on_delete=PROTECT, related_name="+", to="budgeting.formula")),
                ("published_by", person()),
                ("set_by", person()),
            ],
            options={"ordering": ["ceiling_id", "-number"]},
        ),
        migrations.AddConstraint("ceilingversion", models.UniqueConstraint(fields=("ceiling", "number"), name="one_version_per_ceiling_and_number")),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("from_reserve", models.BooleanField(default=False)),
                ("amount", models.BigIntegerField()),
                ("reason", models.CharField(max_length=500)),
                ("legal_basis", models.CharField(max_length=300)),
                ("status", models.CharField(choices=STATES, default="asked", max_length=12)),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("asked_by", person()),
                ("decided_by", person(blank=True, null=True)),
                ("source", models.ForeignKey(on_delete=PROTECT, related_name="transfers_out", to="budgeting.ceiling")),
                ("target", models.ForeignKey(on_delete=PROTECT, related_name="transfers_in", to="budgeting.ceiling")),
            ],
            options={"ordering": ["-asked_at", "id"]},
        ),
        migrations.AddConstraint("transfer", models.CheckConstraint(condition=models.Q(amount__gt=0), name="a_transfer_is_positive")),
        migrations.AddConstraint(
            "transfer",
            models.CheckConstraint(
                condition=models.Q(from_reserve=True) | ~models.Q(source=models.F("target")),
                name="a_transfer_goes_from_one_ceiling_to_another",
            ),
        ),
        migrations.AddConstraint("transfer", models.CheckConstraint(condition=UNDECIDED | DECIDED, name="a_decided_transfer_says_who_and_when")),
        migrations.AddConstraint(
            "transfer",
            models.CheckConstraint(
                condition=~models.Q(status="confirmed") | ~models.Q(decided_by=models.F("asked_by")),
                name="a_transfer_is_confirmed_by_a_second_person",
            ),
        ),
        migrations.AlterField("ledgerentry", "kind", models.CharField(choices=KINDS, max_length=16)),
        migrations.AlterField(
            "ledgerentry",
            "proposal",
            models.ForeignKey(blank=True, null=True, on_delete=PROTECT, related_name="ledger", to="proposals.proposal"),
        ),
        migrations.AddField(
            "ledgerentry",
            "transfer",
            models.ForeignKey(blank=True, null=True, on_delete=PROTECT, related_name="entries", to="budgeting.transfer"),
        ),
        migrations.AddConstraint(
            "ledgerentry",
            models.CheckConstraint(
                condition=models.Q(kind__in=["commit", "release"], proposal__isnull=False, transfer__isnull=True)
                | models.Q(~COMMITMENT, proposal__isnull=True, transfer__isnull=False),
                name="a_ledger_entry_names_its_proposal_or_its_transfer",
            ),
        ),
        migrations.AddConstraint(
            "ledgerentry",
            models.UniqueConstraint(fields=("transfer", "ceiling", "kind"), name="one_ledger_entry_per_transfer_ceiling_and_kind"),
        ),
    ]
