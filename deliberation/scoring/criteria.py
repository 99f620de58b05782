"""The criteria of a stage as they are read: the planner's, or the unverified defaults where nobody has set any."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from accounts import clock
from deliberation.models import CriteriaSet, Criterion
from deliberation.scoring.defaults import DEFAULTS
from deliberation.scoring.result import Rule
from deliberation.scoring.words import Source
from proposals.models import Cycle
from proposals.stages import DELIBERATING, Stage

#: What of a criterion is published, frozen and copied.
FACTS = ("code", "name", "question", "anchors", "weight", "source", "bands", "when_unknown")


def stages_of(cycle: Cycle) -> list[Stage]:
    """The stages of a year whose proposals are scored, in their order."""
    return [stage for stage in cycle.order() if stage in DELIBERATING]


def defaults() -> list[Criterion]:
    """The recommended set, not kept anywhere."""
    told = ({name: getattr(default, name) for name in FACTS} for default in DEFAULTS)
    return [
        Criterion(position=at, **{**facts, "anchors": list(facts["anchors"]), "bands": list(facts["bands"])})
        for at, facts in enumerate(told, start=1)
    ]


def read(cycle: Cycle, stage: str) -> tuple[CriteriaSet, list[Criterion]]:
    """The set of a stage with its criteria in order; an unsaved one with the defaults where none is kept. Two queries at most."""
    kept = CriteriaSet.objects.filter(cycle=cycle, stage=stage).select_related("verified_by").first()
    if kept is None:
        return CriteriaSet(cycle=cycle, stage=stage, version=0, changed_at=clock.now()), defaults()
    return kept, list(Criterion.objects.filter(set=kept).order_by("position", "code"))


def locked(cycle: Cycle, stage: str) -> tuple[CriteriaSet, list[Criterion]]:
    """The set under lock, made from the defaults where none is kept: before it is changed or frozen."""
    # the year's row is held so that two who begin at once make one set
    Cycle.objects.select_for_update(no_key=True).get(pk=cycle.pk)
    kept = CriteriaSet.objects.select_for_update(no_key=True).filter(cycle=cycle, stage=stage).first()
    if kept is None:
        kept = CriteriaSet.objects.create(cycle=cycle, stage=stage, changed_at=clock.now())
        rows = defaults()
        for row in rows:
            row.set = kept
        Criterion.objects.bulk_create(rows)
    return kept, list(Criterion.objects.filter(set=kept).order_by("position", "code"))


def told(rows: Sequence[Criterion]) -> list[dict[str, Any]]:
    """Criteria as they are frozen and published."""
    return [{name: getattr(row, name) for name in FACTS} for row in rows]


def rules(frozen: Sequence[dict[str, Any]]) -> list[Rule]:
    """Frozen criteria as the mathematics reads them."""
    return [Rule(one["code"], one["weight"], one["source"] == Source.COMPUTED, one["when_unknown"]) for one in frozen]


def fingerprint(facts: Any) -> str:
    """SHA-256 of facts, written one way: sorted keys, no blanks, UTF-8."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def fingerprint_of(kept: CriteriaSet, rows: Sequence[Criterion]) -> str:
    """Of a whole set."""
    return fingerprint({"criteria": told(rows), "median_from": kept.median_from})
