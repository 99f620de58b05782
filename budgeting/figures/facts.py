"""What the register holds about a plan year in a region, counted: everything the figures are made of. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Place:
    """One region with what was asked and given for it; most are villages, wider works have a wider one. Whole rupiah."""

    code: str
    #: A village that the newest decree lists; only these are villages of a denominator.
    is_village: bool = True
    has_boundary: bool = True
    population: int | None = None
    households: int | None = None
    #: Proposals sent in, by any channel; `asked` of them by the village itself.
    items: int = 0
    asked: int = 0
    #: With a point that lies in the village that asks, by its boundary.
    located: int = 0
    #: Forwarded by the sub-district's meeting, and of these in the kabupaten's plan.
    agreed: int = 0
    accommodated: int = 0
    by_women: int = 0
    #: With a kind of work in the dictionary, and of these no physical work.
    known_kind: int = 0
    soft: int = 0
    #: Given to proposals; of it to those raised by women; to those of a known kind, and of this to no physical work.
    given: int = 0
    given_women: int = 0
    given_known_kind: int = 0
    given_soft: int = 0
    #: Without money and not closed; of these first asked for more than three years before the plan year.
    waiting: int = 0
    waiting_long: int = 0
    #: The largest number of poor households that a proposal names; None where none does.
    poor: int | None = None
    #: Lines of the budget, those confirmed by villagers, their rupiah, and of it without a citizen's or council member's wish.
    lines: int = 0
    confirmed: int = 0
    amount: int = 0
    ghost: int = 0


@dataclass(frozen=True)
class Meetings:
    """Closed meetings: how many have rules, how many met them, and who came to all of them (people are counted once a meeting)."""

    ruled: int = 0
    met: int = 0
    came: int = 0
    women: int = 0


@dataclass(frozen=True)
class Paper:
    """Published ballots with paper: how many, of how many sheets and marks agree, and by how many sheets the others differ."""

    ballots: int = 0
    matching: int = 0
    sheets_off: int = 0


@dataclass(frozen=True)
class Facts:
    """One region and plan year."""

    places: tuple[Place, ...] = ()
    #: Whether sub-districts decide in this year at all.
    has_subdistrict_stage: bool = True
    #: How many days after a stage's end everybody should have an answer, and the rule that says so.
    answer_days: int = 14
    answer_basis: str = ""
    #: Visits at stages whose time for an answer is over, and of these answered in time.
    due: int = 0
    on_time: int = 0
    rejections: int = 0
    explained: int = 0
    #: Years from first asking to the plan year, of what is funded: years -> proposals.
    years: Mapping[int, int] = field(default_factory=dict)
    #: Confirmed residents who supported, commented or voted with an account, each once.
    participants: int = 0
    meetings: Meetings = Meetings()
    paper: Paper = Paper()
    #: What devices captured without signal, and the median of seconds until it arrived.
    captured: int = 0
    delay: int | None = None

    def total(self, of: Callable[[Place], int]) -> int:
        """The sum of one count over all places."""
        return sum(of(place) for place in self.places)

    @property
    def villages(self) -> tuple[Place, ...]:
        """The villages in force, with and without a proposal."""
        return tuple(place for place in self.places if place.is_village)

    def within(self, code: str) -> "Facts":
        """The same of the places of one region below; what is not counted by place is left out."""
        inside = tuple(place for place in self.places if place.code == code or place.code.startswith(f"{code}."))
        return replace(Facts(), places=inside, has_subdistrict_stage=self.has_subdistrict_stage)
