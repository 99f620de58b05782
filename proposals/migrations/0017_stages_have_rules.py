"""The rules of each stage of a plan year: quorum, quotas, papers; when its ceilings were published."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0016_lists_by_work'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='cycle',
            name='ceilings_published_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='stagewindow',
            name='delegates',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='stagewindow',
            name='late_grace_hours',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='stagewindow',
            name='legal_basis',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='stagewindow',
            name='needs_ceilings',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='stagewindow',
            name='quorum_elements',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='stagewindow',
            name='quorum_people',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='stagewindow',
            name='quorum_regions_percent',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='stagewindow',
            name='quota_blocks',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='stagewindow',
            name='required_documents',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='stagewindow',
            name='verified_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='stagewindow',
            name='verified_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='stagewindow',
            name='women_percent',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='stagewindow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('quorum_regions_percent__isnull', True), ('quorum_regions_percent__lte', 100), _connector='OR'), models.Q(('women_percent__isnull', True), ('women_percent__lte', 100), _connector='OR')), name='shares_of_a_stage_are_percents'),
        ),
    ]
