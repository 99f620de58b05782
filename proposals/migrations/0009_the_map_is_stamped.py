"""Each change says where on the map it can be seen, so that an unchanged tile is known without asking the proposals."""

import django.contrib.postgres.fields
from django.db import migrations, models

_CELL = ("region_code", "plan_year", "channel", "sector", "stage", "outcome")
_COUNTED = (*_CELL, "amount", "funded_amount")
_SEEN = ("number", "title", "problem", "agency_id", "location", "shape", "changed_at")

SPOTS = """
-- Squares of half a degree that the point and the drawn shape touch; '*' where there are too many to name.
CREATE FUNCTION proposals_map_spots(village text, location geometry, shape geometry) RETURNS text[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    box box2d;
    west int; east int; south int; north int;
BEGIN
    IF location IS NULL AND shape IS NULL THEN RETURN ARRAY['-' || left(village, 5)]; END IF;
    box := CASE WHEN shape IS NULL THEN box2d(location) ELSE box2d(ST_Collect(shape, location)) END;
    west := floor((ST_XMin(box) + 180) * 2);
    east := floor((ST_XMax(box) + 180) * 2);
    south := floor((ST_YMin(box) + 90) * 2);
    north := floor((ST_YMax(box) + 90) * 2);
    IF west = east AND south = north THEN RETURN ARRAY['c' || west || '.' || south]; END IF;
    IF west IS NULL OR (east - west + 1) * (north - south + 1) > 16 THEN RETURN ARRAY['*']; END IF;
    RETURN ARRAY(SELECT 'c' || x || '.' || y FROM generate_series(west, east) AS x, generate_series(south, north) AS y ORDER BY x, y);
END $$;
"""


def _written(cell: tuple[str, ...], watched: tuple[str, ...], *, spots: bool) -> str:
    """The trigger's function and condition: it counts by `cell`, and is run where any of `watched` changed."""
    into = f"INSERT INTO proposals_tallychange ({', '.join(cell)}, proposals, amount, funded, funded_amount{', spots' if spots else ''})"

    def columns(row: str, names: tuple[str, ...]) -> str:
        return ", ".join(f"{row}.{'village_id' if name == 'region_code' else name}" for name in names)

    def values(row: str, sign: str) -> str:
        place = f", proposals_map_spots({row}.village_id, {row}.location, {row}.shape)" if spots else ""
        counted = f"{sign}1, {sign}coalesce({row}.amount, 0), {sign}({row}.outcome = 'funded')::int, {sign}coalesce({row}.funded_amount, 0)"
        return f"{columns(row, cell)}, {counted}{place}"

    return f"""
    CREATE OR REPLACE FUNCTION proposals_write_tally_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'INSERT' AND OLD.stage <> 'draft' THEN
            {into} VALUES ({values("OLD", "-")});
        END IF;
        IF TG_OP <> 'DELETE' AND NEW.stage <> 'draft' THEN
            {into} VALUES ({values("NEW", "+")});
        END IF;
        RETURN NULL;
    END $$;
    DROP TRIGGER a_changed_proposal_is_tallied ON proposals_proposal;
    -- Counters (supports, comments) change often and are not on the map: they never reach the function.
    CREATE TRIGGER a_changed_proposal_is_tallied AFTER UPDATE ON proposals_proposal
    FOR EACH ROW WHEN (({columns("OLD", watched)}) IS DISTINCT FROM ({columns("NEW", watched)}))
    EXECUTE FUNCTION proposals_write_tally_change();
    """  # noqa: S608 - column names of this file


class Migration(migrations.Migration):
    dependencies = [("proposals", "0008_sheets_have_jobs")]
    operations = [
        migrations.CreateModel(
            name="MapStamp",
            fields=[("key", models.CharField(max_length=12, primary_key=True, serialize=False)), ("changes", models.BigIntegerField())],
        ),
        migrations.AddField(
            "tallychange",
            "spots",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=12),
                db_default=models.Value([], output_field=django.contrib.postgres.fields.ArrayField(models.CharField(max_length=12))),
                size=None,
            ),
        ),
        migrations.RunSQL(SPOTS, "DROP FUNCTION proposals_map_spots(text, geometry, geometry);"),
        migrations.RunSQL(_written(_CELL, (*_COUNTED, *_SEEN), spots=True), _written(_CELL, _COUNTED, spots=False)),
    ]
