"""The counts behind the figures, each by one statement over one kabupaten's plan year: none of them walks the country."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from accounts.models import Residency
from budgeting.provenance.figures import ASKED_BY_CITIZENS
from deliberation.ballots.words import BallotState, VoteChannel
from deliberation.words import MeetingState, Sex
from geo.models import BoundarySource
from proposals.stages import Outcome, Realisation, Stage
from proposals.words import WorkKind

#: First asked for longer ago than this is told by itself.
LONG_YEARS = 3
_BELOW = "({column} = %(code)s OR {column} LIKE %(below)s)"
_HERE = f"p.cycle_id = %(cycle)s AND p.stage <> '{Stage.DRAFT}' AND {_BELOW.format(column='p.village_id')}"
_FORWARDED = "('forward', 'forward_adjusted')"
_IN_THE_PLAN = f"('{Stage.BUDGET}', '{Stage.WORKS}', '{Stage.DONE}')"
_UNDECIDED = f"('{Outcome.OPEN}', '{Outcome.RETURNED}', '{Outcome.RESERVED}')"
_DRAWN = f"('{BoundarySource.OFFICIAL}', '{BoundarySource.INDICATIVE}', '{BoundarySource.UNION}')"

REGIONS = f"""
    SELECT code AS region, level = 'village' AND valid_until IS NULL AS is_village, boundary_source IN {_DRAWN} AS has_boundary,
        population, households
    FROM geo_region WHERE {_BELOW.format(column="code")} ORDER BY code
"""  # noqa: S608 - words of ours and placeholders, here and below
PROPOSALS = f"""
    WITH agreed AS (
        SELECT DISTINCT s.proposal_id FROM proposals_recommendation s JOIN proposals_proposal p ON p.id = s.proposal_id
        WHERE {_HERE} AND s.stage = '{Stage.SUBDISTRICT}' AND s.move IN {_FORWARDED}
    )
    SELECT p.village_id AS region, count(*) AS items, count(*) FILTER (WHERE p.channel = 'village') AS asked,
        count(*) FILTER (WHERE p.location IS NOT NULL AND p.located_village_id IS NULL AND r.boundary_source IN {_DRAWN}) AS located,
        count(a.proposal_id) AS agreed, count(a.proposal_id) FILTER (WHERE p.stage IN {_IN_THE_PLAN}) AS accommodated,
        count(*) FILTER (WHERE p.raised_by_women) AS by_women,
        count(d.id) AS known_kind, count(d.id) FILTER (WHERE d.kind <> '{WorkKind.PHYSICAL}') AS soft,
        coalesce(sum(p.funded_amount), 0) AS given,
        coalesce(sum(p.funded_amount) FILTER (WHERE p.raised_by_women), 0) AS given_women,
        coalesce(sum(p.funded_amount) FILTER (WHERE d.id IS NOT NULL), 0) AS given_known_kind,
        coalesce(sum(p.funded_amount) FILTER (WHERE d.kind <> '{WorkKind.PHYSICAL}'), 0) AS given_soft,
        count(*) FILTER (WHERE p.outcome IN {_UNDECIDED}) AS waiting,
        count(*) FILTER (WHERE p.outcome IN {_UNDECIDED} AND p.plan_year - p.first_asked_year > {LONG_YEARS}) AS waiting_long,
        max(p.poor_households) AS poor
    FROM proposals_proposal p JOIN geo_region r ON r.code = p.village_id
    LEFT JOIN proposals_dictionaryentry d ON d.id = p.dictionary_entry_id
    LEFT JOIN agreed a ON a.proposal_id = p.id
    WHERE {_HERE} GROUP BY p.village_id
"""  # noqa: S608
WORKS = f"""
    SELECT region_id AS region, count(*) AS lines, count(*) FILTER (WHERE realisation = '{Realisation.CONFIRMED}') AS confirmed,
        sum(amount) AS amount, coalesce(sum(amount) FILTER (WHERE origin <> ALL(%(citizens)s)), 0) AS ghost
    FROM budgeting_fundedwork WHERE plan_year = %(year)s AND left(region_id, 5) = left(%(code)s, 5) AND {_BELOW.format(column="region_id")}
    GROUP BY region_id
"""  # noqa: S608
YEARS = f"""
    SELECT greatest(p.plan_year - coalesce(p.first_asked_year, p.plan_year), 0), count(*) FROM proposals_proposal p
    WHERE {_HERE} AND p.outcome = '{Outcome.FUNDED}' GROUP BY 1
