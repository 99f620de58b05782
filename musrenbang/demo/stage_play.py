"""The whole demonstration, in order: people, calendars, last year's plan, this year's, money, works."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts import clock
from accounts.models import Agency, Residency, User
from budgeting import services as budget
from budgeting.calculation import perform_run
from budgeting.models.ceiling import Ceiling, FundingSource
from geo.boundaries.sketching import sketch_district
from geo.codes import Level
from geo.models import Region
from musrenbang.demo import (
    alternatives,
    ballots,
    building,
    calendar,
    ceilings,
    family,
    kamus,
    likenesses,
    meetings,
    next_year,
    order,
    origins,
    others,
    people,
    population,
    scoring,
    shares,
    story,
    talking,
)
from musrenbang.demo.cast import Cast, gather
from musrenbang.demo.works import AGENCIES
from proposals import tallies
from proposals.models import Cycle, Proposal
from proposals.services import requirements
from proposals.stages import Stage

#: Rupiah of last year's and this year's published ceilings; enough for about half of what is asked.
_CEILINGS = {FundingSource.DISTRICT_BUDGET: (2_400_000_000, 120_000_000), FundingSource.SPECIAL_ALLOCATION: (900_000_000, 0)}
#: How many things a village asks for this year, in turn.
_ASKED = (4, 2, 5, 3, 1, 4, 2, 6, 3, 2, 1)
_BASIS = "Data contoh: bukan keputusan kepala daerah"


@dataclass(frozen=True)
class Told:
    """What the demonstration holds."""

    proposals: int
    villages: int


def tell() -> Told:
    """Load everything, on sketched boundaries where nobody gave real ones; the caller gives the transaction."""
    # nine in the morning in the west of Kalimantan: people act by day
    now = clock.now().replace(hour=2, minute=0, second=0, microsecond=0)
    if not Region.objects.within(people.DISTRICT).at(Level.VILLAGE).drawn().exists():
        sketch_district(people.DISTRICT, drawn_at=now)
    population.invent(now.year - 1)
    villages = story.villages_of_story()
    agencies = {
        code: Agency.objects.create(region_id=people.DISTRICT, code=code, name=name, short_name=short) for code, (name, short) in AGENCIES.items()
    }
    cast = gather(_players(agencies, now), villages, agencies, now - timedelta(days=600))
    earlier, running = _cycles(cast, agencies, calendar.running_year(now))
    _last_year(earlier, cast, villages, now - timedelta(days=500))
    _this_year(running, cast, villages, now - timedelta(days=110))
    likenesses.tell(running, cast, villages, now - timedelta(days=90))
    others.tell(running, cast, now - timedelta(days=35))
    likenesses.paid_for_already(earlier, running, cast, now - timedelta(days=30))
    likenesses.look_around()
    origins.authorities_of(earlier, cast, confirmed=True)
    origins.authorities_of(running, cast, confirmed=False)
    origins.village_money(running, cast, now - timedelta(days=100))
    origins.never_proposed(earlier, agencies, cast, now - timedelta(days=190))
    origins.another_way(running, cast, now - timedelta(days=12))
    origins.a_grant(running, cast, now - timedelta(days=20))
    talking.tell(running, cast, now - timedelta(days=5))
    meetings.tell(running, cast, villages, now)
    ballots.tell(running, cast.parts, now)
    scoring.tell(running, cast.parts, now)
    next_year.tell(running, cast, now)
    alternatives.draft_two(running, cast, now - timedelta(days=1))
    shares.draft_by_ballot(running, cast, now - timedelta(hours=6))
    tallies.fold()
    return Told(Proposal.objects.count(), len(villages))


def _players(agencies: dict[str, Agency], now: datetime) -> dict[str, User]:
    """The accounts that a visitor may play."""
    since = now - timedelta(days=600)
    players = {part.username: people.person(part.username, part.name, usable=True) for part in people.PARTS}
    for part in people.PARTS:
        if part.role is not None:
            people.give(players[part.username], part.role, part.region, since.date(), agencies.get(part.agency))
    home = Region.objects.get(pk=people.VILLAGE)
    people.settle(players["warga"], home, players["fasilitator"], since)
    newcomer = people.person(people.NEWCOMER.username, people.NEWCOMER.name, usable=True)
    Residency.objects.create(user=newcomer, village=home, requested_at=now - timedelta(days=1), hint="Dusun Karya RT 03, rumah dekat surau")
    return players


def _cycles(cast: Cast, agencies: dict[str, Agency], plan_year: int) -> tuple[Cycle, Cycle]:
    planner = cast.parts["bappeda"]
    earlier = calendar.draw_up(people.DISTRICT, plan_year - 1, planner, earlier=True)
    running = calendar.draw_up(people.DISTRICT, plan_year, planner, earlier=False)
    for cycle in (earlier, running):
        calendar.write_dictionary(cycle, agencies)
        kamus.write_more(cycle, agencies)
    requirements.give(running)
    return earlier, running


def _last_year(cycle: Cycle, cast: Cast, villages: list[Region], start: datetime) -> None:
    """Every village asked for one thing; what reached the budget was calculated, published and partly built."""
    for place, village in enumerate(villages):
        asked = start + timedelta(days=place % 30)
        proposal = story.ask(cycle, village, place, cast, asked)
        fate = (Stage.AGENCY, "reject") if place in {5, 11} else (Stage.BUDGET, "")
        story.discuss(proposal, cast, asked + timedelta(days=4), place * 3 + 2)
        story.travel(proposal, fate, cast, start + timedelta(days=35), timedelta(days=40))
    family.leave_behind(cycle, cast, start)
    others.last_year(cycle, cast, start + timedelta(days=142))
    _pay(cycle, cast, start + timedelta(days=250))
    building.tell(cycle, cast, start + timedelta(days=330))


def _this_year(cycle: Cycle, cast: Cast, villages: list[Region], start: datetime) -> None:
    """Some villages ask for much, some for little, each at its own place on the road; nothing is paid for yet."""
    place, together = 0, list[Proposal]()
    for number, village in enumerate(villages):
        home, sits = village.pk == people.VILLAGE, village.parent_id == order.SUBDISTRICT
        for turn in range(len(story.HOME_FATES) if home else _ASKED[number % len(_ASKED)]):
            place += 1
            fate = story.HOME_FATES[turn] if home else story.FATES[place % len(story.FATES)]
            asked = start + timedelta(days=place % 18)
            proposal = story.ask(cycle, village, place, cast, asked)
            # where the sub-district sits together about it, it then comes as far as the budget
            jointly = sits and order.reaches(fate)
            story.bring(proposal, place, Stage.BUDGET if jointly else fate[0], cast, asked + timedelta(days=2, hours=5))
            story.discuss(proposal, cast, asked + timedelta(days=3), place * 5 + 1)
            story.travel(proposal, (Stage.SUBDISTRICT, "") if jointly else fate, cast, start + timedelta(days=24), timedelta(days=15))
            together += [proposal] if jointly else []
    order.tell(cycle, cast, together, start + timedelta(days=54), timedelta(days=15))
    story.draft(cycle, cast, start + timedelta(days=100))
    family.grow(cycle, cast, start + timedelta(days=92))
    for source in _CEILINGS:
        _ceiling(cycle, source, cast, start + timedelta(days=80))
    ceilings.divide(cycle, cast, villages, start + timedelta(days=82))


def _ceiling(cycle: Cycle, source: FundingSource, cast: Cast, at: datetime) -> Ceiling:
    amount, reserve = _CEILINGS[source]
    with clock.telling(at):
        ceiling = budget.set_ceiling(
            actor=cast.parts["bappeda"],
            plan_year=cycle.plan_year,
            region_code=people.DISTRICT,
            funding_source=source.value,
            amount=amount,
            reserve=reserve,
            legal_basis=_BASIS,
        )
        return budget.publish_ceiling(ceiling_id=ceiling.pk, actor=cast.parts["tapd"])


def _pay(cycle: Cycle, cast: Cast, at: datetime) -> None:
    """The planner asks for the calculation, the budget team publishes it."""
    ceiling = _ceiling(cycle, FundingSource.DISTRICT_BUDGET, cast, at - timedelta(days=30))
    with clock.telling(at):
        run = perform_run(budget.request_run(ceiling_id=ceiling.pk, rule="greedy", actor=cast.parts["bappeda"]).pk)
    alternatives.change_by_hand(run, cast, at + timedelta(days=2))
    with clock.telling(at + timedelta(days=6)):
        budget.publish_run(run_id=run.pk, actor=cast.parts["tapd"])
