"""What our export writes, our import reads: nothing is lost on the way, in either kind of file."""

import io
import random
from typing import Any

import pytest

from accounts.models import Agency
from geo.models import Region
from proposals import sheets
from proposals.models import Proposal, Recommendation
from proposals.services.import_rights import PLATFORM
from proposals.services.importing import Report, bring_in
from proposals.sheets import exports
from proposals.sheets.form import COLUMNS
from proposals.stages import Outcome
from tests import cast, make
from tests.proposals.sheets import generated

pytestmark = pytest.mark.django_db
#: Names a new installation gives anew: its own keys.
NEW_KEYS = {"id", "source_system", "source_id", "merged_into"}
READ = [column.key for column in COLUMNS if column.is_read and column.key not in NEW_KEYS]


def as_csv() -> bytes:
    return "".join(exports.csv(ordered())).encode()


def as_workbook() -> bytes:
    out = io.BytesIO()
    exports.workbook(ordered(), out)
    return out.getvalue()


def ordered():
    return Proposal.objects.public().order_by("number")


def facts() -> dict[str, dict[str, Any]]:
    """Every proposal by what names it: its source and id, or its own id."""
    return {
        row["source_id"] or row["id"]: {key: row[key] for key in READ} | {"shape": row["shape"] and row["shape"].replace(", ", ",")}
        for row in exports.rows(ordered())
    }


def taken(content: bytes, **options: Any) -> Report:
    sheet = sheets.read_bytes(content, name="usulan")
    return bring_in(sheet=sheet, region=Region.objects.get(pk=cast.HOME), plan_year=2028, authority=PLATFORM, actor=None, **options)


@pytest.fixture
def register(people: cast.Cast):
    cycle = make.cycle()
    entries = [make.dictionary_entry(of=cycle, code=code, name=f"Karya {code}") for code in ("J01", "01.02-3", "kode a")]
    agencies = [people.works_agency, people.farming_agency, Agency.objects.create(region_id=cast.HOME, code="9", name="=Dinas; “Aneh”")]

    def fill(seed: int, count: int = 25) -> None:
        chance = random.Random(seed)  # noqa: S311 - the same rows each time
        for _ in range(count):
            generated.one(chance, cycle, entries, agencies)

    return fill


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("written", [as_csv, as_workbook])
def test_what_goes_out_comes_in_again_without_loss(register, seed: int, written) -> None:
    register(seed)
    before, content = facts(), written()
    Proposal.objects.all().delete()
    report = taken(content)
    assert [fate for fate in report.fates if fate.status != "created"] == []
    assert facts() == before


@pytest.mark.parametrize("written", [as_csv, as_workbook])
def test_the_same_file_again_adds_nothing_and_finds_nothing_different(register, written) -> None:
    register(7)
    count = Proposal.objects.count()
    report = taken(written())
    assert (report.count("unchanged"), report.differing, report.count("created")) == (count, 0, 0)
    assert Proposal.objects.count() == count


def test_what_was_imported_goes_out_under_the_id_it_came_with(register) -> None:
    register(3, 6)
    first = as_csv()
    Proposal.objects.all().delete()
    taken(first)
    report = taken(as_csv())
    assert report.count("unchanged") == 6
    assert taken(first).count("unchanged") == 6


def test_a_merged_proposal_still_points_to_the_one_it_went_into(people: cast.Cast) -> None:
    target = make.proposal(title="Jalan utama Dusun Karya")
    make.proposal(title="Jalan kecil Dusun Karya", outcome=Outcome.MERGED, merged_into=target)
    content = as_csv()
    Proposal.objects.filter(outcome=Outcome.MERGED).delete()
    Proposal.objects.all().delete()
    taken(content)
    merged = Proposal.objects.get(outcome=Outcome.MERGED)
    assert merged.merged_into.title == "Jalan utama Dusun Karya"
    assert merged.descends_to.get().child == merged.merged_into, "the graph of descent tells it too"


def test_every_imported_row_has_its_history(register) -> None:
    register(5, 8)
    content = as_csv()
    Proposal.objects.all().delete()
    taken(content)
    for proposal in Proposal.objects.all():
        assert Recommendation.objects.filter(proposal=proposal).count() == proposal.version


def test_a_dry_run_of_a_whole_register_writes_nothing(register) -> None:
    register(1, 5)
    content = as_workbook()
    Proposal.objects.all().delete()
    report = taken(content, dry_run=True)
    assert (report.count("created"), report.written, Proposal.objects.count()) == (5, False, 0)


def test_a_line_longer_than_a_cell_goes_on_in_the_next_one(people: cast.Cast) -> None:
    from django.contrib.gis.geos import LineString

    west, south = cast.CORNERS[cast.VILLAGE]
    line = LineString([(round(west + 0.001 + step * 0.000008, 6), round(south + 0.01 + (step % 7) * 0.0001, 6)) for step in range(1900)], srid=4326)
    make.proposal(shape=line, shape_measure=5000, location=line[0] and None)
    before, content = facts(), as_workbook()
    Proposal.objects.all().delete()
    taken(content)
    assert [row["shape"] for row in facts().values()] == [row["shape"] for row in before.values()]
