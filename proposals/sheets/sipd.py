"""The national system's words for where a proposal stands, and its two reports. Pure.

Source: DOMAIN 3.2. The status names the step a proposal WAITS in, not the last one it passed; `||Ditolak` behind it means
rejected AT that step. The empty text is entered but not submitted there, and is left out of every count. The partner's check
at Bappeda has no step of its own in our register: who reached the sub-district has passed it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from proposals.stages import Outcome, Stage

REJECTED = "||Ditolak"
#: Stage -> the step the proposal waits in, word for word; "Provinsi/Kabupaten/Kota" is part of the text.
WAITS_IN: Mapping[Stage, str] = {
    Stage.DRAFT: "",
    Stage.VILLAGE: "",
    Stage.SUBDISTRICT: "Diteruskan ke Musrenbang Kecamatan",
    Stage.AGENCY: "Diteruskan ke Forum SKPD",
    Stage.DISTRICT: "Diteruskan ke Musrenbang Provinsi/Kabupaten/Kota",
}
#: Behind the district's meeting the national texts end; these are the answers that villages read there.
TAKEN_UP, NOT_TAKEN_UP = "Diakomodir", "Tidak Diakomodir"
_BEHIND = (Stage.BUDGET, Stage.WORKS, Stage.DONE)
_TURNED_DOWN = (Outcome.REJECTED, Outcome.NOT_FUNDED)


def status_of(stage: Stage, outcome: Outcome) -> str:
    """The national status of a proposal at this place."""
    if stage in _BEHIND:
        return NOT_TAKEN_UP if outcome in _TURNED_DOWN else TAKEN_UP
    return WAITS_IN[stage] + (REJECTED if outcome in _TURNED_DOWN else "")


class Step(StrEnum):
    """The three steps of the recap, in their order."""

    PARTNER = "mitra"
    SUBDISTRICT = "kecamatan"
    AGENCY = "skpd"


#: At which of our stages a step's answer is still open or was refused; whoever is further has passed it.
_ANSWERS_AT: Mapping[Step, Stage | None] = {Step.PARTNER: None, Step.SUBDISTRICT: Stage.SUBDISTRICT, Step.AGENCY: Stage.AGENCY}
_ORDER = tuple(Stage)
#: What no longer waits for anybody and was not rejected: taken back, or going on in another proposal.
_GONE = (Outcome.WITHDRAWN, Outcome.MERGED, Outcome.SPLIT)


@dataclass(frozen=True)
class Answered:
    """How many wait at a step, were rejected there, and were forwarded from it."""

    waiting: int = 0
    rejected: int = 0
    forwarded: int = 0

    def __add__(self, other: "Answered") -> "Answered":
        return Answered(self.waiting + other.waiting, self.rejected + other.rejected, self.forwarded + other.forwarded)


@dataclass(frozen=True)
class Recap:
    """One line of the recap: how many came in, the three steps, and the whole rupiah forwarded to the district's meeting."""

    entered: int = 0
    partner: Answered = Answered()
    subdistrict: Answered = Answered()
    agency: Answered = Answered()
    forwarded_amount: int = 0

    def __add__(self, other: "Recap") -> "Recap":
        return Recap(
            self.entered + other.entered,
            self.partner + other.partner,
            self.subdistrict + other.subdistrict,
            self.agency + other.agency,
            self.forwarded_amount + other.forwarded_amount,
        )

    def figures(self) -> tuple[int, ...]:
        """The eleven figures in the order of the report's columns."""
        steps = (self.partner, self.subdistrict, self.agency)
        return (self.entered, *(figure for one in steps for figure in (one.waiting, one.rejected, one.forwarded)), self.forwarded_amount)


@dataclass(frozen=True)
class Counted:
    """So many proposals at one place of the road, and their whole rupiah."""

    stage: Stage
    outcome: Outcome
    proposals: int
    amount: int


def recap_of(cells: Iterable[Counted]) -> Recap:
    """The line that these counts make. What has not left the village, was taken back or goes on elsewhere is in no figure."""
    total = Recap()
    for cell in cells:
        if not WAITS_IN.get(cell.stage, TAKEN_UP) or cell.outcome in _GONE:
            continue
        partner, subdistrict, agency = (_answered(step, cell) for step in Step)
        amount = cell.amount if _ORDER.index(cell.stage) > _ORDER.index(Stage.AGENCY) else 0
        total += Recap(cell.proposals, partner, subdistrict, agency, amount)
    return total


def _answered(step: Step, cell: Counted) -> Answered:
    at = _ANSWERS_AT[step]
    if at is None or _ORDER.index(cell.stage) > _ORDER.index(at):
        return Answered(forwarded=cell.proposals)
    if cell.stage is at:
        return Answered(rejected=cell.proposals) if cell.outcome in _TURNED_DOWN else Answered(waiting=cell.proposals)
    return Answered()
