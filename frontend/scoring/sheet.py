"""What a scorer's sheet shows and what was typed into it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from accounts.refusals import Missing, Refusal
from deliberation.models import Panel, PanelEntry, Recusal, Score, Sheet
from deliberation.scoring import policy, reading
from deliberation.scoring.services.scoring import Mark, missing_of
from deliberation.scoring.words import PanelState
from frontend import figures
from frontend.answers import signed_in
from frontend.scoring import wording
from frontend.scoring.asked import Asked, criteria_of

#: Proposals on one part of the grid: some hundred fields, which a phone draws at once.
PART = 40
#: What is typed where no whole number stands; no score, so that it is refused by name.
WRONG = 99


@dataclass(frozen=True)
class Loaded:
    """A panel with the reader's own sheet."""

    panel: Panel
    sheet: Sheet
    entries: list[PanelEntry]
    scores: dict[tuple[int, str], Score]
    locked: dict[int, Recusal]
    asked: list[Asked]


@dataclass(frozen=True)
class Typed:
    """Fields as they were sent: `nilai-<number>-<code>` and `komentar-<number>-<code>`."""

    fields: Mapping[str, str]
    known: list[tuple[int, str]]

    def marks(self) -> list[Mark]:
        """Every score that was on the form."""
        return [_mark(number, code, self.fields) for number, code in self.known if f"nilai-{number}-{code}" in self.fields]


@dataclass(frozen=True)
class Cell:
    """One score of one proposal on the form."""

    asked: Asked
    name: str
    value: str
    comment: str
    error: str


@dataclass(frozen=True)
class Row:
    """One proposal on the form; locked rows have their recusal and no cells."""

    entry: PanelEntry
    cells: list[Cell]
    lock: Recusal | None
    computed: list[tuple[Asked, str, list[str]]]


def load(request: HttpRequest, panel_id: UUID) -> Loaded:
    """The reader's sheet; who is no scorer hears so, and a draft has no sheets yet."""
    reader = signed_in(request)
    panel = reading.loaded(panel_id, reader)
    sheet = reading.own_sheet(panel, reader)
    if sheet is None:
        policy.may_score(reader, None, panel).or_refuse()
        raise Missing
    if panel.state == PanelState.DRAFT:
        policy.in_scoring(panel).or_refuse()
    sheet.scorer = reader
    return Loaded(panel, sheet, reading.entries_of(panel), reading.scores_of(sheet), reading.recusals_of(sheet), criteria_of(panel))


def part_asked(request: HttpRequest) -> int:
    """Which part of the grid, from 1."""
    return max(1, figures.whole((request.POST.get("part") or request.GET.get("bagian") or "").strip()) or 1)


def typed(request: HttpRequest, found: Loaded) -> Typed:
    """What was sent; radio buttons that nobody pressed count as empty where the form says it had them."""
    known = [(entry.number, one.code) for entry in found.entries for one in found.asked if not one.is_computed]
    sent = {name: request.POST.get(name, "") for name in request.POST}
    for name in request.POST.getlist("asked"):
        sent.setdefault(f"nilai-{name}", "")
    return Typed(sent, known)


def _mark(number: int, code: str, sent: Mapping[str, str]) -> Mark:
    text = sent[f"nilai-{number}-{code}"].strip()
    value = None if not text else figures.whole(text)
    return Mark(number, code, WRONG if text and value is None else value, sent.get(f"komentar-{number}-{code}"))


def grid(found: Loaded, part: int, sent: Typed | None = None, refusal: Refusal | None = None) -> dict[str, Any]:
    """One part of the grid and how far the whole is."""
    parts = max(1, -(-len(found.entries) // PART))
    part = min(part, parts)
    shown = found.entries[(part - 1) * PART : part * PART]
    missing = missing_of(found.panel, found.sheet)
    return {
        **_frame(found, refusal),
        "rows": [_row(found, entry, sent, refusal) for entry in shown],
        "part": part,
        "parts": range(1, parts + 1),
        "last_part": parts,
        "missing": len(missing),
        "first_missing": missing[0][0] if missing else None,
    }


def one(found: Loaded, number: int, sent: Typed | None = None, refusal: Refusal | None = None) -> dict[str, Any]:
    """One proposal with its neighbours."""
    entry = next((one for one in found.entries if one.number == number), None)
    if entry is None:
        raise Missing
    row = _row(found, entry, sent, refusal)
    return {**_frame(found, refusal), "row": row, "before": number - 1, "after": after(found, number), "count": len(found.entries)}


def after(found: Loaded, number: int) -> int | None:
    """The next number, if any."""
    return number + 1 if number < len(found.entries) else None


def _frame(found: Loaded, refusal: Refusal | None) -> dict[str, Any]:
    return {
        "panel": found.panel,
        "sheet": found.sheet,
        "asked": [one for one in found.asked if not one.is_computed],
        "writable": policy.may_score(found.sheet.scorer, found.sheet, found.panel),
        "refusal": refusal,
    }


def _row(found: Loaded, entry: PanelEntry, sent: Typed | None, refusal: Refusal | None) -> Row:
    lock = found.locked.get(entry.pk)
    wrong = (refusal.fields if refusal else None) or {}
    cells = [] if lock else [_cell(found, entry, one, sent, wrong) for one in found.asked if not one.is_computed]
    computed = []
    for one in found.asked:
        if one.is_computed:
            kept = entry.computed.get(one.code, {})
            computed.append((one, wording.value(kept.get("value")), wording.inputs(kept.get("inputs", []))))
    return Row(entry, cells, lock, computed)


def _cell(found: Loaded, entry: PanelEntry, one: Asked, sent: Typed | None, wrong: Mapping[str, list[str]]) -> Cell:
    key, kept = f"{entry.number}-{one.code}", found.scores.get((entry.pk, one.code))
    value = str(kept.value or "") if kept else ""
    comment = kept.comment if kept else ""
    if sent is not None:
        value, comment = sent.fields.get(f"nilai-{key}", value), sent.fields.get(f"komentar-{key}", comment)
    errors = [*wrong.get(f"nilai-{key}", []), *wrong.get(f"komentar-{key}", [])]
    return Cell(one, key, value, comment, " ".join(errors))
