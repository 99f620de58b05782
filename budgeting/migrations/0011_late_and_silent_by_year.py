"""Late and silent works are listed by year, and in it by how long."""

from django.db import migrations, models

_RUNNING = models.Q(("realisation__in", ("", "under_way")))


class Migration(migrations.Migration):
    dependencies = [("budgeting", "0010_where_money_comes_from")]

    operations = [
        migrations.RemoveIndex(model_name="fundedwork", name="works_not_done_by_end"),
        migrations.RemoveIndex(model_name="fundedwork", name="works_not_done_by_silence"),
        migrations.AddIndex(
            model_name="fundedwork",
            index=models.Index(condition=_RUNNING, fields=["plan_year", "planned_end", "id"], name="works_not_done_by_end"),
        ),
        migrations.AddIndex(
            model_name="fundedwork",
            index=models.Index(condition=_RUNNING, fields=["plan_year", "heard_on", "id"], name="works_not_done_by_silence"),
        ),
    ]
