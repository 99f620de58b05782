"""The word of an open ballot."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deliberation", "0011_scoring"),
    ]

    operations = [
        migrations.AlterField(
            model_name="ballot",
            name="state",
            field=models.CharField(
                choices=[("draft", "Draft"), ("open", "Open for votes"), ("closed", "Closed"), ("published", "Published"), ("annulled", "Annulled")],
                default="draft",
                max_length=12,
            ),
        ),
    ]
