"""Proposals of the demonstration that look alike: one work asked for by two villages, two that only seem to be one, one paid for already."""

import uuid
from datetime import datetime, timedelta

from accounts import clock
from geo.models import Region
from musrenbang.demo import people
from musrenbang.demo.cast import Cast
from proposals import services
from proposals.models import Cycle, Proposal
from proposals.services.drafts import as_sent
from proposals.similar import pairing
from proposals.stages import Outcome

#: Degrees of longitude beside the place of the other: about 90 and 30 metres here at the equator.
_FARTHER, _NEAR = 0.00081, 0.00027
_WHY_ELSEWHERE = "Parit ini menjadi batas kedua desa, titiknya di sisi desa tetangga."
_DIFFERENCE = "Yang itu saluran di sisi timur jalan. Usulan kami di sisi barat, dengan gorong-gorong sendiri."


def tell(cycle: Cycle, cast: Cast, villages: list[Region], at: datetime) -> None:
    """Two more proposals, beside the first two that stand at a place."""
    standing = Proposal.objects.filter(
        cycle=cycle, location__isnull=False, dictionary_entry__isnull=False, outcome__in=[Outcome.OPEN, Outcome.FUNDED]
    )
    first, second = standing.exclude(village=people.VILLAGE).order_by("number")[:2]
    _ask_again(first, _neighbour(first, villages), cast, at, east=_FARTHER)
    _ask_again(second, _neighbour(second, villages), cast, at + timedelta(days=1), east=_NEAR, difference=_DIFFERENCE)


def paid_for_already(earlier: Cycle, running: Cycle, cast: Cast, at: datetime) -> None:
    """A council member asks for what was paid for last year: possible double funding, which nobody has judged yet."""
    funded = Proposal.objects.filter(cycle=earlier, outcome=Outcome.FUNDED, location__isnull=False, dictionary_entry__isnull=False)
    work, writer, key = funded.order_by("number")[0], cast.parts["sekwan"], uuid.uuid4()
    assert work.dictionary_entry is not None  # noqa: S101 - asked for above
    fields = {
        **as_sent(work),
        "plan_year": running.plan_year,
        "channel": "council",
        "sponsor": "Hj. Nurhayati, Fraksi Maju Daerah",
        "sponsor_reference": f"Reses masa sidang II {running.plan_year - 2}, 9 Februari",
        "agency": work.agency_id,
        "title": f"{work.dictionary_entry.name} hasil reses di {work.village.title}"[:160],
        "dictionary_entry": work.dictionary_entry.code,
        "on_behalf_of": "",
    }
    with clock.telling(at):
        services.save_draft(proposal_id=key, actor=writer, fields=fields)
        services.submit(proposal_id=key, actor=writer)


def look_around() -> None:
    """Look for all pairs at once, so that the lists are full before a worker runs; when everything has been told."""
    for _looked in pairing.find_all(people.DISTRICT):
        pass


def _neighbour(proposal: Proposal, villages: list[Region]) -> Region:
    """Another village of the story, the same sub-district's where there is one."""
    others = [village for village in villages if village.pk != proposal.village_id and village.boundary is not None]
    return next((village for village in others if village.parent_id == proposal.village.parent_id), others[0])


def _ask_again(proposal: Proposal, village: Region, cast: Cast, at: datetime, *, east: float, difference: str = "") -> None:
    """A neighbouring village asks for the same work so many degrees east; where it must, it says what differs."""
    writer, key = cast.facilitators[village.pk], uuid.uuid4()
    place = proposal.location
    assert place is not None, "only what has a place is asked for again"  # noqa: S101 - the query above looked for it
    fields = {
        **as_sent(proposal),
        "village": village.pk,
        "title": f"{proposal.title.split(' Dusun ')[0]} di batas {village.title} dan {proposal.village.title}",
        "locus": f"Batas {village.title}",
        "on_behalf_of": "",
        "location": {"type": "Point", "coordinates": [round(place.x + east, 6), place.y]},
        "mismatch_reason": _WHY_ELSEWHERE,
    }
    with clock.telling(at):
        services.save_draft(proposal_id=key, actor=writer, fields=fields)
        if difference:
            services.judge_resemblance(proposal_id=key, other_id=proposal.pk, actor=writer, verdict="different", difference=difference)
        services.submit(proposal_id=key, actor=writer)