"""  # noqa: S608
#: A visit is a proposal at a stage whose time for an answer is over. What its own people did to it there is no answer.
ANSWERS = f"""
    WITH here AS (SELECT p.id, p.stage FROM proposals_proposal p WHERE {_HERE}),
    steps AS (SELECT s.* FROM proposals_recommendation s JOIN here ON here.id = s.proposal_id),
    ended AS (SELECT * FROM unnest(%(stages)s::text[], %(until)s::timestamptz[]) AS ended(stage, until)),
    visits AS (SELECT id AS proposal_id, stage FROM here UNION SELECT proposal_id, stage_after FROM steps),
    first AS (
        SELECT proposal_id, stage, min(decided_at) FILTER (WHERE move NOT IN ('submit', 'withdraw', 'carry_over')) AS at,
            bool_or(move IN ('withdraw', 'carry_over')) AS is_taken_back
        FROM steps GROUP BY proposal_id, stage
    )
    SELECT count(*), count(*) FILTER (WHERE first.at <= ended.until),
        (SELECT count(*) FROM steps WHERE move = 'reject'),
        (SELECT count(*) FROM steps WHERE move = 'reject' AND reason_code <> '' AND responsible <> '')
    FROM visits JOIN ended USING (stage) LEFT JOIN first USING (proposal_id, stage)
    WHERE first.at IS NOT NULL OR first.is_taken_back IS NOT TRUE
"""  # noqa: S608
#: Of each closed meeting: who came, and for how many of the regions one level below.
MEETINGS = f"""
    SELECT m.region_id, m.stage, count(a.id), count(a.id) FILTER (WHERE a.sex = '{Sex.FEMALE}'), count(DISTINCT a.element),
        count(DISTINCT left(a.region_id, CASE length(m.region_id) WHEN 5 THEN 8 ELSE 13 END))
            FILTER (WHERE length(m.region_id) < 13 AND a.region_id LIKE m.region_id || '.%%')
    FROM deliberation_meeting m LEFT JOIN deliberation_attendance a ON a.meeting_id = m.id AND a.struck_at IS NULL
        AND EXISTS (SELECT FROM deliberation_presence stay WHERE stay.attendance_id = a.id)
    WHERE m.cycle_id = %(cycle)s AND m.state = '{MeetingState.CLOSED}' AND {_BELOW.format(column="m.region_id")}
    GROUP BY m.id
"""  # noqa: S608
PEOPLE = f"""
    WITH here AS (SELECT p.id FROM proposals_proposal p WHERE {_HERE}),
    took_part AS (
        SELECT s.user_id FROM deliberation_support s JOIN here ON here.id = s.proposal_id
        UNION SELECT c.author_id FROM deliberation_comment c JOIN here ON here.id = c.proposal_id WHERE c.seq IS NOT NULL AND c.hidden_at IS NULL
        UNION SELECT v.user_id FROM deliberation_votermark v JOIN deliberation_ballot b ON b.id = v.ballot_id WHERE b.cycle_id = %(cycle)s
    )
    SELECT count(DISTINCT t.user_id) FROM took_part t JOIN accounts_residency home ON home.user_id = t.user_id
        AND home.status = '{Residency.Status.CONFIRMED}' AND {_BELOW.format(column="home.village_id")}
"""  # noqa: S608
PAPER = f"""
    WITH boxes AS (
        SELECT b.id, sum(heap.sheets) AS sheets, bool_and(coalesce(heap.recounted, heap.sheets) = heap.sheets) AS holds,
            (SELECT count(*) FROM deliberation_votermark v WHERE v.ballot_id = b.id AND v.channel = '{VoteChannel.PAPER}') AS marks
        FROM deliberation_ballot b JOIN deliberation_paperbatch heap ON heap.ballot_id = b.id
        WHERE b.cycle_id = %(cycle)s AND b.state = '{BallotState.PUBLISHED}' AND {_BELOW.format(column="b.region_id")} GROUP BY b.id
    )
    SELECT count(*), count(*) FILTER (WHERE holds AND sheets = marks), coalesce(sum(abs(marks - sheets)), 0) FROM boxes
"""  # noqa: S608
CAPTURES = f"""
    WITH captured AS (
        SELECT p.captured_at, p.created_at AS arrived_at FROM proposals_proposal p WHERE {_HERE} AND p.captured_at IS NOT NULL
        UNION ALL SELECT a.captured_at, a.entered_at FROM deliberation_attendance a JOIN deliberation_meeting m ON m.id = a.meeting_id
        WHERE m.cycle_id = %(cycle)s AND {_BELOW.format(column="m.region_id")} AND a.captured_at IS NOT NULL
        UNION ALL SELECT s.captured_at, d.recorded_at FROM deliberation_decision d JOIN deliberation_meeting m ON m.id = d.meeting_id
        JOIN proposals_recommendation s ON s.id = d.step_id
        WHERE m.cycle_id = %(cycle)s AND {_BELOW.format(column="m.region_id")} AND s.captured_at IS NOT NULL
    )
    SELECT count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY greatest(extract(epoch FROM arrived_at - captured_at), 0)::bigint) FROM captured
"""  # noqa: S608


def asked(code: str, cycle: int, year: int) -> dict[str, Any]:
    """The values that every statement may name."""
    return {"code": code, "below": f"{code}.%", "cycle": cycle, "year": year, "citizens": [origin.value for origin in ASKED_BY_CITIZENS]}


def rows(statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """All rows of the answer."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def by_region(statement: str, values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The named counts of each region."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        names = [column.name for column in cursor.description][1:]
        return {row[0]: {name: _whole(value) for name, value in zip(names, row[1:], strict=True)} for row in cursor.fetchall()}


def _whole(value: Any) -> Any:
    """Sums of whole numbers come as decimals."""
    return value if value is None or isinstance(value, bool) else int(value)
