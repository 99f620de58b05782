"""1.7 million proposals over three plan years, the way a real register stands: the older the year, the further along."""

import os

from benchmarks.national.country import FACILITATORS_FROM, PLAN_YEARS
from benchmarks.national.rows import fill, run
from benchmarks.national.words import PLACES, WORKS

PROPOSALS = int(os.environ.get("NATION_PROPOSALS", "1700000"))
#: Per plan year, oldest first: stage, outcome, realisation and how many of a hundred.
_STANDING = {
    PLAN_YEARS[0]: (
        ("budget", "not_funded", "", 45), ("subdistrict", "rejected", "", 12), ("done", "funded", "confirmed", 25),
        ("done", "funded", "reported_done", 12), ("done", "funded", "disputed", 3), ("works", "funded", "under_way", 3),
    ),
    PLAN_YEARS[1]: (
        ("budget", "not_funded", "", 48), ("agency", "rejected", "", 9), ("works", "funded", "under_way", 28), ("works", "funded", "", 10),
        ("district", "reserved", "", 5),
    ),
    PLAN_YEARS[2]: (
        ("village", "open", "", 34), ("subdistrict", "open", "", 26), ("agency", "open", "", 14), ("district", "open", "", 12),
        ("village", "returned", "", 5), ("village", "withdrawn", "", 3), ("subdistrict", "reserved", "", 6),
    ),
}  # fmt: skip


def _standings() -> str:
    """Rows of a table (year, from, to, stage, outcome, realisation): which hundredth stands where."""
    rows = []
    for year, shares in _STANDING.items():
        start = 0
        for stage, outcome, realisation, share in shares:
            rows.append(f"({year}, {start}, {start + share}, '{stage}', '{outcome}', '{realisation}')")
            start += share
    return ", ".join(rows)


def _dice(key: str, throw: int) -> str:
    """A number from 0 to 2^31 - 1 that nothing else depends on: kind of work, fate and hour must not follow from each other."""
    return f"(hashint8extended({key}, {throw}) & 2147483647)"


def draw_up() -> None:
    """Decide for every proposal what it is, in a table of its own that the real tables are filled from."""
    places = ", ".join(f"({number}, '{name}')" for number, name in enumerate(PLACES))
    share = PROPOSALS / len(PLAN_YEARS)
    run(f"""
        CREATE TABLE bench_asked AS
        WITH size AS (SELECT {share} / count(*) AS a_village FROM bench_village),
        asked AS (
            SELECT code AS village, district, lon, lat, n AS village_n, year, i,
                {_dice("n::bigint * 7919 + year * 31 + i", 1)} AS chance, {_dice("n::bigint * 7919 + year * 31 + i", 2)} AS fate,
                {_dice("n::bigint * 7919 + year * 31 + i", 3)} AS hour
            FROM bench_village CROSS JOIN size CROSS JOIN unnest(ARRAY{list(PLAN_YEARS)}) AS year
            CROSS JOIN LATERAL generate_series(1, floor(a_village)::int
                + ((hashint8(n::bigint * 13 + year) & 1048575) < (a_village - floor(a_village)) * 1048576)::int) AS i
        )
        SELECT md5(village || year || i)::uuid AS id, asked.*, stage, outcome, realisation,
            bench_work.code AS work, title, sector, unit, price, problem, place, 20 + hour % 480 AS volume, fate / 100 % 7 AS supports,
            (ARRAY[0, 0, 1, 1, 2, 3])[1 + fate / 1000 % 6] AS comments,
            row_number() OVER (PARTITION BY district, year ORDER BY village_n, i) AS running,
            make_timestamptz(year - 1, 1, 1, 0, 0, 0) + hour % 23587200 * interval '1 second' + hour % 999983 * interval '1 microsecond' AS at
        FROM asked
        JOIN bench_work ON bench_work.w = chance / 3 % {len(WORKS)}
        JOIN (VALUES {places}) AS places(p, place) ON p = chance / 11 % {len(PLACES)}
        JOIN (VALUES {_standings()}) AS standing(of_year, least, most, stage, outcome, realisation)
            ON of_year = year AND fate % 100 >= least AND fate % 100 < most
    """)  # noqa: S608 - words and numbers of this package
    run("ANALYZE bench_asked")


def proposals() -> None:
    """The proposals, and the steps that brought each where it stands."""
    from proposals.models import Proposal, Recommendation, SearchEntry

    fill(
        Proposal,
        {
            "id": "asked.id",
            "number": "replace(district, '.', '') || '-' || year || '-' || to_char(running, 'FM00000')",
            "cycle_id": "proposals_cycle.id",
            "plan_year": "year",
            "village_id": "village",
            "title": "asked.title || ' ' || place || ' RT ' || to_char(1 + chance % 12, 'FM00')",
            "problem": "problem",
            "objective": "'Warga dapat memakainya sepanjang tahun.'",
            "sector": "asked.sector",
            "dictionary_entry_id": "entry.id",
            "agency_id": "entry.agency_id",
            "volume": "asked.volume",
            "unit": "asked.unit",
            "unit_price": "price",
            "amount": "asked.volume * price",
            "locus": "place",
            "location": "ST_SetSRID(ST_MakePoint(lon + (chance % 997 - 498) * 0.00002, lat + (chance % 991 - 495) * 0.00002), 4326)",
            "location_source": "'map'",
            "stage": "asked.stage",
            "outcome": "asked.outcome",
            "realisation": "asked.realisation",
            "funded_amount": "CASE WHEN asked.outcome = 'funded' THEN asked.volume * price END",
            "funding_source": "CASE WHEN asked.outcome = 'funded' THEN 'APBD' ELSE '' END",
            "supports": "asked.supports",
            "comments": "asked.comments",
            "version": "3",
            "author_id": f"{FACILITATORS_FROM} + village_n",
            "created_at": "at",
            "changed_at": "at + interval '9 days'",
            "submitted_at": "at + interval '1 day'",
            "stage_entered_at": "at + interval '9 days'",
        },
        """bench_asked AS asked
        JOIN proposals_cycle ON proposals_cycle.region_id = asked.district AND proposals_cycle.plan_year = asked.year
        JOIN proposals_dictionaryentry AS entry ON entry.cycle_id = proposals_cycle.id AND entry.code = asked.work""",
    )
    fill(SearchEntry, {"proposal_id": "p.id", "document": "proposals_document(p)"}, "proposals_proposal AS p")
    step = {"proposal_id": "id", "volume": "volume", "unit": "unit", "amount": "volume * price", "actor_id": f"{FACILITATORS_FROM} + village_n"}
    fill(
        Recommendation,
        {
            **step,
            "move": "'submit'",
            "stage": "'draft'",
            "outcome_before": "'open'",
            "stage_after": "'village'",
            "outcome_after": "'open'",
            "role": "'facilitator'",
            "decided_at": "at + interval '1 day'",
            "version": "2",
        },
        "bench_asked",
    )
    fill(
        Recommendation,
        {
            **step,
            "move": "'forward'",
            "stage": "'village'",
            "outcome_before": "'open'",
            "stage_after": "'subdistrict'",
            "outcome_after": "'open'",
            "role": "'village_head'",
            "decided_at": "at + interval '9 days'",
            "version": "3",
        },
        "bench_asked WHERE stage <> 'village'",
    )
