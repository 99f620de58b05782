"""How long a kabupaten may take to answer is a rule of its plan year, with what it rests on."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("proposals", "0019_lists_by_day")]
    operations = [
        migrations.AddField("cycle", "answer_days", models.PositiveSmallIntegerField(default=14, db_default=14)),
        migrations.AddField("cycle", "answer_basis", models.CharField(max_length=300, blank=True, default="", db_default="")),
        migrations.AddConstraint(
            "cycle", models.CheckConstraint(condition=Q(answer_days__gte=1, answer_days__lte=365), name="an_answer_is_due_within_a_year")
        ),
    ]
