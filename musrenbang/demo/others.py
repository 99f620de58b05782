"""Programmes of others in the demonstration: a council member's, an agency's and a mandatory one, beside what villages ask for.

The council member heard in the home village what the village has sent in itself: the same work at the same place, by two
doors, as it happens every year. The page of similar proposals shows both.
"""

import uuid
from datetime import datetime, timedelta
from typing import Any

from accounts import clock
from accounts.models import User
from musrenbang.demo import people
from musrenbang.demo.cast import Cast
from proposals import services
from proposals.models import Cycle, Proposal


def tell(cycle: Cycle, cast: Cast, at: datetime) -> None:
    """Each is written and sent in by who answers for its channel."""
    twin = _asked_by_the_home_village(cycle)
    _send(cast.parts["sekwan"], at, _pokir(cycle, twin), same_as=twin)
    _send(cast.parts["dinas"], at + timedelta(days=2), _agency_plan(cycle, cast))
    _send(cast.parts["bappeda"], at + timedelta(days=4), _mandatory(cycle))


def _send(writer: User, at: datetime, fields: dict[str, Any], *, same_as: Proposal | None = None) -> None:
    with clock.telling(at):
        programme, _is_new = services.save_draft(proposal_id=uuid.uuid4(), actor=writer, fields=fields)
        if same_as is not None:
            services.judge_resemblance(proposal_id=programme.pk, other_id=same_as.pk, actor=writer, verdict="same")
    with clock.telling(at + timedelta(hours=3)):
        services.submit(proposal_id=programme.pk, actor=writer, version=None)


def _asked_by_the_home_village(cycle: Cycle) -> Proposal:
    twin = (
        Proposal.objects.filter(cycle=cycle, village=people.VILLAGE, dictionary_entry__isnull=False, number__isnull=False).order_by("number").first()
    )
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
