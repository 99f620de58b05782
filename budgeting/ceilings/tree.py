"""The tree of one source's ceilings: who may be a part of whom, locks in one order, and what a ceiling may not fall below.

A part has its parent's year and source and stands lower: a region below, or an agency's part of the undivided ceiling. As
each step goes down there are no cycles, so the money of a ceiling concerns only itself and the ceiling above: those two rows
are locked, in the order of their keys (decision 0220).
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Agency, AuditEntry
from accounts.refusals import Conflict, Missing, Refusal
from budgeting import ledger
from budgeting.ledger import Standing
from budgeting.models import Ceiling
from geo import codes
from proposals.money import rupiah

#: The journal's word for a draft that was taken away.
WITHDRAWN = "budgeting.ceiling.withdraw"
_SHAPES = ("boundary", "outline")


def locked(keys: Iterable[int | None]) -> dict[int, Ceiling]:
    """These rows under lock, by key; regions and agencies come along unlocked.

    Keys never change, so the lock is one that rows which only refer to a ceiling do not wait for: a version of a part names
    the ceiling above, and would otherwise ask for it last. Raises Conflict where one was withdrawn since its key was read.
    """
    wanted = {key for key in keys if key is not None}
    rows = Ceiling.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=wanted).select_related("region", "agency")
    found = {row.pk: row for row in rows.defer(*(f"region__{shape}" for shape in _SHAPES)).order_by("pk")}
    for key in sorted(wanted - set(found)):
        raise gone(key)
    return found


def gone(ceiling_id: int) -> Refusal:
    """Why a ceiling is not there: it was withdrawn while somebody had its page open, or it never was."""
    if AuditEntry.objects.filter(subject=f"ceiling:{ceiling_id}", action=WITHDRAWN).exists():
        return Conflict(_("This ceiling was withdrawn meanwhile: it was a draft, and nobody had published it."), code="withdrawn")
    return Missing()


def name_of(ceiling: Ceiling) -> str:
    """How a ceiling is called beside others of its source: `Kecamatan Sungai Raya`, `Kabupaten Kubu Raya, PUPR`."""
    return f"{ceiling.region.title}, {ceiling.agency}" if ceiling.agency_id else ceiling.region.title


def parent_fault(parent: Ceiling | None, *, plan_year: Any, region_code: str, funding_source: str, agency_id: int | None) -> str:
    """Why this ceiling cannot be a part of `parent`; empty where it can."""
    if parent is None:
        return _("There is no such ceiling above.")
    if (parent.plan_year, parent.funding_source) != (plan_year, funding_source):
        return _("The ceiling above is of another year or source.")
    if not codes.covers(parent.region_id, region_code):
        return _("The ceiling above is of a region that does not cover this one.")
    if parent.agency_id is not None and parent.agency_id != agency_id:
        return _("The ceiling above belongs to another agency.")
    if parent.region_id == region_code and not (parent.agency_id is None and agency_id is not None):
        return _("A part stands below its ceiling: another region, or an agency's part of the undivided ceiling.")
    return ""


def agency_fault(agency: Agency | None, region_code: str) -> str:
    """Why this agency has no ceiling in the region; empty where it may."""
    if agency is None or not codes.covers(agency.region_id, region_code):
        return _("Choose an agency of this kabupaten or kota.")
    return ""


def refuse_unless_it_holds(ceiling: Ceiling, wanted: Standing) -> None:
    """Call it under the lock: the figures cover what is committed, set aside and handed down, or Conflict says what does not fit."""
    if wanted.released > wanted.set_aside:
        sentence = _("%(released)s of the reserve is already released, so the reserve cannot be set lower than that.")
        raise Conflict(sentence % {"released": rupiah(wanted.released)}, code="below_released")
    if wanted.free >= 0:
        return
    facts = {"size": rupiah(wanted.size), "committed": rupiah(wanted.committed), "reserve": rupiah(wanted.reserve), "handed": rupiah(wanted.handed)}
    if not wanted.parts:
        sentence = _("%(committed)s of this ceiling is already committed, so it cannot be lower than that plus the reserve.")
        raise Conflict(sentence % facts, code="below_committed")
    largest = _largest_part(ceiling)
    sentence = _(
        "This ceiling would be %(size)s, but %(committed)s is committed, %(reserve)s set aside and %(handed)s handed to its parts. "
        "The largest part is %(largest)s with %(part)s."
    )
    raise Conflict(sentence % {**facts, "largest": name_of(largest[0]), "part": rupiah(largest[1])}, code="below_parts")


def refuse_unless_room(parent: Ceiling, more: int) -> None:
    """Call it under the parent's lock: its free money covers what a part takes in addition."""
    free = ledger.balance(parent)
    if more > max(free, 0):
        sentence = _("%(name)s has %(free)s left to hand down; this needs %(more)s more.")
        raise Conflict(sentence % {"name": name_of(parent), "free": rupiah(free), "more": rupiah(more)}, code="above_parent")


def _largest_part(ceiling: Ceiling) -> tuple[Ceiling, int]:
    parts = list(Ceiling.objects.filter(parent=ceiling).select_related("region", "agency").defer("region__boundary", "region__outline"))
    sizes = {pk: one.size for pk, one in ledger.standings(parts).items()}
    largest = max(parts, key=lambda part: (sizes[part.pk], -part.pk))
    return largest, sizes[largest.pk]
