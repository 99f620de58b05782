"""Prepared counts: what the map, the home page and the region pages say without walking the proposals.

A trigger on the proposals writes every change of a count as a small row (`TallyChange`) in the transaction that made
it. `fold` adds those rows to `Tally`, for the village and every region above it up to the nation (the empty code).
`counts` reads both in ONE statement, so its answer is exact at every moment, folded or not. Why: docs/decisions/0040.
The same rows stamp the map (`stamps.py`, decisions/0135).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db import connection, transaction

from proposals.models import TallyChange

#: Pending changes from which on folding is asked for in the background; below it readers add them up themselves.
FOLD_FROM = 1000
#: One folder at a time, over all processes. Any number, as long as nothing else uses it.
_LOCK = 7_011_002
#: Where a dotted code ends at each level: nation, province, district, sub-district, village.
_LEVEL_ENDS = "(0), (2), (5), (8), (13)"
_CELL = "region_code, plan_year, channel, sector, stage, outcome"
_SUMS = "sum(proposals) AS proposals, sum(amount) AS amount, sum(funded) AS funded, sum(funded_amount) AS funded_amount"
_IS_EMPTY = "proposals = 0 AND amount = 0 AND funded = 0 AND funded_amount = 0"
_ADD = f"""
    , kept_cells AS (
        INSERT INTO proposals_tally AS kept ({_CELL}, proposals, amount, funded, funded_amount)
        SELECT {_CELL}, proposals, amount, funded, funded_amount FROM added ORDER BY {_CELL}
        ON CONFLICT ({_CELL}) DO UPDATE SET
            proposals = kept.proposals + excluded.proposals,
            amount = kept.amount + excluded.amount,
            funded = kept.funded + excluded.funded,
            funded_amount = kept.funded_amount + excluded.funded_amount
        RETURNING id, {_IS_EMPTY} AS is_empty
    )
    SELECT count(*), coalesce(array_agg(id) FILTER (WHERE is_empty), '{{}}') FROM kept_cells
"""  # noqa: S608 - constants of this module only
_FOLD = f"""
    WITH taken AS (DELETE FROM proposals_tallychange RETURNING {_CELL}, proposals, amount, funded, funded_amount, spots),
    stamped AS (
        INSERT INTO proposals_mapstamp AS kept (key, changes)
        SELECT key, count(*) FROM (SELECT left(region_code, 5) AS key FROM taken UNION ALL SELECT unnest(spots) FROM taken) AS seen
        GROUP BY key ORDER BY key
        ON CONFLICT (key) DO UPDATE SET changes = kept.changes + excluded.changes
    ),
    villages AS (SELECT {_CELL}, {_SUMS} FROM taken GROUP BY {_CELL}),
    spread AS (
        SELECT left(region_code, ends) AS region_code, plan_year, channel, sector, stage, outcome, proposals, amount, funded, funded_amount
        FROM villages JOIN (VALUES {_LEVEL_ENDS}) AS level(ends) ON ends <= length(region_code)
    ),
    added AS (SELECT {_CELL}, {_SUMS} FROM spread GROUP BY {_CELL})
    {_ADD}
"""  # noqa: S608
#: After a correction no copy of any tile is believed.
_STAMP_ALL = """
    INSERT INTO proposals_mapstamp AS kept (key, changes) VALUES ('', 1) ON CONFLICT (key) DO UPDATE SET changes = kept.changes + 1
"""
_RECOUNT = f"""
    WITH villages AS (
        SELECT village_id AS region_code, plan_year, channel, sector, stage, outcome, count(*) AS proposals, sum(coalesce(amount, 0)) AS amount,
            count(*) FILTER (WHERE outcome = 'funded') AS funded, sum(coalesce(funded_amount, 0)) AS funded_amount
        FROM proposals_proposal WHERE stage <> 'draft' GROUP BY village_id, plan_year, channel, sector, stage, outcome
    ),
    both_sides AS (
        SELECT left(region_code, ends) AS region_code, plan_year, channel, sector, stage, outcome, proposals, amount, funded, funded_amount
        FROM villages JOIN (VALUES {_LEVEL_ENDS}) AS level(ends) ON ends <= length(region_code)
        UNION ALL SELECT {_CELL}, -proposals, -amount, -funded, -funded_amount FROM proposals_tally
        UNION ALL
        SELECT left(region_code, ends), plan_year, channel, sector, stage, outcome, -proposals, -amount, -funded, -funded_amount
        FROM proposals_tallychange JOIN (VALUES {_LEVEL_ENDS}) AS level(ends) ON ends <= length(region_code)
    ),
    summed AS (SELECT {_CELL}, {_SUMS} FROM both_sides GROUP BY {_CELL}),
    added AS (SELECT * FROM summed WHERE NOT ({_IS_EMPTY}))
    {_ADD}
