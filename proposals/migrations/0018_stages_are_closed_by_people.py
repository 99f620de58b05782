"""Stages are closed by people, a region for itself; what was captured without signal keeps its moment."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('geo', '0004_regions_without_a_place'),
        ('proposals', '0017_stages_have_rules'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='cycle',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='proposal',
            name='captured_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='captured_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='late_sync',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='stagewindow',
            name='changed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='stagewindow',
            name='closed_in',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='stagewindow',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.CreateModel(
            name='StageClosure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('draft', 'Draft'), ('village', 'Village'), ('subdistrict', 'Sub-district'), ('agency', 'Agency'), ('district', 'District'), ('budget', 'Budget'), ('works', 'Works'), ('done', 'Done')], max_length=12)),
                ('role', models.CharField(max_length=24)),
                ('closed_at', models.DateTimeField()),
                ('reason', models.CharField(blank=True, max_length=1000)),
                ('shortfalls', models.JSONField(blank=True, default=list)),
                ('reopen_asked_at', models.DateTimeField(blank=True, null=True)),
                ('reopen_reason', models.CharField(blank=True, max_length=500)),
                ('reopened_at', models.DateTimeField(blank=True, null=True)),
                ('closed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closures', to='proposals.cycle')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closures', to='geo.region')),
                ('reopen_asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reopened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['cycle_id', '-closed_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('reopened_at__isnull', True)), fields=('cycle', 'stage', 'region'), name='one_closing_per_stage_and_region'), models.CheckConstraint(condition=models.Q(('reopen_asked_at__isnull', True), models.Q(('reopen_asked_by__isnull', False), models.Q(('reopen_reason', ''), _negated=True)), _connector='OR'), name='a_reopening_says_who_asks_and_why'), models.CheckConstraint(condition=models.Q(('reopened_at__isnull', True), models.Q(('reopen_asked_by__isnull', False), ('reopened_by__isnull', False), models.Q(('reopened_by', models.F('reopen_asked_by')), _negated=True)), _connector='OR'), name='a_stage_is_reopened_by_two_people')],
            },
        ),
    ]
