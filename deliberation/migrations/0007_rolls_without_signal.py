"""The roll is captured without signal, merged by hand, corrected by version; online presence is heard of; codes for the door."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("deliberation", "0006_papers_of_a_meeting"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("attendance", "captured_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("attendance", "clock_ahead_s", models.IntegerField(blank=True, null=True)),
        migrations.AddField("attendance", "is_late", models.BooleanField(default=False)),
        migrations.AddField("attendance", "is_namesake", models.BooleanField(default=False)),
        migrations.AddField("attendance", "version", models.PositiveIntegerField(default=1)),
        migrations.AddField(
            "attendance",
            "merged_into",
            models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="deliberation.attendance"),
        ),
        migrations.AddConstraint(
            "attendance",
            models.CheckConstraint(condition=Q(("merged_into__isnull", True), ("struck_at__isnull", False), _connector="OR"), name="a_merged_line_is_struck"),
        ),
        migrations.AddConstraint("attendance", models.CheckConstraint(condition=Q(("number__gt", 0)), name="a_roll_is_numbered_from_one")),
        migrations.AddField("presence", "heard_at", models.DateTimeField(blank=True, null=True)),
        migrations.CreateModel(
            name="DoorPass",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=8)),
                ("details", models.JSONField(default=dict)),
                ("expires_at", models.DateTimeField()),
                (
                    "meeting",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="passes", to="deliberation.meeting"),
                ),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["meeting_id", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "code"), name="one_person_per_door_code"),
                    models.UniqueConstraint(fields=("meeting", "user"), name="one_door_pass_per_person_and_meeting"),
                ],
            },
        ),
    ]
