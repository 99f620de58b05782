"""What was hidden in a meeting can be looked at again, as comments can; the public counts of moderation hold both."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deliberation", "0014_questions_that_wait_for_the_chair"),
        ("geo", "0004_regions_without_a_place"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SaidAppeal",
            fields=[
                ("words", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("restored", models.BooleanField(null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "said",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="appeal", serialize=False, to="deliberation.said"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="appeal",
            name="another_moderator_decides_an_appeal",
        ),
        migrations.AddField(
            model_name="moderationact",
            name="said",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="acts", to="deliberation.said"),
        ),
        migrations.AlterField(
            model_name="moderationact",
            name="comment",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="acts", to="deliberation.comment"
            ),
        ),
        migrations.AlterField(
            model_name="moderationact",
            name="kind",
            field=models.CharField(
                choices=[
                    ("held", "waited to be read first"),
                    ("approved", "let through"),
                    ("reported", "reported"),
                    ("kept", "left standing"),
                    ("hidden", "hidden"),
                    ("appealed", "appealed"),
                    ("restored", "restored"),
                    ("upheld", "stayed hidden"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(("decided_by__isnull", True), models.Q(("decided_by", models.F("against")), _negated=True), _connector="OR"),
                name="another_moderator_decides_appeal",
            ),
        ),
        migrations.AddConstraint(
            model_name="moderationact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("comment__isnull", False), ("said__isnull", True)),
                    models.Q(("comment__isnull", True), ("said__isnull", False)),
                    _connector="OR",
                ),
                name="an_act_is_about_a_comment_or_a_statement",
            ),
        ),
        migrations.AddField(
            model_name="saidappeal",
            name="against",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="saidappeal",
            name="decided_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="saidappeal",
            constraint=models.CheckConstraint(
                condition=models.Q(("decided_by__isnull", True), models.Q(("decided_by", models.F("against")), _negated=True), _connector="OR"),
                name="another_moderator_decides_saidappeal",
            ),
        ),
        migrations.AddConstraint(
            model_name="saidappeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("restored__isnull", True)),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False), ("restored__isnull", False)),
                    _connector="OR",
                ),
                name="a_decided_saidappeal_says_who_and_what",
            ),
        ),
    ]
