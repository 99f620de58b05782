"""The result of a panel from its rows: read once at the close, kept as exact fractions, shown as it was kept."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import isqrt
from typing import Any

from django.db.models import Count

from deliberation.models import Panel, PanelEntry, Score
from deliberation.scoring import criteria, sensitivity
from deliberation.scoring.result import Entry, Rule, Scored, out_of_hundred, placed, score_of, spread, values_of
from deliberation.scoring.words import SheetState

Marks = Mapping[int, Mapping[str, Sequence[tuple[int, int]]]]


def computed(panel: Panel) -> dict[str, Any]:
    """`{"rows": [...], "sensitivity": [...]}`: what the close keeps. Two queries. Only submitted sheets count."""
    rules, median_from = criteria.rules(panel.frozen["criteria"]), panel.frozen["median_from"]
    rows = list(PanelEntry.objects.filter(panel=panel).select_related("proposal").annotate(recused=Count("recusals")).order_by("number"))
    marks = _marks(panel)
    entries = [_entry(row, marks.get(row.pk, {})) for row in rows]
    found = placed(entries, rules, median_from=median_from, seed=panel.seed)
    by_number = {row.number: row for row in rows}
    told = [_row(one, by_number[one.entry.number], rules, marks.get(by_number[one.entry.number].pk, {}), median_from) for one in found]
    shifts = [
        {"code": one.code, "step": str(one.step), "moves": [list(move) for move in one.moves]} for one in sensitivity.shifts(found, rules, panel.seed)
    ]
    return {"rows": told, "sensitivity": shifts}


def _marks(panel: Panel) -> dict[int, dict[str, list[tuple[int, int]]]]:
    """Of submitted sheets: by entry and criterion, (sheet, value)."""
    found: dict[int, dict[str, list[tuple[int, int]]]] = {}
    counted = Score.objects.filter(sheet__panel=panel, sheet__state=SheetState.SUBMITTED, value__isnull=False)
    for entry, code, sheet, value in counted.order_by("sheet_id").values_list("entry_id", "code", "sheet_id", "value"):
        found.setdefault(entry, {}).setdefault(code, []).append((sheet, value or 0))
    return found


def _entry(row: PanelEntry, marks: Mapping[str, Sequence[tuple[int, int]]]) -> Entry:
    proposal = row.proposal
    return Entry(
        number=row.number,
        label=proposal.number or "",
        submitted=proposal.submitted_at.isoformat() if proposal.submitted_at else "",
        computed={code: Fraction(kept["value"]) if kept["value"] else None for code, kept in row.computed.items()},
        scores={code: [value for _sheet, value in given] for code, given in marks.items()},
    )


def _row(one: Scored, row: PanelEntry, rules: Sequence[Rule], marks: Mapping[str, Sequence[tuple[int, int]]], median_from: int) -> dict[str, Any]:
    spreads = {code: _told(given) for code, given in one.entry.scores.items()}
    return {
        "number": one.entry.number,
        "proposal": str(row.proposal_id),
        "place": one.place,
        "score": None if one.score is None else str(out_of_hundred(one.score)),
        "values": {code: str(value) for code, value in one.values.items()},
        "unknown": list(one.unknown),
        "spread": spreads,
        "scorers": max((each["scorers"] for each in spreads.values()), default=0),
        "recused": row.recused,  # type: ignore[attr-defined]
        **_apart(one, rules, marks, median_from),
    }


def _told(scores: Sequence[int]) -> dict[str, Any]:
    found = spread(scores)
    return {"scorers": found.scorers, "least": found.least, "most": found.most, "variance": str(found.variance)}


def _apart(one: Scored, rules: Sequence[Rule], marks: Mapping[str, Sequence[tuple[int, int]]], median_from: int) -> dict[str, Any]:
    """How far scorers are apart over the whole proposal: the score that each sheet alone would give, beside the computed values."""
    weights: dict[str, Fraction | int] = {rule.code: rule.weight for rule in rules}
    alone = []
    for sheet in sorted({sheet for given in marks.values() for sheet, _value in given}):
        own = {code: [value for by, value in given if by == sheet] for code, given in marks.items()}
        values, _unknown = values_of(Entry(one.entry.number, one.entry.label, computed=one.entry.computed, scores=own), rules, median_from)
        score = score_of(values, weights)
        if score is not None:
            alone.append(out_of_hundred(score))
    if not alone:
        return {"least": None, "most": None, "variance": None}
    mean = sum(alone, Fraction(0)) / len(alone)
    variance = sum(((each - mean) ** 2 for each in alone), Fraction(0)) / len(alone)
    return {"least": str(min(alone)), "most": str(max(alone)), "variance": str(variance)}


def rounded(number: Fraction, places: int = 1) -> str:
    """An exact number with so many decimals, half up, a dot before them; for display and the CSV alone."""
    scale: int = 10**places
    digits = (2 * scale * number.numerator + number.denominator) // (2 * number.denominator)
    return f"{digits // scale}.{digits % scale:0{places}d}"


def deviation(variance: Fraction) -> str:
    """The standard deviation with two decimals, half up, without a float."""
    return rounded(Fraction(isqrt(variance.numerator * 10**12 // variance.denominator), 10**6), 2)
