"""Regions with a place each, plan years of every kabupaten, their dictionaries, agencies and people."""

from benchmarks.national.rows import fill, run
from benchmarks.national.words import WORKS

PLAN_YEARS = (2026, 2027, 2028)
RESIDENTS_A_VILLAGE = 6
#: Keys of the people begin here, so that they never meet an account that was there before.
FACILITATORS_FROM = 1_000_000
RESIDENTS_FROM = 2_000_000
_COLUMNS = 32


def place_regions() -> None:
    """Give every region a place on the map: kabupaten on a grid over the archipelago, what lies below within its cell.

    Real lines are not needed to measure; the nearness of a village to its neighbours is.
    """
    run(f"""
        WITH districts AS (SELECT code, (row_number() OVER (ORDER BY code) - 1)::int AS n FROM geo_region WHERE level = 'district'),
        villages AS (
            SELECT code, left(code, 5) AS district, (row_number() OVER (PARTITION BY left(code, 5) ORDER BY code) - 1)::int AS n,
                ceil(sqrt(count(*) OVER (PARTITION BY left(code, 5))))::int AS side
            FROM geo_region WHERE level = 'village'
        ),
        placed AS (
            SELECT villages.code,
                95.2 + 45.6 / {_COLUMNS} * (districts.n % {_COLUMNS} + 0.9 * (villages.n % side + 0.5) / side) AS lon,
                5.5 - 16.0 / 17 * (districts.n / {_COLUMNS} + 0.9 * (villages.n / side + 0.5) / side) AS lat
            FROM villages JOIN districts ON districts.code = villages.district
        ),
        every AS (
            SELECT left(code, ends) AS code, avg(lon) AS lon, avg(lat) AS lat FROM placed, (VALUES (2), (5), (8), (13)) AS level(ends) GROUP BY 1
        )
        UPDATE geo_region SET anchor = ST_SetSRID(ST_MakePoint(lon, lat), 4326), boundary_source = 'sketch'
        FROM every WHERE every.code = geo_region.code
    """)  # noqa: S608 - numbers of this file
    run("""
        CREATE TABLE bench_village AS
        SELECT code, left(code, 5) AS district, ST_X(anchor) AS lon, ST_Y(anchor) AS lat, (row_number() OVER (ORDER BY code) - 1)::int AS n
        FROM geo_region WHERE level = 'village'
    """)


def people() -> None:
    """A facilitator and some confirmed residents for every village; nobody can sign in."""
    from accounts.models import Assignment, Residency, User

    name = {"password": "'!'", "is_active": "true", "date_joined": "now()", "email": "''"}
    fill(
        User,
        {**name, "id": f"{FACILITATORS_FROM} + n", "username": "'fasilitator-' || n", "display_name": "'Fasilitator ' || n"},
        "bench_village",
    )
    fill(
        User,
        {
            **name,
            "id": f"{RESIDENTS_FROM} + n * {RESIDENTS_A_VILLAGE} + j",
            "username": "'warga-' || n || '-' || j",
            "display_name": "'Warga ' || n || '.' || j",
        },
        f"bench_village, generate_series(0, {RESIDENTS_A_VILLAGE - 1}) AS j",
    )
    fill(
        Assignment,
        {"user_id": f"{FACILITATORS_FROM} + n", "role": "'facilitator'", "region_id": "code", "starts_on": "DATE '2025-01-01'", "basis": "'SK'"},
        "bench_village",
    )
    fill(
        Residency,
        {
            "id": f"{RESIDENTS_FROM} + n * {RESIDENTS_A_VILLAGE} + j",
            "user_id": f"{RESIDENTS_FROM} + n * {RESIDENTS_A_VILLAGE} + j",
            "village_id": "code",
            "status": "'confirmed'",
            "requested_at": "now()",
            "decided_at": "now()",
            "decided_by_id": f"{FACILITATORS_FROM} + n",
        },
        f"bench_village, generate_series(0, {RESIDENTS_A_VILLAGE - 1}) AS j",
    )


def plan_years() -> None:
    """Three plan years a kabupaten, each with its windows, and its dictionary with an agency."""
    from accounts.models import Agency
    from proposals.models import Cycle, DictionaryEntry, StageWindow

    fill(Agency, {"region_id": "code", "code": "'1.03'", "name": "'Dinas Pekerjaan Umum'"}, "geo_region WHERE level = 'district'")
    years = ", ".join(f"({year})" for year in PLAN_YEARS)
    fill(
        Cycle,
        {
            "region_id": "code",
            "plan_year": "year",
            "support_opens_at": "make_timestamptz(year - 2, 1, 1, 0, 0, 0)",
            "support_closes_at": "make_timestamptz(year, 12, 31, 0, 0, 0)",
            "numbered": "100000",
        },
        f"geo_region, (VALUES {years}) AS years(year) WHERE level = 'district'",
    )
    stages = ", ".join(
        f"('{stage}', {place})" for place, stage in enumerate(("village", "subdistrict", "agency", "district", "budget", "works", "done"), start=1)
    )
    fill(StageWindow, {"cycle_id": "id", "stage": "stage", "position": "place"}, f"proposals_cycle, (VALUES {stages}) AS stages(stage, place)")
    run("CREATE TABLE bench_work (w int PRIMARY KEY, code text, title text, sector text, unit text, price bigint, problem text)")
    for number, work in enumerate(WORKS):
        run("INSERT INTO bench_work VALUES (%s, %s, %s, %s, %s, %s, %s)", [number, *work])
    fill(
        DictionaryEntry,
        {
            "cycle_id": "proposals_cycle.id",
            "code": "bench_work.code",
            "name": "title",
            "sector": "sector",
            "unit": "unit",
            "unit_price": "price",
            "agency_id": "accounts_agency.id",
        },
        "proposals_cycle CROSS JOIN bench_work JOIN accounts_agency ON accounts_agency.region_id = proposals_cycle.region_id",
    )
