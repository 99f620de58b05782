"""Which proposals look like this one: by place, by kind of work, by words; across villages, years, channels and works.

Only index probes, whatever the size of the register: at most `_POOL` nearest points and `_POOL` nearest shapes within
`alike.REACH_M` (the GiST indexes of both columns), and, where one has no place, the `_POOL` newest of the village. What
they give is compared exactly (metres on the ellipsoid) and scored by `proposals.similar.alike`. Three queries, and one more
for the rows that are shown.

Never suggested: drafts (they are their writers' own), what was merged, split or withdrawn, and the proposal's own family: what
descends by carrying over, merging or splitting is no duplicate.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import cos, radians
from typing import Any
from uuid import UUID

from django.contrib.gis.geos import GEOSGeometry, Polygon
from django.db import connection
from django.db.models import Q

from geo import codes
from geo.codes import Level
from proposals.models import Cycle, DictionaryEntry, Proposal, Resemblance
from proposals.models.similar_pair import STANDING
from proposals.similar import alike
from proposals.similar import sql as similar_sql
from proposals.similar.alike import Facts, Kind, Work

#: How many of each kind are looked at, and how many are shown at most.
_POOL, MOST = 120, 10
#: Metres in a degree of latitude, a little less than anywhere: a box is never too small.
_DEGREE_M = 110_500
DEFAULT_RADIUS_M = 50


@dataclass(frozen=True)
class Asked:
    """What others are compared with: a proposal, or what somebody is just typing."""

    place: GEOSGeometry | None
    village: str
    plan_year: int
    title: str
    kind: Kind
    radius_m: int = DEFAULT_RADIUS_M
    #: None while it is not saved.
    key: UUID | None = None


@dataclass(frozen=True)
class Candidate:
    """A proposal that looks like the one asked about."""

    key: UUID
    points: int
    facts: Facts
    village: str
    #: The writer has to answer before sending, unless somebody judged the pair.
    must_answer: bool
    proposal: Proposal | None = None
    judgement: Resemblance | None = None
    distance: float | None = field(default=None, compare=False)

    @property
    def is_unanswered(self) -> bool:
        """Whether sending waits for a word about it."""
        return self.must_answer and self.judgement is None

    @property
    def is_strong(self) -> bool:
        """Whether it is told as a probable duplicate."""
        return self.points >= alike.STRONG


def asked_of(proposal: Proposal) -> Asked:
    """A proposal as the search sees it. Reads its cycle and dictionary entry."""
    return Asked(
        place=proposal.location if proposal.shape is None else proposal.shape,
        village=proposal.village_id,
        plan_year=proposal.plan_year,
        title=proposal.title,
        kind=kind_of(proposal.dictionary_entry, proposal.sector, proposal.cycle.region_id),
        radius_m=proposal.cycle.duplicate_radius_m,
        key=proposal.pk,
    )


def asked_by_typing(*, village: str, plan_year: int, title: str, place: GEOSGeometry | None, entry: str = "", sector: str = "") -> Asked:
    """What somebody is typing, with the dictionary and the radius of the village's kabupaten; two queries."""
    district = codes.ancestor(village, Level.DISTRICT) or ""
    cycle = Cycle.objects.filter(region_id=district, plan_year=plan_year).first()
    known = DictionaryEntry.objects.filter(cycle=cycle, code=entry).first() if cycle and entry else None
    radius = cycle.duplicate_radius_m if cycle else DEFAULT_RADIUS_M
    return Asked(place, village, plan_year, title, kind_of(known, sector, district), radius)


def kind_of(entry: DictionaryEntry | None, sector: str, district: str) -> Kind:
    """The kind of work that a dictionary entry, or the sector alone, tells."""
    if entry is None:
        return Kind(sector=sector)
    return Kind(sector or entry.sector, district, entry.code, entry.name, entry.group, entry.programme, entry.activity)


def candidates(asked: Asked, *, most: int = MOST) -> list[Candidate]:
    """The most alike, those that must be answered first, then by points, then by key; with their rows and judgements."""
    return _with_rows(found(asked)[:most])


def unanswered(proposal: Proposal) -> list[Candidate]:
    """What the writer still has to answer before this draft can be sent. No query where the rule cannot apply."""
    if proposal.dictionary_entry_id is None or (proposal.location is None and proposal.shape is None):
        return []
    return _with_rows([candidate for candidate in found(asked_of(proposal)) if candidate.is_unanswered][:MOST])


