"""What a walk along the index of an order meets: the first rows that fit a condition, looked for no further than a bound.

The condition is a column of what is walked, so that it is asked of each row as it is met and of none after the last that is
wanted. As a condition of the walk itself the database might rather find all that fits, and sort it.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, UUIDField
from django.db.models.expressions import RawSQL

from proposals.querysets import ProposalQuerySet


def first_met(walks: Sequence[ProposalQuerySet], condition: Any, *, limit: int, within: int) -> RawSQL:
    """The keys of the first `limit` rows that fit, among the first `within` rows of the walks, as a subquery.

    All walks have the order of the first, which ends with the key and runs one way; rows of several are met in that order.
    """
    names, columns, order = _order_of(walks[0])
    fits = ExpressionWrapper(condition, output_field=BooleanField())
    rows = [walk.order_by().annotate(fits=fits).values_list(*names, "fits") for walk in walks]
    parts = [row.query.sql_with_params() for row in rows]
    sql = f"""
        SELECT {columns[-1]} FROM (
            SELECT * FROM ({" UNION ALL ".join(f"({part})" for part, _values in parts)}) AS walked ({", ".join(columns)}, fits)
            ORDER BY {order} LIMIT %s
        ) AS met WHERE fits LIMIT %s
    """  # noqa: S608 - placeholders and names of columns only
    values = [value for _part, given in parts for value in given]
    return RawSQL(sql, [*values, within, limit], output_field=UUIDField())  # noqa: S611 - as above


def first_of_all(rows: ProposalQuerySet, *, limit: int) -> RawSQL:
    """The keys of the first `limit` rows, all of them found before they are sorted: for what lies far down its order."""
    names, columns, order = _order_of(rows)
    found, values = rows.order_by().values_list(*names).query.sql_with_params()
    # OFFSET 0 keeps the two apart: else the walk might be taken that was just given up
    sql = f"SELECT {columns[-1]} FROM ({found} OFFSET 0) AS found ({', '.join(columns)}) ORDER BY {order} LIMIT %s"  # noqa: S608
    return RawSQL(sql, [*values, limit], output_field=UUIDField())  # noqa: S611


def _order_of(rows: ProposalQuerySet) -> tuple[list[str], list[str], str]:
    """The columns of an order, what they are called here, and the order by those names."""
    given = [str(name) for name in rows.query.order_by]
    columns = [f"k{place}" for place in range(len(given))]
    way = "DESC" if given[0].startswith("-") else "ASC"
    return [name.lstrip("-") for name in given], columns, ", ".join(f"{column} {way}" for column in columns)
