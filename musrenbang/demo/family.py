"""The demonstration's family: what last year left behind asked for again, two wishes joined, one divided."""

from datetime import datetime, timedelta

from accounts import clock
from deliberation import services as talk
from geo.models import Region
from musrenbang.demo import people, story
from musrenbang.demo.cast import Cast
from musrenbang.demo.works import WORKS
from proposals import services
from proposals.models import Cycle, Proposal
from proposals.stages import Outcome, Stage

_JOINED = "Dua usulan untuk pekerjaan yang sama; dukungan warga keduanya disatukan di sini."
_DIVIDED = "Dua dusun mengerjakannya pada waktu berbeda, jadi setiap dusun mendapat usulan sendiri."


def leave_behind(cycle: Cycle, cast: Cast, at: datetime) -> None:
    """What last year turned down in the home village waits on the page where it can be carried over."""
    for place in (40, 41):
        proposal = _asked(cycle, cast, place, at + timedelta(days=place - 40))
        story.travel(proposal, (Stage.SUBDISTRICT, "reject"), cast, at + timedelta(days=35), timedelta(days=40))


def grow(cycle: Cycle, cast: Cast, at: datetime) -> None:
    """Everything through the services that people use, in the village whose people can be played."""
    _ask_again(cycle, cast, at)
    _join(cycle, cast, at + timedelta(days=2))
    _divide(cycle, cast, at + timedelta(days=4))


def _ask_again(cycle: Cycle, cast: Cast, at: datetime) -> None:
    """What was turned down, or found no money, last year: one is sent in again, one waits as a draft."""
    unfunded = Proposal.objects.filter(plan_year=cycle.plan_year - 1, outcome__in=[Outcome.REJECTED, Outcome.NOT_FUNDED])
    for place, parent in enumerate(unfunded.exclude(village=people.VILLAGE).order_by("village_id", "number")[:3]):
        writer = cast.facilitators[parent.village_id]
        with clock.telling(at + timedelta(hours=place)):
            draft, _new = services.carry_over(proposal_id=parent.pk, actor=writer, plan_year=cycle.plan_year)
        if place < 2:
            with clock.telling(at + timedelta(days=1)):
                services.submit(proposal_id=draft.pk, actor=writer)


def _join(cycle: Cycle, cast: Cast, at: datetime) -> None:
    """Two hamlets ask for the same; some people support both and count once."""
    # the same work and hamlet come round again after as many wishes as there are works
    one, other = (_asked(cycle, cast, place, at - timedelta(days=6)) for place in (31, 31 + len(WORKS)))
    neighbours = cast.neighbours[people.VILLAGE]
    with clock.telling(at - timedelta(days=2)):
        for neighbour in neighbours[:6]:
            talk.support(proposal_id=one.pk, actor=neighbour)
        for neighbour in neighbours[4:9]:
            talk.support(proposal_id=other.pk, actor=neighbour)
    with clock.telling(at):
        services.move(proposal_id=one.pk, name="merge", actor=cast.heads[people.VILLAGE], version=one.version, reason=_JOINED, target_id=other.pk)


def _divide(cycle: Cycle, cast: Cast, at: datetime) -> None:
    """One wish is divided between two hamlets; its supporters stand behind both parts."""
    whole = _asked(cycle, cast, 34, at - timedelta(days=6))
    with clock.telling(at - timedelta(days=1)):
        for neighbour in cast.neighbours[people.VILLAGE][:4]:
            talk.support(proposal_id=whole.pk, actor=neighbour)
    assert whole.volume is not None  # noqa: S101 - the story wrote it
    half = whole.volume / 2
    hamlets = (("hulu", "Karya"), ("hilir", "Tani"))
    parts = [{"title": f"{whole.title}, bagian {word}", "volume": half, "locus": f"Dusun {hamlet}"} for word, hamlet in hamlets]
    with clock.telling(at):
        services.split(proposal_id=whole.pk, actor=cast.heads[people.VILLAGE], version=whole.version, reason=_DIVIDED, parts=parts)


def _asked(cycle: Cycle, cast: Cast, place: int, at: datetime) -> Proposal:
    """A further wish of the village, sent in and waiting there."""
    return story.ask(cycle, Region.objects.get(pk=people.VILLAGE), place, cast, at)
