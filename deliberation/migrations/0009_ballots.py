"""Ballots: what is voted on, who has voted, what was voted, paper batches and the published files."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deliberation", "0008_decided_in_whose_name"),
        ("geo", "0004_regions_without_a_place"),
        ("proposals", "0018_stages_are_closed_by_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Ballot",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("roll", "Those on the roll of the meeting"),
                            ("delegates", "Delegates with a mandate for the stage of the meeting"),
                            ("residents", "All verified residents"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                ("purpose", models.TextField(blank=True, max_length=2000, verbose_name="what it is about")),
                (
                    "kind",
                    models.CharField(
                        choices=[("approval", "Approval"), ("knapsack", "Within a budget"), ("ranking", "Ranking"), ("points", "Points")],
                        max_length=12,
                    ),
                ),
                ("secrecy", models.CharField(choices=[("secret", "Secret"), ("open", "Open, by name")], default="secret", max_length=8)),
                ("most", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("budget", models.BigIntegerField(blank=True, null=True)),
                ("points_total", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("points_each", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("shows_turnout", models.BooleanField(default=True)),
                ("opens_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("open", "Open"), ("closed", "Closed"), ("published", "Published"), ("annulled", "Annulled")],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("frozen", models.JSONField(blank=True, default=dict)),
                ("withdrawn", models.JSONField(blank=True, default=list)),
                ("entitled", models.PositiveIntegerField(blank=True, null=True)),
                ("result", models.JSONField(blank=True, default=dict)),
                ("convened_role", models.CharField(max_length=24)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_reason", models.CharField(blank=True, max_length=300)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("annul_reason", models.CharField(blank=True, max_length=300)),
                ("annulled_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "annul_asked_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "annulled_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("convened_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("cycle", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="ballots", to="proposals.cycle")),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="ballots", to="deliberation.meeting"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("region", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="ballots", to="geo.region")),
            ],
            options={
                "ordering": ["-closes_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="BallotFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("ballots.pb", "Ballots (Pabulib)"), ("ballots.csv", "Ballots (CSV)"), ("receipts.csv", "Receipts (CSV)")],
                        max_length=16,
                    ),
                ),
                ("body", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("ballot", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="files", to="deliberation.ballot")),
            ],
            options={
                "ordering": ["ballot_id", "kind"],
            },
        ),
        migrations.CreateModel(
            name="Candidate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=300)),
                ("ballot", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="candidates", to="deliberation.ballot")),
                ("proposal", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="candidacies", to="proposals.proposal")),
            ],
            options={
                "ordering": ["ballot_id", "number"],
            },
        ),
        migrations.CreateModel(
            name="PaperBatch",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("label", models.CharField(max_length=80)),
                ("sheets", models.PositiveIntegerField()),
                ("set_aside", models.PositiveIntegerField(default=0)),
                ("set_aside_reason", models.CharField(blank=True, max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("typing", "Being typed"),
                            ("differs", "The two typings differ"),
                            ("agreed", "Both typings agree"),
                            ("counted", "Counted"),
                        ],
                        default="typing",
                        max_length=8,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("counted_at", models.DateTimeField(blank=True, null=True)),
                ("differences", models.PositiveIntegerField(default=0)),
                ("invalid", models.PositiveIntegerField(default=0)),
                ("recounted", models.PositiveIntegerField(blank=True, null=True)),
                ("recount_note", models.CharField(blank=True, max_length=300)),
                ("ballot", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="batches", to="deliberation.ballot")),
                (
                    "counted_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("opened_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["ballot_id", "label"],
            },
        ),
        migrations.CreateModel(
            name="Typing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_third", models.BooleanField(default=False)),
                ("rows", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                ("batch", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="typings", to="deliberation.paperbatch")),
                ("typist", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["batch_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="VoterMark",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("name_key", models.CharField(blank=True, max_length=200)),
                ("channel", models.CharField(choices=[("online", "Online"), ("paper", "On paper")], max_length=8)),
                ("day", models.DateField()),
                ("nonce_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "attendance",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="deliberation.attendance"
                    ),
                ),
                ("ballot", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="deliberation.ballot")),
                (
                    "mandate",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="deliberation.mandate"
                    ),
                ),
                (
                    "marked_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("village", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geo.region")),
            ],
            options={
                "ordering": ["ballot_id", "id"],
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("is_secret", models.BooleanField(default=True)),
                ("channel", models.CharField(choices=[("online", "Online"), ("paper", "On paper")], max_length=8)),
                ("marks", models.JSONField(default=list)),
                ("receipt_sha256", models.CharField(blank=True, max_length=64)),
                ("ballot", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="deliberation.ballot")),
                (
                    "voter",
                    models.OneToOneField(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="vote", to="deliberation.votermark"
                    ),
                ),
            ],
            options={
                "ordering": ["ballot_id", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="ballot",
            index=models.Index(fields=["state", "-closes_at", "id"], name="ballots_by_state"),
        ),
        migrations.AddIndex(
            model_name="ballot",
            index=models.Index(fields=["region", "-closes_at", "id"], name="ballots_of_a_region"),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(condition=models.Q(("closes_at__gt", models.F("opens_at"))), name="a_ballot_closes_after_it_opens"),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope", "residents"), ("meeting__isnull", False), _connector="OR"), name="a_ballot_of_a_meeting_names_it"
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["approval", "ranking"]), _negated=True),
                    models.Q(("most__gt", 0), ("most__isnull", False)),
                    _connector="OR",
                ),
                name="marks_and_places_have_a_limit",
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "knapsack"), _negated=True), models.Q(("budget__gt", 0), ("budget__isnull", False)), _connector="OR"
                ),
                name="a_knapsack_has_a_budget",
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "points"), _negated=True),
                    models.Q(
                        ("points_each__gt", 0),
                        ("points_each__isnull", False),
                        ("points_each__lte", models.F("points_total")),
                        ("points_total__gt", 0),
                        ("points_total__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="points_have_both_limits",
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["closed", "published"]), _negated=True),
                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                    _connector="OR",
                ),
                name="a_closed_ballot_says_who_closed_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "annulled"), _negated=True),
                    models.Q(
                        ("annul_asked_by__isnull", False),
                        ("annulled_by__isnull", False),
                        models.Q(("annul_reason", ""), _negated=True),
                        models.Q(("annulled_by", models.F("annul_asked_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="two_people_annul_a_ballot_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="ballotfile",
            constraint=models.UniqueConstraint(fields=("ballot", "kind"), name="one_file_per_kind_and_ballot"),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.UniqueConstraint(fields=("ballot", "number"), name="one_candidate_per_number_of_a_ballot"),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.UniqueConstraint(fields=("ballot", "proposal"), name="a_proposal_stands_once_on_a_ballot"),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(("withdrawn_at__isnull", True), models.Q(("withdrawn_reason", ""), _negated=True), _connector="OR"),
                name="a_withdrawn_candidate_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperbatch",
            constraint=models.UniqueConstraint(fields=("ballot", "label"), name="one_batch_per_label_and_ballot"),
        ),
        migrations.AddConstraint(
            model_name="paperbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("set_aside", 0), models.Q(("set_aside_reason", ""), _negated=True), _connector="OR"),
                name="sheets_set_aside_say_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("state", "counted"), _negated=True), ("counted_by__isnull", False), _connector="OR"),
                name="a_counted_batch_says_who_counted",
            ),
        ),
        migrations.AddConstraint(
            model_name="typing",
            constraint=models.UniqueConstraint(fields=("batch", "typist"), name="nobody_types_a_batch_twice"),
        ),
        migrations.AddConstraint(
            model_name="typing",
            constraint=models.UniqueConstraint(condition=models.Q(("is_third", True)), fields=("batch",), name="one_third_look_per_batch"),
        ),
        migrations.AddConstraint(
            model_name="votermark",
            constraint=models.UniqueConstraint(fields=("ballot", "user"), name="one_vote_per_person_and_ballot"),
        ),
        migrations.AddConstraint(
            model_name="votermark",
            constraint=models.UniqueConstraint(fields=("ballot", "attendance"), name="one_vote_per_line_of_the_roll"),
        ),
        migrations.AddConstraint(
            model_name="votermark",
            constraint=models.UniqueConstraint(fields=("ballot", "mandate"), name="one_vote_per_mandate"),
        ),
        migrations.AddConstraint(
            model_name="votermark",
            constraint=models.UniqueConstraint(
                condition=models.Q(("name_key", ""), _negated=True),
                fields=("ballot", "village", "name_key"),
                name="one_paper_vote_per_name_and_village",
            ),
        ),
        migrations.AddConstraint(
            model_name="votermark",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel", "paper"), ("user__isnull", False), _connector="OR"), name="who_votes_online_has_an_account"
            ),
        ),
        migrations.AddConstraint(
            model_name="votermark",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel", "online"), ("marked_by__isnull", False), _connector="OR"), name="somebody_marks_a_paper_voter"
            ),
        ),
        migrations.AddIndex(
            model_name="vote",
            index=models.Index(
                condition=models.Q(("receipt_sha256", ""), _negated=True), fields=["ballot", "receipt_sha256"], name="votes_by_receipt"
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_secret", False), ("voter__isnull", True), _connector="OR"), name="a_secret_vote_names_nobody"
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_secret", True), ("channel", "paper"), ("voter__isnull", False), _connector="OR"),
                name="an_open_vote_names_its_voter",
            ),
        ),
    ]
