"""What a new plan year begins with where there is no last one: defaults with their mark, never the law.

Nobody of the kabupaten has confirmed any of it, and a mark says how far it can be trusted: `S` was read in a public
document, `S2` second-hand, `M` is general knowledge, `I` our own proposal (DOMAIN 3, 3.1, 8, 9, 10). A local decree changes it
every year; then the planner writes that decree's dates and confirms them.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from proposals.stages import Stage


@dataclass(frozen=True)
class Default:
    """One stage: when, counted from the plan year N, and by which rules. A day is (years from N, month, day)."""

    stage: Stage
    first: tuple[int, int, int]
    last: tuple[int, int, int]
    #: How far the dates can be trusted, and what they were taken from.
    mark: str
    source: str
    rules: dict[str, Any] = field(default_factory=dict)

    def days(self, plan_year: int) -> tuple[date, date]:
        """First and last day for a plan year."""
        return _day(plan_year, self.first), _day(plan_year, self.last)


def _day(plan_year: int, of: tuple[int, int, int]) -> date:
    return date(plan_year + of[0], of[1], of[2])


#: Names of `deliberation.words.DocumentKind`, which lies to the right of this room (DOMAIN 3 and 9).
_VILLAGE_PAPERS = ["record", "attendance", "priorities", "delegates"]
_ABOVE_PAPERS = ["record", "attendance", "priorities", "not_accommodated", "delegates"]
#: 30 % women is a common figure, but no national text with it was read: reported, never a block (DOMAIN 13.3, M).
_WOMEN = 30
DEFAULTS: tuple[Default, ...] = (
    Default(
        Stage.VILLAGE,
        (-2, 7, 1),
        (-2, 9, 30),
        "S2",
        "Permendagri 114/2014; Permendesa PDTT 21/2020 Ps. 22(4): Juli-September",
        {"late_grace_hours": 48, "women_percent": _WOMEN, "delegates": 3, "required_documents": _VILLAGE_PAPERS},
    ),
    Default(
        Stage.SUBDISTRICT,
        (-1, 2, 1),
        (-1, 2, 14),
        "M",
        "Permendagri 86/2017: minggu kedua Februari",
        {"needs_ceilings": True, "late_grace_hours": 24, "women_percent": _WOMEN, "delegates": 3, "required_documents": _ABOVE_PAPERS},
    ),
    Default(
        Stage.AGENCY,
        (-1, 2, 15),
        (-1, 3, 7),
        "S",
        "Permendagri 86/2017; jadwal Cirebon: Februari-awal Maret",
        {"needs_ceilings": True, "women_percent": _WOMEN, "required_documents": ["record", "attendance"]},
    ),
    Default(
        Stage.DISTRICT,
        (-1, 3, 8),
        (-1, 3, 31),
        "M",
        "Permendagri 86/2017: akhir Maret",
        {"needs_ceilings": True, "women_percent": _WOMEN, "required_documents": ["record", "attendance", "priorities"]},
    ),
    Default(Stage.BUDGET, (-1, 4, 1), (-1, 11, 30), "S2", "PP 12/2019 Ps. 104/106: persetujuan paling lambat 30 November", {"needs_ceilings": True}),
    Default(Stage.WORKS, (0, 1, 1), (0, 12, 31), "I", "Tahun pelaksanaan"),
    Default(Stage.DONE, (0, 1, 1), (1, 3, 31), "I", "Konfirmasi warga sampai triwulan pertama tahun berikutnya"),
)
BY_STAGE = {default.stage: default for default in DEFAULTS}
#: Rules that every stage has, and what they are where no default says otherwise.
NO_RULES: dict[str, Any] = {
    "needs_ceilings": False,
    "late_grace_hours": 0,
    "quorum_people": None,
    "quorum_regions_percent": None,
    "quorum_elements": None,
    "women_percent": None,
    "quota_blocks": False,
    "delegates": None,
    "required_documents": [],
}


def rules_for(stage: Stage) -> dict[str, Any]:
    """The rules of a stage of a new year, to be stored unverified."""
    default = BY_STAGE.get(stage)
    return NO_RULES | (default.rules if default else {})


def moved_by(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
