"""Judgements about proposals that look alike, and the prepared table of such pairs."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

KEPT = """
CREATE TRIGGER a_judgement_is_kept BEFORE UPDATE OR DELETE ON proposals_resemblance
FOR EACH ROW EXECUTE FUNCTION proposals_only_grows();
"""
NOT_KEPT = "DROP TRIGGER a_judgement_is_kept ON proposals_resemblance;"
_KEY = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
_VERDICTS = [("same", "the same work"), ("related", "related, both are needed"), ("different", "different works")]
_WORKS = [("same", "same"), ("related", "related"), ("sector", "sector"), ("other", "other")]


def _proposal(on_delete):
    return models.ForeignKey(on_delete=on_delete, related_name="+", to="proposals.proposal")


class Migration(migrations.Migration):
    dependencies = [("proposals", "0009_the_map_is_stamped"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="Resemblance",
            fields=[
                _KEY,
                ("turn", models.PositiveIntegerField()),
                ("verdict", models.CharField(choices=_VERDICTS, max_length=12)),
                ("difference", models.TextField(blank=True, max_length=1000)),
                ("role", models.CharField(max_length=24)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("first", _proposal(django.db.models.deletion.PROTECT)),
                ("second", _proposal(django.db.models.deletion.PROTECT)),
            ],
            options={
                "ordering": ["first_id", "second_id", "turn"],
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second", "turn"), name="one_judgement_per_turn_of_a_pair"),
                    models.CheckConstraint(condition=Q(("first__lt", F("second"))), name="a_judged_pair_stands_in_one_order"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SimilarPair",
            fields=[
                _KEY,
                ("first_village", models.CharField(db_index=True, max_length=13)),
                ("second_village", models.CharField(db_index=True, max_length=13)),
                ("points", models.PositiveSmallIntegerField()),
                ("distance_m", models.PositiveIntegerField(blank=True, null=True)),
                ("overlap", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("work", models.CharField(choices=_WORKS, max_length=8)),
                ("words", models.PositiveSmallIntegerField()),
                ("found_at", models.DateTimeField()),
                ("first", _proposal(django.db.models.deletion.CASCADE)),
                ("second", _proposal(django.db.models.deletion.CASCADE)),
            ],
            options={
                "ordering": ["-points", "id"],
                "indexes": [models.Index(fields=["-points", "id"], name="similar_pairs_worst_first")],
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="a_similar_pair_is_found_once"),
                    models.CheckConstraint(condition=Q(("first__lt", F("second"))), name="a_similar_pair_stands_in_one_order"),
                ],
            },
        ),
        migrations.RunSQL(KEPT, NOT_KEPT),
    ]
