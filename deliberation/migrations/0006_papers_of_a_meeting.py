"""The papers of a meeting: forms, scans and photos, clauses of local law; what was issued stays as it was."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


_FREEZE = """
    CREATE FUNCTION deliberation_a_paper_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.state = 'draft' THEN
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        END IF;
        IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION 'an issued paper stays' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF (OLD.meeting_id, OLD.kind, OLD.number, OLD.template, OLD.texts, OLD.snapshot, OLD.sha256, OLD.code, OLD.issued_by_id, OLD.issued_at)
            IS DISTINCT FROM
            (NEW.meeting_id, NEW.kind, NEW.number, NEW.template, NEW.texts, NEW.snapshot, NEW.sha256, NEW.code, NEW.issued_by_id, NEW.issued_at)
            OR NEW.state = 'draft' OR (OLD.state = 'signed' AND NEW.state <> 'signed')
            OR (OLD.pdf_sha256 <> '' AND NEW.pdf_sha256 <> OLD.pdf_sha256)
        THEN
            RAISE EXCEPTION 'an issued paper stays as it was' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER a_paper_stays BEFORE UPDATE OR DELETE ON deliberation_document
        FOR EACH ROW EXECUTE FUNCTION deliberation_a_paper_stays();
"""
_THAW = """
    DROP TRIGGER a_paper_stays ON deliberation_document;
    DROP FUNCTION deliberation_a_paper_stays();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('deliberation', '0005_the_floor_of_a_meeting'),
        ('geo', '0004_regions_without_a_place'),
        ('proposals', '0017_stages_have_rules'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Clause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meeting_kind', models.CharField(choices=[('hamlet', 'Hamlet meeting'), ('village', 'Village meeting'), ('village_plan', 'Village planning deliberation'), ('subdistrict', 'Sub-district planning deliberation'), ('agency_forum', 'Agency forum'), ('district', 'District planning deliberation')], max_length=16)),
                ('place', models.CharField(max_length=16)),
                ('text', models.TextField(max_length=2000)),
                ('legal_basis', models.CharField(blank=True, max_length=300)),
                ('verified_at', models.DateTimeField(blank=True, null=True)),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['cycle_id', 'meeting_kind', 'place'],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('record', 'Record (berita acara)'), ('attendance', 'Attendance list'), ('minutes', 'Minutes'), ('priorities', 'Priority list'), ('not_accommodated', 'Not accommodated and reserve list'), ('delegates', 'Delegates'), ('photos', 'Photos of the meeting')], max_length=20)),
                ('number', models.PositiveSmallIntegerField(default=0)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('issued', 'Printed, waiting for signatures'), ('signed', 'Signed')], default='draft', max_length=8)),
                ('template', models.CharField(max_length=40)),
                ('texts', models.JSONField(default=dict)),
                ('version', models.PositiveIntegerField(default=1)),
                ('snapshot', models.JSONField(blank=True, null=True)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('code', models.CharField(blank=True, max_length=12, null=True, unique=True)),
                ('issued_at', models.DateTimeField(blank=True, null=True)),
                ('pdf', models.FileField(blank=True, upload_to='documents/%Y/%m/')),
                ('pdf_sha256', models.CharField(blank=True, max_length=64)),
                ('pdf_size', models.PositiveIntegerField(default=0)),
                ('pages', models.PositiveIntegerField(default=0)),
                ('failure', models.CharField(blank=True, max_length=200)),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['meeting_id', 'kind', 'number'],
            },
        ),
        migrations.CreateModel(
            name='DocumentFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('scan', 'Scan'), ('photo', 'Photo')], max_length=8)),
                ('sha256', models.CharField(max_length=64)),
                ('file', models.FileField(upload_to='documents/%Y/%m/')),
                ('thumbnail', models.FileField(blank=True, upload_to='documents/%Y/%m/')),
                ('content_type', models.CharField(max_length=40)),
                ('size', models.PositiveIntegerField()),
                ('width', models.PositiveIntegerField(default=0)),
                ('height', models.PositiveIntegerField(default=0)),
                ('pages', models.PositiveIntegerField(default=0)),
                ('caption', models.CharField(blank=True, max_length=160)),
                ('is_closed', models.BooleanField(default=False)),
                ('added_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['meeting_id', 'added_at', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='clause',
            name='changed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='clause',
            name='cycle',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clauses', to='proposals.cycle'),
        ),
        migrations.AddField(
            model_name='clause',
            name='verified_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='document',
            name='created_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='document',
            name='issued_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='document',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='deliberation.meeting'),
        ),
        migrations.AddField(
            model_name='document',
            name='signed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='documentfile',
            name='added_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='documentfile',
            name='document',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='scans', to='deliberation.document'),
        ),
        migrations.AddField(
            model_name='documentfile',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='deliberation.meeting'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.UniqueConstraint(fields=('cycle', 'meeting_kind', 'place'), name='one_wording_per_cycle_form_and_place'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(fields=('meeting', 'kind', 'number'), name='one_paper_per_meeting_kind_and_number'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'photos'), _negated=True), name='photos_are_files_and_no_paper'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('code__isnull', True), ('issued_at__isnull', True), ('sha256', ''), ('snapshot__isnull', True), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), ('code__isnull', False), ('issued_at__isnull', False), ('issued_by__isnull', False), ('snapshot__isnull', False), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='an_issued_paper_is_frozen_and_has_its_code'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'signed'), _negated=True), models.Q(('signed_at__isnull', False), ('signed_by__isnull', False)), _connector='OR'), name='a_signed_paper_says_who_brought_the_scan'),
        ),
        migrations.AddConstraint(
            model_name='documentfile',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'scan')), fields=('document', 'sha256'), name='one_scan_per_paper_and_content'),
        ),
        migrations.AddConstraint(
            model_name='documentfile',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'photo')), fields=('meeting', 'sha256'), name='one_photo_per_meeting_and_content'),
        ),
        migrations.AddConstraint(
            model_name='documentfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('document__isnull', False), ('kind', 'scan')), models.Q(('document__isnull', True), ('kind', 'photo')), _connector='OR'), name='a_scan_is_of_a_paper_and_a_photo_of_a_meeting'),
        ),
        migrations.RunSQL(_FREEZE, _THAW),
    ]
