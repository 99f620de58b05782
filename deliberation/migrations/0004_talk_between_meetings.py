"""Questions with their addressees, follows, the outbox with its letters, and moderation before and after the public reads."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_the_council_has_a_secretariat"),
        ("deliberation", "0003_meetings"),
        ("geo", "0004_regions_without_a_place"),
        ("proposals", "0017_stages_have_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Addressee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
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
                ("since", models.DateTimeField()),
            ],
            options={
                "ordering": ["question_id", "since", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "comment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="appeal",
                        serialize=False,
                        to="deliberation.comment",
                    ),
                ),
                ("words", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("restored", models.BooleanField(null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Follow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sector",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("road", "Roads and bridges"),
                            ("water", "Clean water"),
                            ("drainage", "Rivers and drainage"),
                            ("education", "Education"),
                            ("health", "Health"),
                            ("farming", "Farming"),
                            ("fishery", "Fishery"),
                            ("business", "Residents' businesses"),
                            ("energy", "Electricity and lighting"),
                            ("government", "Government"),
                            ("empowerment", "Empowerment"),
                            ("transport", "Water transport"),
                            ("sanitation", "Waste and sanitation"),
                            ("housing", "Housing"),
                            ("disaster", "Disaster"),
                        ],
                        max_length=16,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["user_id", "-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("due", "due"),
                            ("sending", "being sent"),
                            ("sent", "sent"),
                            ("failed", "failed"),
                            ("unsure", "not known whether it arrived"),
                        ],
                        default="due",
                        max_length=8,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["due_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="MailChoice",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="mail_choice",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cadence",
                    models.CharField(
                        choices=[("at_once", "at once"), ("daily", "once a day"), ("weekly", "once a week"), ("none", "never")],
                        default="daily",
                        max_length=8,
                    ),
                ),
                ("since", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ModerationAct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("held", "waited for a moderator"),
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
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="News",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=120, unique=True)),
                ("kind", models.CharField(max_length=40)),
                (
                    "sector",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("road", "Roads and bridges"),
                            ("water", "Clean water"),
                            ("drainage", "Rivers and drainage"),
                            ("education", "Education"),
                            ("health", "Health"),
                            ("farming", "Farming"),
                            ("fishery", "Fishery"),
                            ("business", "Residents' businesses"),
                            ("energy", "Electricity and lighting"),
                            ("government", "Government"),
                            ("empowerment", "Empowerment"),
                            ("transport", "Water transport"),
                            ("sanitation", "Waste and sanitation"),
                            ("housing", "Housing"),
                            ("disaster", "Disaster"),
                        ],
                        max_length=16,
                    ),
                ),
                ("path", models.CharField(max_length=200)),
                ("facts", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("to_followers", models.BooleanField(default=False)),
                ("spread_to", models.BigIntegerField(default=0)),
                ("spread_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "news",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "comment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="question",
                        serialize=False,
                        to="deliberation.comment",
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                (
                    "role",
                    models.CharField(
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
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["asked_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("personal", "names or numbers of a person"),
                            ("insult", "insult, threat or hate"),
                            ("advert", "advertisement or fraud"),
                            ("elsewhere", "has nothing to do with the proposal"),
                            ("other", "something else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AddField(
            model_name="comment",
            name="held_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="comment",
            name="seq",
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("hidden_at__isnull", True), ("seq__isnull", True)), fields=["held_at", "id"], name="comments_held"
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(condition=models.Q(("parent__isnull", True)), fields=["proposal", "-seq"], name="threads_newest_first"),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("seq__isnull", False), ("held_at__isnull", False), _connector="OR"), name="only_what_was_held_has_no_number"
            ),
        ),
        migrations.AddField(
            model_name="addressee",
            name="agency",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"),
        ),
        migrations.AddField(
            model_name="addressee",
            name="region",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.region"),
        ),
        migrations.AddField(
            model_name="appeal",
            name="against",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="appeal",
            name="decided_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="follow",
            name="proposal",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="followers", to="proposals.proposal"
            ),
        ),
        migrations.AddField(
            model_name="follow",
            name="region",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="followers", to="geo.region"),
        ),
        migrations.AddField(
            model_name="follow",
            name="user",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="follows", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="letter",
            name="user",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="letters", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="moderationact",
            name="comment",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="acts", to="deliberation.comment"),
        ),
        migrations.AddField(
            model_name="moderationact",
            name="village",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.region"),
        ),
        migrations.AddField(
            model_name="news",
            name="actor",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="news",
            name="proposal",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="proposals.proposal"),
        ),
        migrations.AddField(
            model_name="news",
            name="region",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.region"),
        ),
        migrations.AddField(
            model_name="notice",
            name="letter",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="notices", to="deliberation.letter"
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="news",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="deliberation.news"),
        ),
        migrations.AddField(
            model_name="notice",
            name="user",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="notices", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="question",
            name="agency",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"),
        ),
        migrations.AddField(
            model_name="question",
            name="answer",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="deliberation.comment"
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="proposal",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="questions", to="proposals.proposal"),
        ),
        migrations.AddField(
            model_name="question",
            name="region",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.region"),
        ),
        migrations.AddField(
            model_name="question",
            name="village",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.region"),
        ),
        migrations.AddField(
            model_name="addressee",
            name="question",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="addressees", to="deliberation.question"),
        ),
        migrations.AddField(
            model_name="report",
            name="comment",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="deliberation.comment"),
        ),
        migrations.AddField(
            model_name="report",
            name="reporter",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(("decided_by__isnull", True), models.Q(("decided_by", models.F("against")), _negated=True), _connector="OR"),
                name="another_moderator_decides_an_appeal",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("restored__isnull", True)),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False), ("restored__isnull", False)),
                    _connector="OR",
                ),
                name="a_decided_appeal_says_who_and_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="follow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("proposal__isnull", False), ("region__isnull", True), ("sector", "")),
                    models.Q(("proposal__isnull", True), ("region__isnull", False)),
                    _connector="OR",
                ),
                name="a_person_follows_a_proposal_or_a_region",
            ),
        ),
        migrations.AddConstraint(
            model_name="follow",
            constraint=models.UniqueConstraint(fields=("proposal", "user"), name="one_follow_a_person_and_proposal"),
        ),
        migrations.AddConstraint(
            model_name="follow",
            constraint=models.UniqueConstraint(fields=("region", "sector", "user"), name="one_follow_a_person_region_and_sector"),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(condition=models.Q(("status", "sent"), _negated=True), fields=["status", "due_at", "id"], name="letters_on_their_way"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("status", "sent"), _negated=True), ("sent_at__isnull", False), _connector="OR"),
                name="a_sent_letter_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(condition=models.Q(("due_at__gte", models.F("made_at"))), name="a_letter_is_due_after_it_is_made"),
        ),
        migrations.AddIndex(
            model_name="moderationact",
            index=models.Index(fields=["village", "at"], name="moderation_of_a_village"),
        ),
        migrations.AddIndex(
            model_name="news",
            index=models.Index(condition=models.Q(("spread_at__isnull", True), ("to_followers", True)), fields=["id"], name="news_to_spread"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["user", "-at", "-id"], name="the_inbox"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(condition=models.Q(("seen_at__isnull", True)), fields=["user"], name="unread_notices"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("letter__isnull", True), ("seen_at__isnull", True)), fields=["user", "at"], name="notices_for_a_letter"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("news", "user"), name="one_notice_a_person_and_news"),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(condition=models.Q(("answer__isnull", True)), fields=["region", "role", "asked_at"], name="questions_that_wait"),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["village", "asked_at"], name="questions_of_a_village"),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer__isnull", True), ("answered_at__isnull", True)),
                    models.Q(("answer__isnull", False), ("answered_at__isnull", False)),
                    _connector="OR",
                ),
                name="an_answered_question_has_its_answer",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(condition=models.Q(("settled_at__isnull", True)), fields=["comment"], name="reports_that_wait"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(fields=("comment", "reporter"), name="one_report_a_person_and_comment"),
        ),
    ]
