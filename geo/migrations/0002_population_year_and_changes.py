"""The year of a population, and a row for each transaction that changed regions."""

from django.db import migrations, models

TRIGGER = """
CREATE FUNCTION geo_regions_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- nobody waits: two transactions write two rows
    INSERT INTO geo_regionchange (transaction, at) VALUES (pg_current_xact_id()::text::bigint, now()) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER a_change_of_regions_is_stamped AFTER INSERT OR UPDATE OR DELETE ON geo_region
FOR EACH STATEMENT EXECUTE FUNCTION geo_regions_changed();
"""
NO_TRIGGER = "DROP TRIGGER a_change_of_regions_is_stamped ON geo_region; DROP FUNCTION geo_regions_changed();"


class Migration(migrations.Migration):
    dependencies = [("geo", "0001_initial")]
    operations = [
        migrations.AddField("region", "population_year", models.PositiveSmallIntegerField(blank=True, null=True)),
        migrations.CreateModel(
            name="RegionChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("transaction", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("transaction", "at"), name="one_row_per_transaction_that_changed_regions")],
            },
        ),
        migrations.RunSQL(TRIGGER, NO_TRIGGER),
    ]
