"""Meetings, their agenda, roll, mandates, decisions and rankings."""

import django.db.models.constraints
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_the_council_has_a_secretariat'),
        ('deliberation', '0002_support_follows'),
        ('geo', '0004_regions_without_a_place'),
        ('proposals', '0017_stages_have_rules'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('opening', 'Opening'), ('ceilings', 'Ceilings and rules'), ('proposal', 'Proposal'), ('priorities', 'Priority and reserve lists'), ('delegates', 'Election of delegates'), ('record', 'Record and signatures'), ('other', 'Other')], max_length=12)),
                ('title', models.CharField(max_length=160)),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('in_hand', 'In hand'), ('done', 'Done'), ('skipped', 'Skipped')], default='waiting', max_length=12)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('proposal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agenda_items', to='proposals.proposal')),
            ],
            options={
                'ordering': ['meeting_id', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('hamlet', 'Hamlet meeting'), ('village', 'Village meeting'), ('village_plan', 'Village planning deliberation'), ('subdistrict', 'Sub-district planning deliberation'), ('agency_forum', 'Agency forum'), ('district', 'District planning deliberation')], max_length=16)),
                ('hamlet', models.CharField(blank=True, max_length=80)),
                ('stage', models.CharField(blank=True, choices=[('draft', 'Draft'), ('village', 'Village'), ('subdistrict', 'Sub-district'), ('agency', 'Agency'), ('district', 'District'), ('budget', 'Budget'), ('works', 'Works'), ('done', 'Done')], max_length=12)),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('purpose', models.TextField(blank=True, max_length=2000, verbose_name='what it is about')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('open', 'In session'), ('adjourned', 'Adjourned'), ('closed', 'Closed'), ('cancelled', 'Cancelled')], default='planned', max_length=12)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('place', models.CharField(max_length=200, verbose_name='place')),
                ('online_address', models.URLField(blank=True, max_length=500)),
                ('chair_name', models.CharField(blank=True, max_length=120, verbose_name='chair')),
                ('note_taker_name', models.CharField(blank=True, max_length=120, verbose_name='note-taker')),
                ('convened_role', models.CharField(max_length=24)),
                ('invited_at', models.DateTimeField(blank=True, null=True)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('shortfall_reason', models.TextField(blank=True, max_length=500)),
                ('cancelled_reason', models.CharField(blank=True, max_length=300)),
                ('decided', models.PositiveIntegerField(default=0)),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='accounts.agency')),
                ('chair', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('convened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='proposals.cycle')),
                ('note_taker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='geo.region')),
            ],
            options={
                'ordering': ['-starts_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('draft', 'Draft'), ('village', 'Village'), ('subdistrict', 'Sub-district'), ('agency', 'Agency'), ('district', 'District'), ('budget', 'Budget'), ('works', 'Works'), ('done', 'Done')], max_length=12)),
                ('basis', models.CharField(max_length=160)),
                ('name', models.CharField(max_length=120)),
                ('institution', models.CharField(blank=True, max_length=120)),
                ('sex', models.CharField(choices=[('female', 'Female'), ('male', 'Male')], max_length=8)),
                ('given_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_reason', models.CharField(blank=True, max_length=300)),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='proposals.cycle')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='geo.region')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='elected', to='deliberation.meeting')),
            ],
            options={
                'ordering': ['cycle_id', 'region_id', 'name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('move', models.CharField(max_length=20)),
                ('volume', models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True)),
                ('amount', models.BigIntegerField(blank=True, null=True)),
                ('reason_code', models.CharField(blank=True, choices=[('WRONG_AGENCY', 'belongs to another agency'), ('INCOMPLETE', 'data or files are incomplete'), ('SITE_INELIGIBLE', 'the site is not eligible after a survey'), ('LAND_NOT_CLEAR', 'land status is not clear'), ('ALREADY_BUDGETED', 'already in the budget'), ('NOT_IN_KAMUS', 'not among the works that may be proposed'), ('RECIPIENT_NOT_LEGAL', 'the recipient is not a legal entity'), ('STILL_ADEQUATE', 'what stands is still adequate'), ('LOW_URGENCY', 'less urgent than others'), ('OVER_CEILING', 'exceeds the ceiling'), ('OTHER_AUTHORITY', 'belongs to another level of government'), ('OUTSIDE_SPATIAL_PLAN', 'does not fit the spatial plan'), ('NO_DESIGN', 'no design or cost plan'), ('DUPLICATE', 'the same as another proposal'), ('NOT_MANDATED_BY_MEETING', 'not agreed in a recorded meeting')], max_length=32)),
                ('reason', models.TextField(blank=True, max_length=2000)),
                ('responsible', models.CharField(blank=True, max_length=160)),
                ('method', models.CharField(choices=[('consensus', 'By consensus'), ('vote', 'By vote')], default='consensus', max_length=12)),
                ('presence', models.JSONField(default=dict)),
                ('role', models.CharField(max_length=24)),
                ('decided_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='deliberation.agendaitem')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='proposals.proposal')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('step', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='proposals.recommendation')),
                ('target', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='proposals.proposal')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='deliberation.meeting')),
            ],
            options={
                'ordering': ['meeting_id', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('name_key', models.CharField(max_length=120)),
                ('address', models.CharField(blank=True, max_length=160)),
                ('institution', models.CharField(blank=True, max_length=120)),
                ('sex', models.CharField(choices=[('female', 'Female'), ('male', 'Male')], max_length=8)),
                ('element', models.CharField(choices=[('custom', 'Customary leader'), ('religion', 'Religious leader'), ('community', 'Community leader'), ('education', 'Education'), ('farmers', 'Farmers'), ('fishers', 'Fishers'), ('artisans', 'Artisans and small trade'), ('women', "Women's group (PKK)"), ('children', 'Child protection'), ('youth', 'Youth'), ('disability', 'People with disabilities'), ('poor', 'Poor households'), ('hamlet', 'Hamlet, RW and RT'), ('village_government', 'Village government'), ('consultative', 'Village consultative body (BPD)'), ('empowerment', 'Community empowerment body (LPM)'), ('subdistrict', 'Sub-district office'), ('agency', 'Regional agency'), ('council', 'District council (DPRD)'), ('facilitator', 'Facilitator'), ('other', 'Other')], max_length=20)),
                ('is_young', models.BooleanField(default=False)),
                ('is_disabled', models.BooleanField(default=False)),
                ('source', models.CharField(choices=[('typed', 'Typed by the note-taker'), ('pasted', 'From a pasted list'), ('code', 'Checked in by code'), ('self', 'Joined online'), ('offline', 'Captured without signal')], max_length=8)),
                ('entered_at', models.DateTimeField()),
                ('struck_at', models.DateTimeField(blank=True, null=True)),
                ('struck_reason', models.CharField(blank=True, max_length=300)),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='geo.region')),
                ('struck_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to=settings.AUTH_USER_MODEL)),
                ('mandate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='deliberation.mandate')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roll', to='deliberation.meeting')),
            ],
            options={
                'ordering': ['meeting_id', 'number'],
            },
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='deliberation.meeting'),
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mode', models.CharField(choices=[('hall', 'In the hall'), ('online', 'Online')], max_length=8)),
                ('arrived_at', models.DateTimeField()),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('attendance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stays', to='deliberation.attendance')),
            ],
            options={
                'ordering': ['attendance_id', 'arrived_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Ranking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('computed_place', models.PositiveIntegerField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('set_at', models.DateTimeField()),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ranking', to='deliberation.meeting')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rankings', to='proposals.proposal')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['meeting_id', 'place'],
            },
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['region', '-starts_at', 'id'], name='meetings_of_a_region'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['cycle', 'stage', 'state'], name='meetings_of_a_stage'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['state', 'starts_at', 'id'], name='meetings_by_state'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'agency_forum'), ('agency__isnull', True), _connector='OR'), name='only_an_agency_forum_has_an_agency'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'hamlet'), ('hamlet', ''), _connector='OR'), name='only_a_hamlet_meeting_has_a_hamlet'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='a_meeting_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['open', 'adjourned', 'closed']), _negated=True), ('opened_at__isnull', False), _connector='OR'), name='a_meeting_in_session_was_opened'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='a_closed_meeting_says_who_closed_it'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('user__isnull', False)), fields=('cycle', 'stage', 'user'), name='one_mandate_per_person_and_stage'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('cycle', 'stage', 'region', 'name'), name='one_mandate_per_name_and_region'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), models.Q(('ended_reason', ''), _negated=True), _connector='OR'), name='an_ended_mandate_says_why'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('meeting', 'number'), name='one_decision_per_number_of_a_record'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('number__gt', 0)), name='decisions_are_numbered_from_one'),
        ),
        migrations.AddIndex(
            model_name='attendance',
            index=models.Index(fields=['meeting', 'name_key'], name='roll_by_name'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('meeting', 'number'), name='one_line_per_number_of_a_roll'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(condition=models.Q(('struck_at__isnull', True), ('user__isnull', False)), fields=('meeting', 'user'), name='one_line_per_account_and_roll'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(('struck_at__isnull', True), models.Q(('struck_by__isnull', False), models.Q(('struck_reason', ''), _negated=True)), _connector='OR'), name='a_struck_line_says_who_and_why'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('meeting', 'position'), name='one_item_per_place_of_an_agenda'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(fields=('meeting', 'proposal'), name='one_item_per_meeting_and_proposal'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'in_hand')), fields=('meeting',), name='one_item_in_hand_per_meeting'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'proposal'), ('proposal__isnull', False)), models.Q(models.Q(('kind', 'proposal'), _negated=True), ('proposal__isnull', True)), _connector='OR'), name='an_item_of_a_proposal_names_it'),
        ),
        migrations.AddConstraint(
            model_name='presence',
            constraint=models.UniqueConstraint(condition=models.Q(('left_at__isnull', True)), fields=('attendance',), name='one_open_stay_per_line'),
        ),
        migrations.AddConstraint(
            model_name='presence',
            constraint=models.CheckConstraint(condition=models.Q(('left_at__isnull', True), ('left_at__gte', models.F('arrived_at')), _connector='OR'), name='a_stay_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='ranking',
            constraint=models.UniqueConstraint(fields=('meeting', 'proposal'), name='one_place_per_meeting_and_proposal'),
        ),
        migrations.AddConstraint(
            model_name='ranking',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('meeting', 'place'), name='one_proposal_per_place_of_a_ranking'),
        ),
        migrations.AddConstraint(
            model_name='ranking',
            constraint=models.CheckConstraint(condition=models.Q(('computed_place__isnull', True), ('computed_place', models.F('place')), models.Q(('reason', ''), _negated=True), _connector='OR'), name='leaving_the_computed_order_says_why'),
        ),
    ]
