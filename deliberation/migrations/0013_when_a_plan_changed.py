"""A meeting keeps when its plan was last changed: opening it is no reason to invite again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("deliberation", "0012_an_open_ballot_is_open_for_votes")]

    operations = [migrations.AddField("meeting", "replanned_at", models.DateTimeField(blank=True, null=True))]
