"""Support that followed a proposal to the one it goes on in says from where it came."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("deliberation", "0001_initial"), ("proposals", "0006_channels_are_tallied")]
    operations = [
        migrations.AddField(
            model_name="support",
            name="via",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="proposals.proposal"),
        ),
    ]
