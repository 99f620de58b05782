"""Who speaks in a meeting, what was said, and motions with their votes."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deliberation", "0004_talk_between_meetings"),
        ("geo", "0004_regions_without_a_place"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Floor",
            fields=[
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="floor",
                        serialize=False,
                        to="deliberation.meeting",
                    ),
                ),
                (
                    "order",
                    models.CharField(
                        choices=[("first", "First come, first called"), ("alternate", "Hall and online in turn"), ("women", "Women first")],
                        default="first",
                        max_length=12,
                    ),
                ),
                ("seconds", models.PositiveSmallIntegerField(default=180)),
            ],
        ),
        migrations.CreateModel(
            name="Motion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("text", models.CharField(max_length=400)),
                ("manner", models.CharField(choices=[("hands", "Show of hands"), ("secret", "Secret vote")], max_length=8)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Not opened yet"), ("open", "Open for voting"), ("closed", "Closed"), ("withdrawn", "Withdrawn")],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("put_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("cast", models.PositiveIntegerField(default=0)),
                ("hall_for", models.PositiveIntegerField(blank=True, null=True)),
                ("hall_against", models.PositiveIntegerField(blank=True, null=True)),
                ("hall_abstain", models.PositiveIntegerField(blank=True, null=True)),
                ("result", models.JSONField(blank=True, null=True)),
                ("presence", models.JSONField(default=dict)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "hall_counted_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="motions", to="deliberation.agendaitem"
                    ),
                ),
                ("meeting", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="motions", to="deliberation.meeting")),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("put_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["meeting_id", "put_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Hand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("choice", models.CharField(choices=[("for", "In favour"), ("against", "Against"), ("abstain", "Abstain")], max_length=8)),
                ("at", models.DateTimeField()),
                ("attendance", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="hands", to="deliberation.attendance")),
                ("motion", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="hands", to="deliberation.motion")),
            ],
        ),
        migrations.CreateModel(
            name="Said",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
                ("kind", models.CharField(choices=[("statement", "Statement"), ("question", "Question"), ("answer", "Answer")], max_length=12)),
                ("name", models.CharField(max_length=120)),
                ("mode", models.CharField(blank=True, choices=[("hall", "In the hall"), ("online", "Online")], max_length=8)),
                ("capacity", models.CharField(max_length=24)),
                ("is_official", models.BooleanField(default=False)),
                ("body", models.TextField(max_length=2000)),
                (
                    "state",
                    models.CharField(
                        blank=True,
                        choices=[("open", "Not taken up yet"), ("taken_up", "Taken up"), ("later", "To be answered later"), ("answered", "Answered")],
                        max_length=12,
                    ),
                ),
                ("agreed", models.PositiveIntegerField(default=0)),
                ("at", models.DateTimeField()),
                ("hidden_at", models.DateTimeField(blank=True, null=True)),
                ("hidden_reason", models.CharField(blank=True, max_length=300)),
                (
                    "answers",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="replies", to="deliberation.said"
                    ),
                ),
                (
                    "hidden_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="said", to="deliberation.agendaitem"
                    ),
                ),
                ("meeting", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="said", to="deliberation.meeting")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("region", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.region")),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="said_in_meetings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["meeting_id", "seq"],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("question", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="agreements", to="deliberation.said")),
            ],
        ),
        migrations.CreateModel(
            name="SecretVote",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("choice", models.CharField(choices=[("for", "In favour"), ("against", "Against"), ("abstain", "Abstain")], max_length=8)),
                ("motion", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="secret_votes", to="deliberation.motion")),
            ],
        ),
        migrations.CreateModel(
            name="SecretVoter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("attendance", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="deliberation.attendance")),
                ("motion", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="secret_voters", to="deliberation.motion")),
            ],
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("mode", models.CharField(choices=[("hall", "In the hall"), ("online", "Online")], max_length=8)),
                ("sex", models.CharField(blank=True, choices=[("female", "Female"), ("male", "Male")], max_length=8)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("speaking", "Speaking"), ("done", "Has spoken"), ("withdrawn", "Withdrawn")],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("granted_at", models.DateTimeField(blank=True, null=True)),
                ("why", models.CharField(blank=True, max_length=12)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("seconds", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "attendance",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="turns", to="deliberation.attendance"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "granted_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("item", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="turns", to="deliberation.agendaitem")),
                ("meeting", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="turns", to="deliberation.meeting")),
            ],
            options={
                "ordering": ["meeting_id", "asked_at", "id"],
            },
        ),
        migrations.AddField(
            model_name="said",
            name="turn",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="said", to="deliberation.turn"),
        ),
        migrations.AddConstraint(
            model_name="motion",
            constraint=models.UniqueConstraint(condition=models.Q(("state", "open")), fields=("meeting",), name="one_motion_open_per_meeting"),
        ),
        migrations.AddConstraint(
            model_name="motion",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("state__in", ["open", "closed"]), _negated=True), ("opened_at__isnull", False), _connector="OR"),
                name="a_motion_voted_on_was_opened",
            ),
        ),
        migrations.AddConstraint(
            model_name="motion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), ("closed_at__isnull", False), ("result__isnull", False)),
                    models.Q(models.Q(("state", "closed"), _negated=True), ("result__isnull", True)),
                    _connector="OR",
                ),
                name="a_result_belongs_to_a_closed_motion",
            ),
        ),
        migrations.AddConstraint(
            model_name="motion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("hall_abstain__isnull", True), ("hall_against__isnull", True), ("hall_counted_by__isnull", True), ("hall_for__isnull", True)
                    ),
                    models.Q(
                        ("hall_abstain__isnull", False),
                        ("hall_against__isnull", False),
                        ("hall_counted_by__isnull", False),
                        ("hall_for__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="the_hall_is_counted_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="hand",
            constraint=models.UniqueConstraint(fields=("motion", "attendance"), name="one_hand_per_motion_and_person"),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(fields=("question", "user"), name="one_agreement_per_person_and_question"),
        ),
        migrations.AddConstraint(
            model_name="secretvoter",
            constraint=models.UniqueConstraint(fields=("motion", "attendance"), name="one_secret_vote_per_motion_and_person"),
        ),
        migrations.AddIndex(
            model_name="turn",
            index=models.Index(fields=["item", "state", "asked_at"], name="turns_of_an_item"),
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.UniqueConstraint(condition=models.Q(("state", "speaking")), fields=("meeting",), name="one_speaks_at_a_time"),
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.UniqueConstraint(
                condition=models.Q(("attendance__isnull", False), ("state__in", ["waiting", "speaking"])),
                fields=("item", "attendance"),
                name="one_open_turn_per_person_and_item",
            ),
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["speaking", "done"]), _negated=True),
                    models.Q(("granted_at__isnull", False), ("granted_by__isnull", False)),
                    _connector="OR",
                ),
                name="who_spoke_was_called",
            ),
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("why", "chair"), _negated=True), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="a_turn_out_of_order_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at__isnull", True), ("ended_at__gte", models.F("asked_at")), _connector="OR"),
                name="a_turn_ends_after_it_was_asked",
            ),
        ),
        migrations.AddIndex(
            model_name="said",
            index=models.Index(fields=["meeting", "kind", "seq"], name="said_by_kind"),
        ),
        migrations.AddIndex(
            model_name="said",
            index=models.Index(fields=["speaker", "-at"], name="said_by_whom"),
        ),
        migrations.AddConstraint(
            model_name="said",
            constraint=models.UniqueConstraint(fields=("meeting", "seq"), name="one_statement_per_meeting_and_number"),
        ),
        migrations.AddConstraint(
            model_name="said",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "answer"), ("answers__isnull", True), _connector="OR"), name="only_an_answer_answers"
            ),
        ),
        migrations.AddConstraint(
            model_name="said",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "question"), models.Q(("state", ""), _negated=True)),
                    models.Q(models.Q(("kind", "question"), _negated=True), ("state", "")),
                    _connector="OR",
                ),
                name="only_a_question_has_a_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="said",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hidden_at__isnull", True),
                    models.Q(("hidden_by__isnull", False), models.Q(("hidden_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="a_hidden_statement_says_who_and_why",
            ),
        ),
    ]
