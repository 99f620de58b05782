"""Criteria as every page of scoring shows them."""

from dataclasses import dataclass
from typing import Any

from deliberation.models import Panel
from deliberation.scoring import criteria
from deliberation.scoring.words import Source


@dataclass(frozen=True)
class Asked:
    """A criterion as the pages show it."""

    code: str
    name: str
    question: str
    anchors: list[str]
    weight: int
    is_computed: bool
    when_unknown: str
    share: int


def criteria_of(panel: Panel) -> list[Asked]:
    """Frozen ones, or those of the stage as they stand while the panel is a draft."""
    rows = panel.frozen.get("criteria") or criteria.told(criteria.read(panel.cycle, panel.stage)[1])
    return shown(rows)


def shown(rows: list[dict[str, Any]]) -> list[Asked]:
    """With each one's share of the whole in percent, rounded for display."""
    total = sum(row["weight"] for row in rows) or 1
    return [
        Asked(
            row["code"],
            row["name"],
            row["question"],
            row["anchors"],
            row["weight"],
            row["source"] == Source.COMPUTED,
            row["when_unknown"],
            round(100 * row["weight"] / total),
        )
        for row in rows
    ]