"""  # noqa: S608


@dataclass(frozen=True)
class Count:
    """How many proposals, how many of them funded, and both amounts in whole rupiah."""

    proposals: int = 0
    amount: int = 0
    funded: int = 0
    funded_amount: int = 0


@dataclass(frozen=True)
class Wanted:
    """Which cells are counted; an empty tuple or None asks for all."""

    plan_year: int | None = None
    channels: tuple[str, ...] = field(default=())
    sectors: tuple[str, ...] = field(default=())
    stages: tuple[str, ...] = field(default=())
    outcomes: tuple[str, ...] = field(default=())

    def condition(self) -> tuple[str, list[Any]]:
        """The condition as SQL and its parameters."""
        parts, values = ["true"], list[Any]()
        if self.plan_year is not None:
            parts.append("plan_year = %s")
            values.append(self.plan_year)
        for column, chosen in (("channel", self.channels), ("sector", self.sectors), ("stage", self.stages), ("outcome", self.outcomes)):
            if chosen:
                parts.append(f"{column} = ANY(%s)")
                values.append(list(chosen))
        return " AND ".join(parts), values


Facet = Literal["plan_year", "channel", "sector", "stage", "outcome"]


def _rows(key: str, codes: list[str], wanted: Wanted) -> list[tuple[Any, ...]]:
    condition, values = wanted.condition()
    sql = f"""
        SELECT {key}, {_SUMS} FROM (
            SELECT {_CELL}, proposals, amount, funded, funded_amount FROM proposals_tally WHERE region_code = ANY(%s) AND {condition}
            UNION ALL
            SELECT left(region_code, ends), plan_year, channel, sector, stage, outcome, proposals, amount, funded, funded_amount
            FROM proposals_tallychange JOIN (VALUES {_LEVEL_ENDS}) AS level(ends) ON ends <= length(region_code)
            WHERE left(region_code, ends) = ANY(%s) AND {condition}
        ) AS cells GROUP BY {key} HAVING sum(proposals) <> 0 ORDER BY {key}
    """  # noqa: S608 - columns of this module and placeholders only
    with connection.cursor() as cursor:
        cursor.execute(sql, [codes, *values, codes, *values])
        return list(cursor.fetchall())


def counts(codes: Iterable[str], wanted: Wanted | None = None) -> dict[str, Count]:
    """The count of each region that has any proposal, by its code (any level; the empty code is the nation).

    One statement, one snapshot: exact whatever is being folded meanwhile. Regions without proposals are left out.
    """
    return {row[0]: Count(*map(int, row[1:])) for row in _rows("region_code", list(codes), wanted or Wanted())}


def breakdown(code: str, by: Facet, wanted: Wanted | None = None) -> dict[Any, Count]:
    """One region's count by stage, outcome, sector or plan year. One statement, exact like `counts`."""
    return {row[0]: Count(*map(int, row[1:])) for row in _rows(by, [code], wanted or Wanted())}


def by_stage_and_outcome(code: str, wanted: Wanted | None = None) -> dict[tuple[str, str], Count]:
    """One region's count by stage and outcome together. One statement, exact like `counts`."""
    return {(row[0], row[1]): Count(*map(int, row[2:])) for row in _rows("stage, outcome", [code], wanted or Wanted())}


def pending() -> int:
    """How many changes wait to be folded, counted no further than one above `FOLD_FROM`."""
    return TallyChange.objects.all()[: FOLD_FROM + 1].count()


def _add_and_tidy(cursor: Any, sql: str) -> int:
    """Run a statement that adds to cells, delete those it emptied, and return how many it touched."""
    cursor.execute(sql)
    touched, empty = cursor.fetchone()
    if empty:
        cursor.execute("DELETE FROM proposals_tally WHERE id = ANY(%s)", [empty])
    return int(touched)


@transaction.atomic
def fold() -> bool:
    """Add every pending change to the tallies; False where another process is folding right now.

    Changes leave in the transaction that adds them: a process that dies has folded all of them or none.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return False
        _add_and_tidy(cursor, _FOLD)
    return True


@transaction.atomic
def rebuild() -> int:
    """Recount from the proposals themselves and correct what differs; returns how many cells were wrong.

    Proposals, tallies and pending changes are compared in one statement; writers are not stopped. Waits for a folder.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        corrected = _add_and_tidy(cursor, _RECOUNT)
        if corrected:
            cursor.execute(_STAMP_ALL)
        _add_and_tidy(cursor, _FOLD)
    return corrected
