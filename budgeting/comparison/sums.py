"""The sums of some runs, added up by the database: lines with the overrides in force on them. A constant number of statements."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from budgeting.comparison.facts import Column, Reached, Sum
from budgeting.words import Origin
from deliberation.ballots.words import BallotState

#: What counts of each line: the override in force, else what the rule gave. Origins as `budgeting.origins.origin_of` reads them.
_DECIDED = f"""
    WITH decided AS (
        SELECT l.run_id, l.proposal_id, p.village_id, p.sector,
            CASE WHEN p.channel = 'village' AND p.first_asked_year < p.plan_year THEN '{Origin.CARRIED_OVER.value}' ELSE p.channel END AS origin,
            p.raised_by_women, p.raised_by_youth, p.raised_by_disabled, p.raised_by_poor,
            coalesce(d.kind, 'physical') <> 'physical' AS is_soft,
            o.id IS NOT NULL AS by_hand,
            coalesce(o.verdict, l.verdict) = 'funded' AS is_funded,
            coalesce(o.amount, l.amount) AS amount
        FROM budgeting_allocationline l
        JOIN proposals_proposal p ON p.id = l.proposal_id
        LEFT JOIN proposals_dictionaryentry d ON d.id = p.dictionary_entry_id
        LEFT JOIN budgeting_override o ON o.run_id = l.run_id AND o.proposal_id = l.proposal_id AND o.withdrawn_at IS NULL
        WHERE l.run_id = ANY(%(runs)s::uuid[])
    )
"""  # noqa: S608 - the one name in it is a word of ours
_MARKS = {"women": "raised_by_women", "youth": "raised_by_youth", "disabled": "raised_by_disabled", "poor": "raised_by_poor", "soft": "is_soft"}
_EACH = ", ".join(
    f"count(*) FILTER (WHERE {column}), count(*) FILTER (WHERE {column} AND is_funded), coalesce(sum(amount) FILTER (WHERE {column}), 0)"
    for column in _MARKS.values()
)
_SUMS = f"""{_DECIDED}
    SELECT run_id, GROUPING(village_id), GROUPING(sector), GROUPING(origin), village_id, sector, origin,
        count(*), count(*) FILTER (WHERE is_funded), coalesce(sum(amount), 0), count(*) FILTER (WHERE by_hand), {_EACH}
    FROM decided
    GROUP BY GROUPING SETS ((run_id), (run_id, village_id), (run_id, sector), (run_id, origin))
"""  # noqa: S608 - as above
_SUPPORTERS = f"""{_DECIDED}
    SELECT decided.run_id, count(DISTINCT s.user_id), count(DISTINCT s.user_id) FILTER (WHERE decided.is_funded)
    FROM decided JOIN deliberation_support s ON s.proposal_id = decided.proposal_id
    GROUP BY decided.run_id
"""  # noqa: S608 - as above
#: Marks of anonymous votes on what stands in the runs; only of ballots whose result is out.
_VOTERS = f"""{_DECIDED}
    SELECT decided.run_id, v.ballot_id, count(DISTINCT v.id), count(DISTINCT v.id) FILTER (WHERE decided.is_funded)
    FROM deliberation_vote v
    JOIN deliberation_ballot b ON b.id = v.ballot_id AND b.state = '{BallotState.PUBLISHED.value}'
    CROSS JOIN LATERAL jsonb_array_elements(v.marks) AS mark
    JOIN deliberation_candidate c ON c.ballot_id = v.ballot_id AND c.number = (mark->>0)::int AND (mark->>1)::int > 0
    JOIN decided ON decided.proposal_id = c.proposal_id
    WHERE v.ballot_id = ANY(%(ballots)s::uuid[])
    GROUP BY decided.run_id, v.ballot_id
"""  # noqa: S608 - as above


def columns(runs: Sequence[UUID], ballots: Sequence[UUID] = ()) -> dict[UUID, Column]:
    """Each run's sums; `ballots` are those whose voters are counted. Two statements, three with ballots."""
    found: dict[UUID, dict[str, Any]] = {run: {"villages": {}, "sectors": {}, "origins": {}, "voters": {}} for run in runs}
    asked = {"runs": [str(run) for run in runs], "ballots": [str(ballot) for ballot in ballots]}
    for row in _rows(_SUMS, asked):
        _add(found[row[0]], row[1:])
    for run, total, reached in _rows(_SUPPORTERS, asked):
        found[run]["supporters"] = Reached(total, reached)
    for run, ballot, total, reached in _rows(_VOTERS, asked) if ballots else ():
        found[run]["voters"][str(ballot)] = Reached(total, reached)
    return {run: Column(**parts) for run, parts in found.items()}


def _rows(statement: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchall()


def _add(parts: dict[str, Any], row: tuple[Any, ...]) -> None:
    """One row of the grouping sets to where it belongs."""
    no_village, no_sector, no_origin, village, sector, origin, lines, funded, amount, by_hand, *marks = row
    own = Sum(lines, funded, int(amount))
    if not no_village:
        parts["villages"][village] = own
    elif not no_sector:
        parts["sectors"][sector] = own
    elif not no_origin:
        parts["origins"][origin] = own
    else:
        parts["total"], parts["by_hand"] = own, by_hand
        parts["marks"] = {name: Sum(*(int(figure) for figure in marks[3 * at : 3 * at + 3])) for at, name in enumerate(_MARKS)}
