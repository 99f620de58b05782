"""Papers of every kind, files on their way, what a plan year asks for and what villages answer."""

import django.contrib.gis.db.models.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0006_channels_are_tallied'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='attachment',
            name='is_closed',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='attachment',
            name='pages',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='attachment',
            name='taken_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='attachment',
            name='taken_location',
            field=django.contrib.gis.db.models.fields.PointField(blank=True, null=True, srid=4326),
        ),
        migrations.AlterField(
            model_name='attachment',
            name='kind',
            field=models.CharField(choices=[('photo', 'photo before the work'), ('photo_during', 'photo during the work'), ('photo_after', 'photo after the work'), ('cover_letter', 'cover letter'), ('cost_plan', 'cost plan (RAB)'), ('design', 'design (DED)'), ('land_evidence', 'land evidence'), ('meeting_record', 'meeting record (berita acara)'), ('other', 'other paper')], default='photo', max_length=16),
        ),
        migrations.CreateModel(
            name='NotApplicable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.CharField(choices=[('photo', 'photo before the work'), ('photo_during', 'photo during the work'), ('photo_after', 'photo after the work'), ('cover_letter', 'cover letter'), ('cost_plan', 'cost plan (RAB)'), ('design', 'design (DED)'), ('land_evidence', 'land evidence'), ('meeting_record', 'meeting record (berita acara)'), ('other', 'other paper')], max_length=16)),
                ('reason', models.CharField(max_length=300)),
                ('said_at', models.DateTimeField()),
                ('refused_at', models.DateTimeField(blank=True, null=True)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='not_applicable', to='proposals.proposal')),
                ('refused_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['proposal_id', 'document'],
                'constraints': [models.UniqueConstraint(fields=('proposal', 'document'), name='one_answer_per_proposal_and_document'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='an_answer_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Requirement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.CharField(choices=[('photo', 'photo before the work'), ('photo_during', 'photo during the work'), ('photo_after', 'photo after the work'), ('cover_letter', 'cover letter'), ('cost_plan', 'cost plan (RAB)'), ('design', 'design (DED)'), ('land_evidence', 'land evidence'), ('meeting_record', 'meeting record (berita acara)'), ('other', 'other paper')], max_length=16)),
                ('work_kind', models.CharField(blank=True, choices=[('physical', 'physical work'), ('service', 'service or training'), ('grant', 'grant to a group')], max_length=12)),
                ('sector', models.CharField(blank=True, choices=[('road', 'Roads and bridges'), ('water', 'Clean water'), ('drainage', 'Rivers and drainage'), ('education', 'Education'), ('health', 'Health'), ('farming', 'Farming'), ('fishery', 'Fishery'), ('business', "Residents' businesses"), ('energy', 'Electricity and lighting'), ('government', 'Government'), ('empowerment', 'Empowerment'), ('transport', 'Water transport'), ('sanitation', 'Waste and sanitation'), ('housing', 'Housing'), ('disaster', 'Disaster')], max_length=16)),
                ('gate_stage', models.CharField(blank=True, choices=[('village', 'Village'), ('subdistrict', 'Sub-district'), ('agency', 'Agency'), ('district', 'District')], max_length=12)),
                ('hint', models.CharField(blank=True, max_length=300)),
                ('verified_at', models.DateTimeField(blank=True, null=True)),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requirements', to='proposals.cycle')),
                ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['cycle_id', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('cycle', 'document', 'work_kind', 'sector'), name='one_requirement_per_document_and_kind_of_work')],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('received', models.PositiveIntegerField(default=0)),
                ('started_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to='proposals.proposal')),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['changed_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('proposal', 'sha256'), name='one_upload_per_proposal_and_content'), models.CheckConstraint(condition=models.Q(('received__lte', models.F('size')), ('size__gt', 0)), name='no_more_arrives_than_was_announced')],
            },
        ),
    ]
