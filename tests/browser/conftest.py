"""The demonstration in the test's database: the real codes of one kabupaten, its sketch, its story."""

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from budgeting.models import AllocationRun
from deliberation.models import Meeting
from musrenbang.demo import people as demo
from musrenbang.demo.stage_play import tell
from proposals.models import Proposal
from proposals.stages import Outcome

_DECREE = Path(settings.BASE_DIR) / "node_modules" / "idn-area-data" / "data"
#: The neighbouring city stays, so that the kabupaten has an outside.
_KEPT = ("61.12", "61.71")


@dataclass(frozen=True)
class Demonstration:
    """Addresses inside the loaded demonstration, by the name of their picture."""

    pages: dict[str, str]
    proposal: Proposal


def _cut_decree(target: Path) -> None:
    """The decree's files with two kabupaten only: a whole country would cost every test its seconds."""
    for name in ("provinces", "regencies", "districts", "villages"):
        with (_DECREE / f"{name}.csv").open(encoding="utf-8", newline="") as source, (target / f"{name}.csv").open("w", newline="") as kept:
            rows = csv.reader(source)
            written = csv.writer(kept)
            written.writerow(next(rows))
            written.writerows(row for row in rows if row[0] == "61" or row[0].startswith(_KEPT))


@pytest.fixture
def demonstration(transactional_db: None, tmp_path: Path, settings: object) -> Demonstration:
    """What `load_demo` loads, in this test's own database and folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    decree = tmp_path / "decree"
    decree.mkdir()
    _cut_decree(decree)
    call_command("load_regions", source=decree)
    tell()
    busiest = Proposal.objects.filter(village_id=demo.VILLAGE, outcome=Outcome.OPEN).order_by("-comments", "number").first()
    funded = Proposal.objects.filter(outcome=Outcome.FUNDED).order_by("number").first()
    run = AllocationRun.objects.get(status="published")
    held = {f"rapat-{one.state}": f"/rapat/{one.pk}/" for one in Meeting.objects.filter(state__in=["open", "closed"])}
    return Demonstration(
        {
            **held,
            "usulan-satu": f"/usulan/{busiest.number}/",
            "usulan-didanai": f"/usulan/{funded.number}/",
            "anggaran-hasil": f"/anggaran/{run.pk}/",
        },
        busiest,
    )
