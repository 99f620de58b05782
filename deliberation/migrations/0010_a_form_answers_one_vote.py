"""The roll keeps no trace of the form; the receipt alone tells a vote sent twice."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deliberation", "0009_ballots"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="vote",
            name="votes_by_receipt",
        ),
        migrations.RemoveField(
            model_name="votermark",
            name="nonce_sha256",
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.UniqueConstraint(
                condition=models.Q(("receipt_sha256", ""), _negated=True), fields=("ballot", "receipt_sha256"), name="one_vote_per_receipt"
            ),
        ),
    ]
