"""Arranging the agenda: filling it, adding, removing, moving; and what is in hand."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import clock
from accounts.refusals import Conflict, Invalid, Missing
from accounts.scope import Person
from accounts.text import clean
from deliberation.meetings import agenda, policy, rows, telling
from deliberation.models import AgendaItem, Meeting, Motion, Said, Turn
from deliberation.scoring import places
from deliberation.words import ItemKind, ItemState
from proposals.models import Proposal

#: How an item may be left by hand; a proposal is done by its decision alone.
LEAVING = {ItemState.WAITING, ItemState.DONE, ItemState.SKIPPED}


@transaction.atomic
def fill(*, meeting_id: UUID, actor: Person) -> int:
    """Bring the agenda up to date: standing items, every proposal that waits, none that went elsewhere. Returns how many are new.

    What stands keeps its order; what is new comes behind the proposals that are there. Filling again adds nothing.
    """
    meeting, role = _arranger(meeting_id, actor)
    kept = list(AgendaItem.objects.filter(meeting=meeting).order_by("position", "pk"))
    waiting = list(agenda.waiting(meeting).values_list("pk", "title")[: agenda.ITEMS_AT_MOST])
    gone = _gone(kept, {key for key, _title in waiting})
    kept = [item for item in kept if item not in gone]
    listed = {item.proposal_id for item in kept}
    new = [_item(meeting, ItemKind.PROPOSAL, title[:160], key) for key, title in waiting if key not in listed]
    standing = [_standing(meeting, kind) for kind in (*agenda.BEFORE, *agenda.standing_after(meeting)) if not any(item.kind == kind for item in kept)]
    if not (gone or new or standing):
        return 0
    _write(_in_order(meeting, kept, new, standing), gone)
    telling.journal(meeting, actor=actor, role=role, verb="agenda", changes={"new": len(new) + len(standing), "gone": len(gone)})
    telling.tell_agenda(meeting)
    return len(new) + len(standing)


@transaction.atomic
def add(*, meeting_id: UUID, actor: Person, number: str = "", title: str = "", minutes: int | None = None) -> AgendaItem:
    """Put a proposal (by its number) or a subject of its own on the agenda, before the standing items of the end.

    A proposal that is on it already is answered as it is.
    """
    meeting, role = _arranger(meeting_id, actor)
    proposal = _proposal(meeting, number) if number else None
    if proposal and (before := AgendaItem.objects.filter(meeting=meeting, proposal=proposal).first()):
        return before
    named = proposal.title[:160] if proposal else clean(title, field="title", max_length=160, min_length=3)
    if minutes is not None and not 0 < minutes <= 600:
        raise Invalid({"minutes": [_("Write from 1 to 600 minutes.")]})
    kept = list(AgendaItem.objects.filter(meeting=meeting).order_by("position", "pk"))
    if len(kept) >= agenda.ITEMS_AT_MOST:
        raise Conflict(_("The agenda is full. Hold a second meeting."), code="full")
    item = _item(meeting, ItemKind.PROPOSAL if proposal else ItemKind.OTHER, named, proposal.pk if proposal else None, minutes)
    _write(_in_order(meeting, kept, [item], []), [])
    telling.journal(meeting, actor=actor, role=role, verb="agenda.add", changes={"title": named, "proposal": item.proposal_id})
    telling.tell_agenda(meeting, item_id=item.pk, state=item.state, proposal_id=item.proposal_id)
    return item


@transaction.atomic
def remove(*, meeting_id: UUID, item_id: int, actor: Person) -> None:
    """Take an item off that nobody has begun with; taking it off again changes nothing."""
    meeting, role = _arranger(meeting_id, actor)
    item = AgendaItem.objects.filter(meeting=meeting, pk=item_id).first()
    if item is None:
        return
    if item.started_at is not None or item.decisions.exists() or _spoken_of([item.pk]):
        raise Conflict(_("This item was in hand or asked about already, so it stays in the record. Skip it instead."), code="begun")
    item.delete()
    telling.journal(meeting, actor=actor, role=role, verb="agenda.remove", changes={"title": item.title, "proposal": item.proposal_id})
    telling.tell_agenda(meeting)


@transaction.atomic
def shift(*, meeting_id: UUID, item_id: int, actor: Person, by: int, seen_at: int | None = None) -> None:
    """Move an item up (`by` -1) or down (+1), past its neighbour. `seen_at` is the place that was read: 409 where it moved meanwhile."""
    meeting, role = _arranger(meeting_id, actor)
    order = list(AgendaItem.objects.filter(meeting=meeting).order_by("position", "pk"))
    place = next((place for place, item in enumerate(order) if item.pk == item_id), None)
    if place is None:
        raise Missing
    if seen_at is not None and order[place].position != seen_at:
        raise Conflict(_("Someone moved this item meanwhile. Look where it stands now."), code="moved")
    other = place + (1 if by > 0 else -1)
    if not 0 <= other < len(order):
        return
    order[place], order[other] = order[other], order[place]
    _write(order, [])
    telling.journal(meeting, actor=actor, role=role, verb="agenda.move", changes={"title": order[other].title, "to": other + 1})
    telling.tell_agenda(meeting)


@transaction.atomic
def order_by_scores(*, meeting_id: UUID, actor: Person) -> int:
    """Put the proposals that wait into the order of the scores, within the places they hold; what was not scored stays behind them.

    Returns how many items moved; the same order again moves none. Raises Conflict where no panel has given places.
    """
    meeting, role = _arranger(meeting_id, actor)
    found = places.of(meeting)
    if not found:
        raise Conflict(_("No scoring of these proposals is closed yet."), code="no_scores")
    order = list(AgendaItem.objects.filter(meeting=meeting).order_by("position", "pk"))
    free = [at for at, item in enumerate(order) if item.proposal_id and item.state == ItemState.WAITING]
    rank = {item.pk: found.get(item.proposal_id, len(found) + 1) for item in order if item.proposal_id}
    ordered = sorted((order[at] for at in free), key=lambda item: (rank[item.pk], item.position))
    moved = sum(order[at] is not item for at, item in zip(free, ordered, strict=True))
    for at, item in zip(free, ordered, strict=True):
        order[at] = item
    if moved:
        _write(order, [])
        telling.journal(meeting, actor=actor, role=role, verb="agenda.by_scores", changes={"moved": moved})
        telling.tell_agenda(meeting)
    return moved


@transaction.atomic
def put_in_hand(*, meeting_id: UUID, item_id: int, actor: Person) -> AgendaItem:
    """Take an item in hand; what was in hand is done, or waits again where it is a proposal without its decision."""
    meeting, role = _arranger(meeting_id, actor, in_session=True)
    item = _of(meeting, item_id)
    if item.state == ItemState.IN_HAND:
        return item
    if item.kind == ItemKind.PROPOSAL and item.state == ItemState.DONE:
        raise Conflict(_("This item is decided. A correction is a decision of its own."), code="decided")
    _leave_others(meeting)
    item.state, item.started_at, item.ended_at = ItemState.IN_HAND, item.started_at or clock.now(), None
    item.save(update_fields=["state", "started_at", "ended_at"])
    return _told(meeting, item, actor, role)


@transaction.atomic
def leave(*, meeting_id: UUID, item_id: int, actor: Person, state: str) -> AgendaItem:
    """Say that an item is done, skipped, or waits again. A proposal is done by its decision alone."""
    meeting, role = _arranger(meeting_id, actor, in_session=True)
    item = _of(meeting, item_id)
    if state not in LEAVING:
        raise Invalid({"state": [_("There is no such state of an item.")]})
    if item.state == state:
        return item
    if item.kind == ItemKind.PROPOSAL and ItemState.DONE in (state, item.state):
        raise Conflict(_("A proposal is done by its decision: write it down, or skip the item."), code="undecided")
    item.state, item.ended_at = state, clock.now() if state != ItemState.WAITING else None
    item.save(update_fields=["state", "ended_at"])
    return _told(meeting, item, actor, role)


def _arranger(meeting_id: UUID, actor: Person, *, in_session: bool = False) -> tuple[Meeting, str]:
    """The meeting under lock, and the role in which the person may arrange it now."""
    meeting = rows.locked_meeting(meeting_id)
    allowed = policy.may_run(actor, meeting).or_refuse()
    when: Callable[[Meeting], policy.Answer] = policy.in_session if in_session else policy.not_over
    when(meeting).or_refuse()
    return meeting, allowed.role


def _of(meeting: Meeting, item_id: int) -> AgendaItem:
    item = AgendaItem.objects.filter(meeting=meeting, pk=item_id).first()
    if item is None:
        raise Missing
    return item


def _told(meeting: Meeting, item: AgendaItem, actor: Person, role: str) -> AgendaItem:
    telling.journal(meeting, actor=actor, role=role, verb=f"agenda.{item.state}", changes={"item": item.position, "title": item.title})
    telling.tell_agenda(meeting, item_id=item.pk, state=item.state, proposal_id=item.proposal_id)
    return item


def _leave_others(meeting: Meeting) -> None:
    held = AgendaItem.objects.filter(meeting=meeting, state=ItemState.IN_HAND)
    held.filter(kind=ItemKind.PROPOSAL).update(state=ItemState.WAITING)
    held.update(state=ItemState.DONE, ended_at=clock.now())


def _proposal(meeting: Meeting, number: str) -> Proposal:
    proposal = (
        Proposal.objects.public().within(meeting.region_id).filter(cycle=meeting.cycle_id, number=number.replace("\0", "").strip()[:40]).first()
    )
    if proposal is None:
        raise Invalid({"number": [_("There is no proposal with this number in the region and year of the meeting.")]})
    if meeting.stage and proposal.stage != meeting.stage:
        raise Invalid({"number": [_("This proposal stands at another stage, so this meeting does not decide about it.")]})
    return proposal


def _gone(kept: Sequence[AgendaItem], waiting: set[UUID]) -> list[AgendaItem]:
    """Proposals that nobody has begun with or said anything about, and that wait here no more."""
    untouched = (item for item in kept if item.proposal_id and item.state == ItemState.WAITING and item.started_at is None)
    gone = [item for item in untouched if item.proposal_id not in waiting]
    spoken_of = _spoken_of([item.pk for item in gone]) if gone else set()
    return [item for item in gone if item.pk not in spoken_of]


def _spoken_of(items: Sequence[int]) -> set[int]:
    """Which of these items somebody asked, said or moved something about: anybody may, long before they are in hand."""
    told = (Said.objects.filter(item__in=items), Turn.objects.filter(item__in=items), Motion.objects.filter(item__in=items))
    return {key for rows in told for key in rows.values_list("item_id", flat=True) if key is not None}


def _item(meeting: Meeting, kind: ItemKind, title: str, proposal_id: UUID | None = None, minutes: int | None = None) -> AgendaItem:
    return AgendaItem(meeting=meeting, kind=kind, title=title, proposal_id=proposal_id, minutes=minutes)


def _standing(meeting: Meeting, kind: ItemKind) -> AgendaItem:
    # titles are kept with the record, so they are made in the language of the papers
    with translation.override("id"):
        return _item(meeting, kind, str(kind.label))


def _in_order(meeting: Meeting, kept: Sequence[AgendaItem], new: Sequence[AgendaItem], standing: Sequence[AgendaItem]) -> list[AgendaItem]:
    """Opening and ceilings first, then what stands and what is new, the standing items of the end last."""
    first = [item for item in standing if item.kind in agenda.BEFORE]
    tail_kinds = agenda.standing_after(meeting)
    cut = len(kept)
    while cut and kept[cut - 1].kind in tail_kinds:
        cut -= 1
    last = [item for item in standing if item.kind in tail_kinds]
    return [*first, *kept[:cut], *new, *kept[cut:], *last]


def _write(order: Sequence[AgendaItem], gone: Sequence[AgendaItem]) -> None:
    """The rows at their places, 1, 2, 3; in a constant number of statements."""
    AgendaItem.objects.filter(pk__in=[item.pk for item in gone]).delete()
    moved = []
    for place, item in enumerate(order, start=1):
        if item.position != place:
            item.position = place
            moved.append(item)
    AgendaItem.objects.bulk_create([item for item in moved if item.pk is None])
    AgendaItem.objects.bulk_update([item for item in moved if item.pk is not None], ["position"], batch_size=500)