def found(asked: Asked, *, standing_only: bool = False) -> list[Candidate]:
    """Every candidate of at least `alike.SHOWN` points, or that must be answered, with the newest judgement of its pair.

    `standing_only`: those of which something may still come, for the officials' pairs.
    """
    rows = [row for row in _compared(asked) if not standing_only or row["outcome"] in STANDING]
    family = _family(asked.key) if asked.key and rows else frozenset[UUID]()
    scored = [candidate for row in rows if row["id"] not in family and (candidate := _scored(asked, row))]
    judged = judgements(asked.key, [candidate.key for candidate in scored]) if asked.key and scored else {}
    told = [replace(candidate, judgement=judged.get(candidate.key)) for candidate in scored]
    return sorted(told, key=lambda one: (not one.is_unanswered, -one.points, one.distance is None, one.distance or 0.0, one.key))


def _scored(asked: Asked, row: dict[str, Any]) -> Candidate | None:
    facts = facts_of(asked, row)
    points = alike.points(facts, radius_m=asked.radius_m)
    same_year = row["plan_year"] == asked.plan_year and row["outcome"] in STANDING
    # the law's radius is compared with the exact distance, not with the rounded one
    near = row["metres"] is not None and row["metres"] <= asked.radius_m
    must = near and alike.must_be_answered(facts, radius_m=asked.radius_m, same_year=same_year)
    if points < alike.SHOWN and not must:
        return None
    return Candidate(row["id"], points, facts, row["village_id"], must, distance=row["metres"])


def facts_of(asked: Asked, row: dict[str, Any]) -> Facts:
    """What the database measured, in whole metres and per mille."""
    kind = Kind(row["sector"], row["district"] or "", *(row[name] or "" for name in ("code", "name", "group", "programme", "activity")))
    stems = alike.shared_words(row["asked_stems"], row["stems"])
    return Facts(
        distance_m=None if row["metres"] is None else int(row["metres"] + 0.5),
        work=alike.work_between(asked.kind, kind) if kind.name else _by_sector(asked.kind, kind),
        words=max(stems, min(1000, round(row["likeness"] * 1000))),
        overlap=None if row["overlap"] is None else min(1000, int(row["overlap"] * 1000)),
        # programmes of others may be at home in a whole kabupaten: that is no place in common
        same_village=row["village_id"] == asked.village and codes.level(asked.village) is Level.VILLAGE,
    )


def _by_sector(one: Kind, other: Kind) -> Work:
    return Work.SECTOR if one.sector and one.sector == other.sector else Work.OTHER


def compare(asked: Asked, other: Proposal) -> Facts:
    """What is known about one pair, however far apart; one query."""
    return facts_of(asked, _rows(similar_sql.COMPARED_WITH_ONE, {**_values(asked), "other": other.pk})[0])


def _compared(asked: Asked) -> list[dict[str, Any]]:
    """Everything near enough to be looked at, measured; one query."""
    box = around(asked.place).hexewkb.decode() if asked.place is not None else None
    return _rows(similar_sql.COMPARED, {**_values(asked), "village": asked.village, "box": box, "reach": alike.REACH_M, "pool": _POOL})


def _values(asked: Asked) -> dict[str, Any]:
    return {
        "place": asked.place.hexewkb.decode() if asked.place is not None else None,
        "title": asked.title,
        "empty": sorted(alike.EMPTY_STEMS),
        "key": asked.key,
        "radius": asked.radius_m,
    }


def _rows(question: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def around(place: GEOSGeometry, metres: int = alike.REACH_M) -> Polygon:
    """A box that holds everything within so many metres, in degrees; a little larger than needed, never smaller."""
    west, south, east, north = place.extent
    high = metres / _DEGREE_M
    wide = high / cos(radians(min(80.0, max(abs(south), abs(north)) + high)))
    box = Polygon.from_bbox((west - wide, south - high, east + wide, north + high))
    box.srid = 4326
    return box


def _family(key: UUID) -> frozenset[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(similar_sql.FAMILY, {"key": key})
        return frozenset(row[0] for row in cursor.fetchall())


def judgements(key: UUID, others: Iterable[UUID]) -> dict[UUID, Resemblance]:
    """The newest judgement about this proposal and each of the others, by the other's key; one query."""
    named = list(others)
    asked = Resemblance.objects.filter(Q(first=key, second__in=named) | Q(second=key, first__in=named)).select_related("by")
    newest = asked.order_by("first_id", "second_id", "-turn").distinct("first_id", "second_id")
    return {row.second_id if row.first_id == key else row.first_id: row for row in newest}


def _with_rows(told: Sequence[Candidate]) -> list[Candidate]:
    rows = Proposal.objects.public().for_cards().in_bulk([one.key for one in told]) if told else {}
    return [replace(one, proposal=rows[one.key]) for one in told if one.key in rows]
