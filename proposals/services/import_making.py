"""Rows of a sheet become proposals, with numbers and history, inside the transaction that takes the whole sheet in."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from accounts import clock
from accounts.models import Agency, User
from geo import codes
from geo.codes import Level
from geo.models import Region
from proposals.models import Cycle, DictionaryEntry, Lineage, Proposal, Recommendation, StageWindow
from proposals.services.import_history import road, standing, versions
from proposals.services.import_known import COMPARED, RowOf, is_uuid
from proposals.services.import_places import Placed
from proposals.sheets.rows import Wish
from proposals.stages import Outcome, Stage
from proposals.words import LocationSource

#: The account that stands as author where nobody is named; it cannot sign in.
SYSTEM_USER = "impor"
_ORDER = [stage for stage in Stage if stage is not Stage.DRAFT]
#: Attributes that a row of our form brings as they are.
_AS_TOLD = (
    "channel", "sponsor", "sponsor_reference", "amount_reason", "land_owner", "raised_by_women", "raised_by_youth", "raised_by_disabled",
    "raised_by_poor", "pre_meeting", "beneficiaries_female", "beneficiaries_male", "beneficiary_households", "poor_households", "rank",
    "first_asked_year", "realisation", "funding_source",
)  # fmt: skip
_AT_ONCE = 500


@dataclass(frozen=True)
class Target:
    """Where the rows go and whose they are."""

    cycle: Cycle
    author: User
    role: str
    makes_agencies: bool
    dictionary: dict[str, DictionaryEntry]


@dataclass(frozen=True)
class NewRow:
    """A row that is not here yet, and where it lies."""

    row: RowOf
    place: Placed

    @property
    def wish(self) -> Wish:
        """What it says."""
        return self.row.wish


def locked_cycle(region: Region, plan_year: int) -> Cycle:
    """The cycle under lock.

    Where there is none: one nobody has verified, all stages in the usual order, no dates, closed to citizens' proposals.
    """
    district = codes.ancestor(region.pk, Level.DISTRICT)
    made_now = {"citizens_may_propose": False}
    cycle, made = Cycle.objects.select_for_update(no_key=True).get_or_create(region_id=district, plan_year=plan_year, defaults=made_now)
    if made:
        StageWindow.objects.bulk_create(StageWindow(cycle=cycle, stage=stage, position=place) for place, stage in enumerate(_ORDER, start=1))
    return cycle


def make(new: Sequence[NewRow], target: Target) -> list[Proposal]:
    """Insert the proposals and their history; a few statements for each five hundred rows."""
    agencies = agencies_of(target.cycle.region_id, {one.wish.agency_name for one in new if one.wish.agency_name}, makes=target.makes_agencies)
    numbers = _take_numbers(target.cycle, len(new))
    made = [
        _proposal(one, number=number, target=target, agency=agencies.get(one.wish.agency_name.casefold()))
        for one, number in zip(new, numbers, strict=True)
    ]
    Proposal.objects.bulk_create(made, batch_size=_AT_ONCE)
    _merge(new, made, target)
    steps = (step for row, one in zip(made, new, strict=True) for step in road(row, one.wish, actor=target.author, role=target.role))
    Recommendation.objects.bulk_create(steps, batch_size=_AT_ONCE)
    return made


def _merge(new: Sequence[NewRow], made: list[Proposal], target: Target) -> None:
    """What was merged into another row of the sheet, or into a public proposal of the same plan year and kabupaten, descends to it."""
    targets = {one.wish.own_id: row.pk for one, row in zip(new, made, strict=True) if one.wish.own_id}
    wanted = {one.wish.merged_into for one in new} - {""} - targets.keys()
    here = Proposal.objects.public().filter(pk__in=filter(is_uuid, wanted), cycle=target.cycle)  # type: ignore[attr-defined]
    targets |= {str(key): key for key in here.values_list("pk", flat=True)}
    merged = list[Proposal]()
    for one, row in zip(new, made, strict=True):
        key = targets.get(one.wish.merged_into)
        if row.outcome == Outcome.MERGED and key is not None and key != row.pk:
            row.merged_into_id = key
            merged.append(row)
    if merged:
        Proposal.objects.bulk_update(merged, ["merged_into"], batch_size=_AT_ONCE)
        Lineage.objects.bulk_create((_descent(row, target) for row in merged), batch_size=_AT_ONCE)


def _descent(row: Proposal, target: Target) -> Lineage:
    """The step of descent that a sheet tells of; nobody supports its rows yet, so nobody follows."""
    kind, child = Lineage.Kind.MERGED, row.merged_into_id
    assert child is not None  # noqa: S101 - only rows that name one come here
    return Lineage(parent=row, child_id=child, kind=kind, by=target.author, role=target.role, at=row.created_at)


def system_user() -> User:
    """The platform's own account."""
    user, made = User.objects.get_or_create(username=SYSTEM_USER, defaults={"display_name": "Impor data"})
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


