"""A sub-district of the demonstration that sat together, gave its order and closed: what a list by a meeting's order is calculated from."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from accounts import clock
from accounts.models import User
from deliberation.meetings import agenda
from deliberation.meetings.computed import within
from deliberation.meetings.services import arranging
from deliberation.meetings.services.deciding import Word, decide
from deliberation.meetings.services.inviting import invite
from deliberation.meetings.services.planning import plan
from deliberation.meetings.services.ranking import Place, set_order
from deliberation.meetings.services.stepping import step
from deliberation.models import AgendaItem, Meeting
from deliberation.words import ItemKind, ItemState
from geo.models import Region
from musrenbang.demo import rolls, scoring, story
from musrenbang.demo.cast import Cast
from proposals.models import Cycle, Proposal
from proposals.stages import Stage

#: Its ceiling is published (`ceilings`), so a run in this order can be asked for at once.
SUBDISTRICT = "61.12.03"
_WHY = "Rapat mendahulukan pekerjaan yang lahannya sudah siap dan dapat dimulai lebih cepat."


def reaches(fate: tuple[Stage, str]) -> bool:
    """Whether the sub-district forwards a proposal of this fate, and nothing befalls it later."""
    return not fate[1] and story.ORDER.index(fate[0]) > story.ORDER.index(Stage.SUBDISTRICT)


def tell(cycle: Cycle, cast: Cast, asked: Sequence[Proposal], at: datetime, pause: timedelta) -> None:
    """What its villages asked is scored, forwarded by the meeting and placed; then everything travels on to the budget."""
    chair = cast.officers[SUBDISTRICT]
    meeting = _called(cycle, chair, at)
    scoring.of_a_meeting(meeting, chair, cast.parts, at - timedelta(days=3))
    _forward(meeting, chair, asked, at)
    with clock.telling(at + timedelta(hours=4)):
        set_order(meeting_id=meeting.pk, actor=chair, order=_order(meeting, asked), version=0)
        for item in AgendaItem.objects.filter(meeting=meeting, state=ItemState.WAITING).order_by("position"):
            state = ItemState.SKIPPED if item.proposal_id else ItemState.DONE
            arranging.leave(meeting_id=meeting.pk, item_id=item.pk, actor=chair, state=state)
        step(meeting_id=meeting.pk, name="close", actor=chair)
    for proposal in asked:
        proposal.refresh_from_db()
        story.travel(proposal, (Stage.BUDGET, ""), cast, at, pause, since=Stage.AGENCY)


def _forward(meeting: Meeting, chair: User, asked: Sequence[Proposal], at: datetime) -> None:
    """The meeting sits and decides about each of them."""
    rolls.of_a_subdistrict(meeting, chair, at)
    with clock.telling(at):
        step(meeting_id=meeting.pk, name="open", actor=chair)
    items = {item.proposal_id: item for item in agenda.items(meeting).filter(kind=ItemKind.PROPOSAL)}
    for turn, proposal in enumerate(asked):
        proposal.refresh_from_db(fields=["version"])
        with clock.telling(at + timedelta(minutes=20 + 15 * turn)):
            arranging.put_in_hand(meeting_id=meeting.pk, item_id=items[proposal.pk].pk, actor=chair)
            decide(meeting_id=meeting.pk, actor=chair, word=Word(uuid.uuid4(), proposal.pk, "forward", proposal.version))


def _order(meeting: Meeting, asked: Sequence[Proposal]) -> list[Place]:
    """By the scores, save that the hall lets the last two change places and says why."""
    keys = [proposal.pk for proposal in asked]
    computed = within(meeting, keys)
    ordered = sorted(keys, key=lambda key: (computed.get(key, len(keys)), key))
    ordered[-2:] = reversed(ordered[-2:])
    return [Place(key, _WHY if computed.get(key) != place else "") for place, key in enumerate(ordered, start=1)]


def _called(cycle: Cycle, chair: User, at: datetime) -> Meeting:
    region = Region.objects.light().get(pk=SUBDISTRICT)
    fields = {
        "plan_year": cycle.plan_year,
        "kind": "subdistrict",
        "region": region.pk,
        "title": f"Musrenbang {region.title}",
        "place": f"Aula kantor {region.title}",
        "chair": chair.username,
        "note_taker": chair.username,
        "purpose": "Menyepakati urutan prioritas kecamatan.",
        "starts_at": at,
        "ends_at": at + timedelta(hours=5),
    }
    with clock.telling(at - timedelta(days=14)):
        meeting, _new = plan(meeting_id=uuid.uuid4(), actor=chair, fields=fields)
    with clock.telling(at - timedelta(days=7)):
        arranging.fill(meeting_id=meeting.pk, actor=chair)
        invite(meeting_id=meeting.pk, actor=chair)
    return meeting
