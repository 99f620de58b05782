"""A closed panel's result as pages and the CSV show it. Numbers are rounded here and nowhere before."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from accounts.refusals import Missing
from deliberation.models import Panel, PanelEntry, Recusal, Score
from deliberation.scoring import policy, reading
from deliberation.scoring.outcome import deviation, rounded
from deliberation.scoring.words import PanelState, SheetState
from frontend.scoring import wording
from frontend.scoring.asked import Asked, criteria_of


@dataclass(frozen=True)
class Drawing:
    """A score and its spread on a line from 0 to 100, in whole units of the drawing."""

    score: int
    least: int | None
    most: int | None


@dataclass(frozen=True)
class Row:
    """One proposal of the result."""

    entry: PanelEntry
    place: int | None
    score: str
    least: str
    most: str
    deviation: str
    scorers: int
    recused: int
    unknown: list[str]
    drawing: Drawing | None


@dataclass(frozen=True)
class Shift:
    """What one weight would change: a tenth less, a tenth more; moves as (proposal, place now, place then)."""

    name: str
    less: list[tuple[PanelEntry, int, int]] = field(default_factory=list)
    more: list[tuple[PanelEntry, int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Value:
    """One criterion of one proposal."""

    asked: Asked
    value: str
    inputs: list[str]
    is_unknown: bool
    spread: str = ""
    comments: list[tuple[str, int | None, str]] = field(default_factory=list)


def result_context(panel: Panel) -> dict[str, Any]:
    """The rows in the order of the places, and what each weight would change."""
    entries = {entry.number: entry for entry in reading.entries_of(panel)}
    names = {one.code: one.name for one in criteria_of(panel)}
    rows = [_row(told, entries[told["number"]], names) for told in panel.result["rows"]]
    return {"rows": rows, "shifts": _shifts(panel, entries, names), "count": len(rows)}


def _row(told: dict[str, Any], entry: PanelEntry, names: dict[str, str]) -> Row:
    score, least, most = (Fraction(told[name]) if told[name] is not None else None for name in ("score", "least", "most"))
    drawing = None if score is None else Drawing(round(score), None if least is None else round(least), None if most is None else round(most))
    return Row(
        entry=entry,
        place=told["place"],
        score=wording.decimal(rounded(score)) if score is not None else "–",
        least=wording.decimal(rounded(least)) if least is not None else "",
        most=wording.decimal(rounded(most)) if most is not None else "",
        deviation=wording.decimal(deviation(Fraction(told["variance"]))) if told["variance"] is not None else "",
        scorers=told["scorers"],
        recused=told["recused"],
        unknown=[names[code] for code in told["unknown"]],
        drawing=drawing,
    )


def _shifts(panel: Panel, entries: dict[int, PanelEntry], names: dict[str, str]) -> list[Shift]:
    found: dict[str, Shift] = {}
    for told in panel.result["sensitivity"]:
        shift = found.setdefault(told["code"], Shift(names[told["code"]]))
        moves = [(entries[number], before, after) for number, before, after in told["moves"]]
        (shift.less if told["step"].startswith("-") else shift.more).extend(moves)
    return list(found.values())


def entry_context(panel: Panel, number: int) -> dict[str, Any]:
    """One proposal before a panel; its scores only after the close."""
    entry = next((one for one in reading.entries_of(panel) if one.number == number), None)
    if entry is None or panel.state == PanelState.DRAFT:
        raise Missing
    told = next((row for row in panel.result.get("rows", []) if row["number"] == number), None) if policy.may_read_results(panel) else None
    asked = criteria_of(panel)
    names = {one.code: one.name for one in asked}
    values = [_value(one, entry, told) for one in asked]
    if told is not None:
        _comment(values, entry)
    recused = Recusal.objects.filter(entry=entry).select_related("sheet").order_by("sheet_id")
    return {
        "panel": panel,
        "entry": entry,
        "row": _row(told, entry, names) if told else None,
        "values": values,
        "recusals": recused,
    }


def _value(asked: Asked, entry: PanelEntry, told: dict[str, Any] | None) -> Value:
    kept = entry.computed.get(asked.code, {})
    shown = told["values"].get(asked.code) if told else kept.get("value")
    is_unknown = asked.code in told["unknown"] if told else asked.is_computed and shown is None
    spread = _spread(told["spread"].get(asked.code)) if told else ""
    inputs = wording.inputs(kept.get("inputs", []))
    return Value(asked, wording.value(shown) if shown else "–", inputs, is_unknown, spread)


def _spread(told: dict[str, Any] | None) -> str:
    if told is None:
        return ""
    facts = {"count": told["scorers"], "least": told["least"], "most": told["most"], "sd": wording.decimal(deviation(Fraction(told["variance"])))}
    return _("%(count)d scorers, from %(least)d to %(most)d, standard deviation %(sd)s") % facts


def _comment(values: list[Value], entry: PanelEntry) -> None:
    """The comments of submitted sheets, by capacity and not by name."""
    said = Score.objects.filter(entry=entry, sheet__state=SheetState.SUBMITTED).exclude(comment="").select_related("sheet").order_by("sheet_id")
    by_code = {value.asked.code: value for value in values}
    for score in said:
        if score.code in by_code:
            by_code[score.code].comments.append((score.sheet.capacity, score.value, score.comment))


def csv_rows(panel: Panel) -> Iterator[list[Any]]:
    """A heading, then each proposal; `score_exact` and values are exact fractions, so that anybody can compute them again."""
    names = [one["code"] for one in panel.frozen["criteria"]]
    yield ["place", "number", "title", "village", "score", "score_exact", "least", "most", "sd", "scorers", "recused", *names, "unknown"]
    entries = {entry.number: entry for entry in reading.entries_of(panel)}
    for told in panel.result["rows"]:
        proposal = entries[told["number"]].proposal
        score, least, most, variance = (Fraction(told[name]) if told[name] else None for name in ("score", "least", "most", "variance"))
        yield [
            told["place"] or "",
            proposal.number,
            _safe(proposal.title),
            _safe(proposal.village.name),
            rounded(score) if score is not None else "",
            told["score"] or "",
            rounded(least) if least is not None else "",
            rounded(most) if most is not None else "",
            deviation(variance) if variance is not None else "",
            told["scorers"],
            told["recused"],
            *(told["values"].get(code, "") for code in names),
            " ".join(told["unknown"]),
        ]


def _safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
