"""The council's secretariat has a role: it writes down and checks what councillors bring from their recess."""

from django.db import migrations, models



class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_journal")]
    operations = [
        migrations.AlterField(
            model_name="assignment",
            name="role",
            field=models.CharField(
                choices=[
                    ("facilitator", "village facilitator"),
                    ("village_head", "village head"),
                    ("subdistrict_officer", "sub-district officer"),
                    ("agency_officer", "agency officer"),
                    ("planner", "planner (Bappeda)"),
                    ("budget_team", "budget team (TAPD)"),
                    ("council_secretary", "council secretariat (DPRD)"),
                    ("moderator", "moderator"),
                    ("auditor", "auditor"),
                    ("operator", "operator"),
                ],
                max_length=24,
            ),
        ),
    ]