def agencies_of(district: str, names: Iterable[str], *, makes: bool) -> dict[str, Agency]:
    """The district's agencies by name; those it does not have yet are created where the importer plans for it."""
    found = dict[str, Agency]()
    for agency in Agency.objects.filter(region_id=district).order_by("-pk"):
        found |= {name.casefold(): agency for name in (agency.short_name, agency.name) if name}
    for name in sorted(names) if makes else ():
        if name.casefold() not in found:
            code = "impor-" + hashlib.sha256(name.casefold().encode()).hexdigest()[:12]
            found[name.casefold()], _made = Agency.objects.get_or_create(region_id=district, code=code, defaults={"name": name})
    return found


def _take_numbers(cycle: Cycle, count: int) -> list[str]:
    """The next numbers of a cycle whose row is locked."""
    first = cycle.numbered + 1
    Cycle.objects.filter(pk=cycle.pk).update(numbered=cycle.numbered + count)
    return [f"{cycle.region_id.replace('.', '')}-{cycle.plan_year}-{number:04d}" for number in range(first, first + count)]


def _proposal(one: NewRow, *, number: str, target: Target, agency: Agency | None) -> Proposal:
    now, stands = clock.now(), standing(one.wish)
    same: dict[str, Any] = {
        name: getattr(stands, name) for name in (*COMPARED, "sector", "on_behalf_of", "unit_price", "stage", "outcome", "source_id", "source_system")
    }
    entry = target.dictionary.get(one.wish.dictionary_code)
    return Proposal(
        **same,
        **_told(one),
        number=number,
        cycle=target.cycle,
        plan_year=target.cycle.plan_year,
        village=one.row.village,
        dictionary_entry=entry,
        agency=agency or (entry.agency if entry else None),
        location=one.place.point,
        located_village=one.place.elsewhere,
        shape=one.place.shape,
        shape_measure=one.place.measure,
        author=target.author,
        created_at=now,
        changed_at=now,
        submitted_at=min(one.wish.more.get("submitted_at") or now, now),
        stage_entered_at=now,
        version=versions(one.wish),
    )


def _told(one: NewRow) -> dict[str, Any]:
    """What only our form tells; a row of the national form has the model's own defaults."""
    told = {name: one.wish.more[name] for name in _AS_TOLD if name in one.wish.more}
    given = one.wish.more.get("location_source") or LocationSource.TYPED.value
    told["location_source"] = given if one.place.point else LocationSource.NONE.value
    told["location_accuracy_m"] = one.wish.more.get("location_accuracy_m") if one.place.point else None
    told["mismatch_reason"] = (one.wish.more.get("mismatch_reason") or one.place.reason) if one.place.elsewhere else ""
    if one.wish.outcome is Outcome.FUNDED:
        told["funded_amount"] = one.wish.more.get("funded_amount")
    return told
