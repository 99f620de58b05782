"""What the register's tests say over and over: a complete entry, a reason, the road by hand, two at once."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID

from django.db import connection
from django.urls import include, path

from accounts.models import User
from proposals import services
from proposals.models import Proposal
from tests import cast

REASON = "Ruas terakhir sudah dikerjakan dari Dana Desa."

#: The register's own addresses, so that these tests need no other room.
urlpatterns = [path("api/v1/", include("proposals.api.urls")), path("berkas/", include("proposals.papers.urls"))]


def entry(**fields: Any) -> dict[str, Any]:
    """A complete entry as a program sends it; a field given as `...` is left out."""
    whole = {
        "village": cast.VILLAGE,
        "plan_year": 2028,
        "title": "Perbaikan jalan Dusun Karya",
        "problem": "Jalan putus setiap musim hujan.",
        "objective": "Anak sekolah dapat lewat sepanjang tahun.",
        "sector": "road",
        "volume": 500,
        "unit": "m",
        "unit_price": 800_000,
        "locus": "Dusun Karya RT 03",
        "location": {"type": "Point", "coordinates": [109.41, -0.09]},
        "location_source": "map",
        "location_accuracy_m": 6,
        **fields,
    }
    return {name: value for name, value in whole.items() if value is not ...}


def draft(writer: User, **fields: Any) -> Proposal:
    """A draft as its writer saved it."""
    return services.save_draft(proposal_id=uuid.uuid4(), actor=writer, fields=entry(**fields))[0]


def sent(people: cast.Cast, **fields: Any) -> Proposal:
    """A proposal that its facilitator sent to the village."""
    return services.submit(proposal_id=draft(people.facilitator, **fields).pk, actor=people.facilitator).proposal


def move(proposal: Proposal | UUID, name: str, actor: User, **said: Any) -> Proposal:
    """Make a move with whatever version stands, and return the proposal as it stands then."""
    key = proposal.pk if isinstance(proposal, Proposal) else proposal
    version = Proposal.objects.values_list("version", flat=True).get(pk=key)
    services.move(proposal_id=key, name=name, actor=actor, **{"version": version, **said})
    return Proposal.objects.get(pk=key)


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """Do everything at the same moment, each on its own connection; the answers, or what was raised."""
    start = Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=60)
            return job()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [answer.result(timeout=60) for answer in [pool.submit(run, job) for job in jobs]]
