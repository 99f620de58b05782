"""Which works the map counts: the filters of the list as SQL over the works' own columns, read once for each address."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.http import QueryDict

from accounts import clock
from budgeting.models import FundedWork
from budgeting.works.filters import WorkFilter
from budgeting.works.querysets import silent_before
from budgeting.works.reading import NOT_STARTED
from geo import codes

#: The filters that the map knows, and the column of each.
_COLUMNS = {
    "plan_year": "plan_year",
    "state": "realisation",
    "sector": "sector",
    "funding_source": "funding_source",
    "agency": "agency_id",
    "origin": "origin",
}
_WATCHED = {
    "late": "realisation IN ('', 'under_way') AND planned_end < %(today)s",
    "silent": "realisation IN ('', 'under_way') AND heard_on < %(silent)s",
    "unanswered": "realisation = 'disputed' AND answer_due_on IS NOT NULL",
}
NAMES = ("region", *_COLUMNS, *_WATCHED)


@dataclass(frozen=True)
class Wanted:
    """What is asked for: values by column, and which of late, silent and unanswered alone."""

    region: str = ""
    values: tuple[tuple[str, Any], ...] = ()
    watched: tuple[str, ...] = field(default=())

    def condition(self) -> tuple[str, dict[str, Any]]:
        """A condition on the works `w`, and its parameters."""
        parts = [f"w.{_COLUMNS[name]} = %({name})s" for name, _value in self.values] + [_WATCHED[name] for name in self.watched]
        return " AND ".join(parts) or "true", {**dict(self.values), **(self.days() if self.watched else {})}

    @staticmethod
    def days() -> dict[str, Any]:
        """Today, and the day before which whoever was last heard of is silent."""
        return {"today": clock.today(), "silent": silent_before()}


def wanted_of(query: QueryDict) -> Wanted:
    """What an address asks for; raises Invalid by field for values that are none, and for a region that has no code."""
    return _read(tuple((name, query[name]) for name in NAMES if query.get(name)))


@lru_cache(maxsize=512)
def _read(named: tuple[tuple[str, str], ...]) -> Wanted:
    asked = WorkFilter(dict(named), queryset=FundedWork.objects.none()).or_refuse().form.cleaned_data
    region = asked["region"] or ""
    if region and not codes.is_code(region):
        WorkFilter(dict(named), queryset=FundedWork.objects.none()).in_region(FundedWork.objects.none(), "region", region)
    state = {"state": "" if asked["state"] == NOT_STARTED else asked["state"]} if asked["state"] else {}
    values = {name: asked[name] for name in _COLUMNS if name != "state" and asked[name] not in (None, "")} | state
    values = {name: int(value) if name in {"plan_year", "agency"} else value for name, value in values.items()}
    return Wanted(region, tuple(sorted(values.items())), tuple(name for name in _WATCHED if asked[name]))
