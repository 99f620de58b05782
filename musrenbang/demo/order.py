"""A sub-district of the demonstration that sat together, gave its order and closed: what a list by a meeting's order is calculated from."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from accounts import clock
from deliberation.meetings import agenda
from deliberation.meetings.services import arranging
from deliberation.meetings.services.deciding import Word, decide
from deliberation.meetings.services.inviting import invite
from deliberation.meetings.services.planning import plan
from deliberation.meetings.services.ranking import Place, set_order
from deliberation.meetings.services.stepping import step
from deliberation.models import AgendaItem, Meeting
from deliberation.words import ItemKind, ItemState
from geo.models import Region
from musrenbang.demo import rolls, story
from musrenbang.demo.cast import Cast
from proposals.models import Cycle, Proposal
from proposals.stages import Stage

#: Its ceiling is published (`ceilings`), so a run in this order can be asked for at once.
SUBDISTRICT = "61.12.03"


def reaches(fate: tuple[Stage, str]) -> bool:
    """Whether the sub-district forwards a proposal of this fate, and nothing befalls it later."""
    return not fate[1] and story.ORDER.index(fate[0]) > story.ORDER.index(Stage.SUBDISTRICT)


def tell(cycle: Cycle, cast: Cast, asked: Sequence[Proposal], at: datetime, pause: timedelta) -> None:
    """The meeting forwards what its villages asked, one of each village in turn; then everything travels on to the budget."""
    ordered = _in_turn(asked)
    meeting = _opened(cycle, cast, at)
    chair = cast.officers[SUBDISTRICT]
    items = {item.proposal_id: item for item in agenda.items(meeting).filter(kind=ItemKind.PROPOSAL)}
    for turn, proposal in enumerate(asked):
        proposal.refresh_from_db(fields=["version"])
        with clock.telling(at + timedelta(minutes=20 + 15 * turn)):
            arranging.put_in_hand(meeting_id=meeting.pk, item_id=items[proposal.pk].pk, actor=chair)
            decide(meeting_id=meeting.pk, actor=chair, word=Word(uuid.uuid4(), proposal.pk, "forward", proposal.version))
    with clock.telling(at + timedelta(hours=4)):
        set_order(meeting_id=meeting.pk, actor=chair, order=[Place(proposal.pk) for proposal in ordered], version=0)
        for item in AgendaItem.objects.filter(meeting=meeting, state=ItemState.WAITING).order_by("position"):
            state = ItemState.SKIPPED if item.proposal_id else ItemState.DONE
            arranging.leave(meeting_id=meeting.pk, item_id=item.pk, actor=chair, state=state)
        step(meeting_id=meeting.pk, name="close", actor=chair)
    for proposal in asked:
        proposal.refresh_from_db()
        story.travel(proposal, (Stage.BUDGET, ""), cast, at, pause, since=Stage.AGENCY)


def _in_turn(asked: Sequence[Proposal]) -> list[Proposal]:
    """The first of every village, then the second of every village: an order that counting supports would not give."""
    by_village: dict[str, int] = {}
    keyed = []
    for proposal in asked:
        turn = by_village[proposal.village_id] = by_village.get(proposal.village_id, -1) + 1
        keyed.append(((turn, proposal.village_id), proposal))
    return [proposal for _key, proposal in sorted(keyed, key=lambda pair: pair[0])]


def _opened(cycle: Cycle, cast: Cast, at: datetime) -> Meeting:
    chair, region = cast.officers[SUBDISTRICT], Region.objects.light().get(pk=SUBDISTRICT)
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
    rolls.of_a_subdistrict(meeting, chair, at)
    with clock.telling(at):
        step(meeting_id=meeting.pk, name="open", actor=chair)
    return meeting
