"""Programmes of others in the demonstration: a council member's, an agency's and a mandatory one, beside what villages ask for.

The council member heard in the home village what the village has sent in itself: the same work at the same place, by two
doors, as it happens every year. The page of similar proposals shows both.
"""

import uuid
from datetime import datetime, timedelta
from typing import Any

from accounts import clock
from accounts.models import User
from deliberation import services as talk
from geo.models import Region
from musrenbang.demo import people, story
from musrenbang.demo.cast import Cast
from proposals import services
from proposals.models import Cycle, DictionaryEntry, Proposal
from proposals.stages import Stage


def tell(cycle: Cycle, cast: Cast, at: datetime) -> None:
    """Each is written and sent in by who answers for its channel."""
    twin = _asked_by_the_home_village(cycle)
    pokir = _send(cast.parts["sekwan"], at, _pokir(cycle, twin), same_as=twin)
    # both then wait for the same money: the form of a run offers them as a pair of which one is paid
    if twin.stage == Stage.BUDGET:
        story.travel(pokir, (Stage.BUDGET, ""), cast, at, timedelta(days=4), since=Stage(pokir.stage))
    _send(cast.parts["dinas"], at + timedelta(days=2), _agency_plan(cycle, cast))
    _send(cast.parts["bappeda"], at + timedelta(days=4), _mandatory(cycle))


def last_year(cycle: Cycle, cast: Cast, at: datetime) -> None:
    """A council member's item that found its money beside the villages', and a village's wish that had waited two years for it."""
    village = Region.objects.get(pk=people.VILLAGE)
    _work, asked = story.entry(cycle, village, 50)
    fields = {
        **asked,
        "channel": "council",
        "sponsor": "Hj. Nurhayati, Fraksi Bahari Sejahtera",
        "sponsor_reference": f"Reses masa sidang II {cycle.plan_year - 2}, 9 Juni",
        "agency": DictionaryEntry.objects.get(cycle=cycle, code=asked["dictionary_entry"]).agency_id,
        "on_behalf_of": "",
    }
    pokir = _send(cast.parts["sekwan"], at, fields)
    with clock.telling(at + timedelta(days=3)):
        for neighbour in cast.neighbours[people.VILLAGE][:8]:
            talk.support(proposal_id=pokir.pk, actor=neighbour)
    story.travel(pokir, (Stage.BUDGET, ""), cast, at - timedelta(days=27), timedelta(days=40), since=Stage(pokir.stage))
    # the village's own register on paper knows it from two years before: such wishes come in by sheet with their first year
    waiting = Proposal.objects.filter(cycle=cycle, channel="village", stage=Stage.BUDGET).exclude(village=people.VILLAGE)
    wanted = waiting.order_by("-supports", "number").first()
    if wanted is not None:
        Proposal.objects.filter(pk=wanted.pk).update(first_asked_year=cycle.plan_year - 2)


def _send(writer: User, at: datetime, fields: dict[str, Any], *, same_as: Proposal | None = None) -> Proposal:
    with clock.telling(at):
        programme, _is_new = services.save_draft(proposal_id=uuid.uuid4(), actor=writer, fields=fields)
        if same_as is not None:
            services.judge_resemblance(proposal_id=programme.pk, other_id=same_as.pk, actor=writer, verdict="same")
    with clock.telling(at + timedelta(hours=3)):
        services.submit(proposal_id=programme.pk, actor=writer, version=None)
    return Proposal.objects.get(pk=programme.pk)


def _asked_by_the_home_village(cycle: Cycle) -> Proposal:
    asked = Proposal.objects.filter(cycle=cycle, village=people.VILLAGE, dictionary_entry__isnull=False, number__isnull=False).order_by("number")
    twin = asked.filter(stage=Stage.BUDGET).first() or asked.first()
    assert twin is not None, "the home village has asked for something by now"  # noqa: S101 - the story's order
    return twin


def _pokir(cycle: Cycle, twin: Proposal) -> dict[str, Any]:
    """What the home village asks for, heard by a council member at the same place."""
    assert twin.dictionary_entry is not None  # noqa: S101 - the query asked for it
    return {
        "channel": "council",
        "sponsor": "H. Syarif Abdullah, Fraksi Karya Bersama",
        "sponsor_reference": f"Reses masa sidang I {cycle.plan_year - 2}, 14 Oktober",
        "agency": twin.agency_id,
        "village": people.VILLAGE,
        "plan_year": cycle.plan_year,
        "title": f"{twin.dictionary_entry.name} hasil reses di Punggur Besar"[:160],
        "problem": twin.problem,
        "objective": twin.objective,
        "dictionary_entry": twin.dictionary_entry.code,
        "volume": str(twin.volume),
        "unit": twin.unit,
        "unit_price": twin.unit_price,
        "locus": twin.locus,
        "location": [twin.location.x, twin.location.y] if twin.location else None,
        "location_source": "map",
    }


def _agency_plan(cycle: Cycle, cast: Cast) -> dict[str, Any]:
    return {
        "channel": "agency",
        "sponsor": "Dinas PUPR Kabupaten Kubu Raya",
        "sponsor_reference": "Renja 1.03.10.2.01.0005",
        "agency": next(iter(cast.parts["dinas"].assignments.values_list("agency_id", flat=True))),
        "village": people.SUBDISTRICT,
        "plan_year": cycle.plan_year,
        "title": "Pemeliharaan berkala jalan poros kecamatan",
        "problem": "Jalan poros kecamatan dilalui angkutan hasil panen dan mulai bergelombang.",
        "objective": "Jalan poros tetap mantap dan tidak perlu dibangun ulang.",
        "sector": "road",
        "volume": "3200",
        "unit": "m",
        "unit_price": 410_000,
        "locus": "Jalan poros kecamatan, dari simpang pasar ke dermaga",
    }


def _mandatory(cycle: Cycle) -> dict[str, Any]:
    return {
        "channel": "mandatory",
        "sponsor": "Pemerintah Kabupaten Kubu Raya",
        "sponsor_reference": "Standar pelayanan minimal air minum",
        "village": people.DISTRICT,
        "plan_year": cycle.plan_year,
        "title": "Pemenuhan standar pelayanan minimal air minum",
        "problem": "Sebagian rumah tangga belum terjangkau air minum yang layak.",
        "objective": "Setiap rumah tangga memperoleh air minum yang layak.",
        "sector": "water",
        "volume": "1",
        "unit": "paket",
        "unit_price": 950_000_000,
        "locus": "Seluruh kabupaten, desa tepi sungai lebih dahulu",
    }
