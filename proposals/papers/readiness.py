"""Whether a proposal has the papers that its plan year asks for. Pure law: no Django, no database.

A requirement names a document, for which works it is asked, and from which stage it is a gate: what is a gate at the
sub-district must be there before the proposal leaves the sub-district or any later stage (DOMAIN 8, rule 5). Without a
gate it is only asked for; a default that nobody of the kabupaten has confirmed is no gate yet either (decision 0140).
A village may answer that a document is not applicable, with a reason; a decider may refuse that answer when returning
the proposal.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from proposals.stages import Stage

#: A work whose kind nobody has named is taken for a physical one: most are, and what does not fit can be answered.
USUAL_WORK = "physical"
LAND = "land_evidence"
_ORDER = tuple(Stage)


class State(StrEnum):
    """What stands beside an asked document."""

    THERE = "there"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


class Land(StrEnum):
    """What the owner of the land means for the evidence that is asked."""

    #: The village's or the government's own: the register of assets shows it.
    OWN = "own"
    #: Private: without the owner's written consent nothing is built there.
    CONSENT = "consent"
    #: A state-owned firm's or disputed: the commonest reason for a refusal.
    AT_RISK = "at_risk"
    #: Nobody has said whose it is.
    UNKNOWN = "unknown"


_LAND = {
    "village": Land.OWN,
    "government": Land.OWN,
    "granted": Land.CONSENT,
    "private": Land.CONSENT,
    "state_firm": Land.AT_RISK,
    "disputed": Land.AT_RISK,
}


@dataclass(frozen=True)
class Asked:
    """One row of what a plan year asks for; empty `work_kind` and `sector` mean all, no `gate` means only asked for."""

    document: str
    work_kind: str = ""
    sector: str = ""
    gate: Stage | None = None
    hint: str = ""
    is_verified: bool = True


@dataclass(frozen=True)
class Answer:
    """The village's word that a document is not applicable."""

    reason: str
    is_refused: bool = False


@dataclass(frozen=True)
class Item:
    """One line of the checklist. `files` counts what is there; `answer` stays visible when it was refused."""

    document: str
    state: State
    gate: Stage | None = None
    hint: str = ""
    files: int = 0
    answer: Answer | None = None
    is_verified: bool = True
    #: The gate that a default proposes while nobody has confirmed it.
    proposed_gate: Stage | None = None
    #: Only beside land evidence.
    land: Land | None = None

    @property
    def is_missing(self) -> bool:
        """Neither there nor answered."""
        return self.state is State.MISSING

    def holds_back(self, stage: Stage) -> bool:
        """Whether a proposal may not leave this stage because of this line."""
        return self.is_missing and self.gate is not None and _ORDER.index(self.gate) <= _ORDER.index(stage)


def checklist(
    asked: Iterable[Asked], *, work_kind: str, sector: str, held: Mapping[str, int], answers: Mapping[str, Answer], land_owner: str = ""
) -> list[Item]:
    """What is asked of one proposal, in the order of the requirements, one line a document.

    `held` counts the files by document. Two rows for the same document make one line with the earlier gate.
    """
    rows: dict[str, list[Asked]] = {}
    for row in asked:
        if applies(row, work_kind=work_kind, sector=sector):
            rows.setdefault(row.document, []).append(row)
    return [_item(document, found, held.get(document, 0), answers.get(document), land_owner) for document, found in rows.items()]


def applies(row: Asked, *, work_kind: str, sector: str) -> bool:
    """Whether a requirement is meant for such a work."""
    return row.work_kind in ("", work_kind or USUAL_WORK) and row.sector in ("", sector)


def _item(document: str, rows: list[Asked], files: int, answer: Answer | None, land_owner: str) -> Item:
    gates = [row.gate for row in rows if row.gate is not None and row.is_verified]
    proposed = [row.gate for row in rows if row.gate is not None and not row.is_verified]
    # what is said for this very sector or kind of work is nearer than what is said for all
    nearest = max(rows, key=lambda row: (bool(row.hint), bool(row.sector), bool(row.work_kind)))
    return Item(
        document=document,
        state=_state(files, answer),
        gate=min(gates, key=_ORDER.index) if gates else None,
        hint=nearest.hint,
        files=files,
        answer=answer,
        is_verified=all(row.is_verified for row in rows),
        proposed_gate=min(proposed, key=_ORDER.index) if proposed else None,
        land=_LAND.get(land_owner, Land.UNKNOWN) if document == LAND else None,
    )


def _state(files: int, answer: Answer | None) -> State:
    if files:
        return State.THERE
    return State.NOT_APPLICABLE if answer is not None and not answer.is_refused else State.MISSING


def holding_back(items: Iterable[Item], stage: Stage) -> list[Item]:
    """The lines because of which a proposal may not leave a stage."""
    return [item for item in items if item.holds_back(stage)]


def would_hold_back(items: Iterable[Item], stage: Stage) -> list[Item]:
    """The lines because of which a proposal might not leave a stage once the defaults are confirmed, those that hold it now included."""
    gates = ((item, item.gate or item.proposed_gate) for item in items if item.is_missing)
    return [item for item, gate in gates if gate is not None and _ORDER.index(gate) <= _ORDER.index(stage)]


def missing(items: Collection[Item]) -> list[Item]:
    """The lines that are neither there nor answered, gates or not."""
    return [item for item in items if item.is_missing]
