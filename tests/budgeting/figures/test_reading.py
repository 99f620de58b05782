"""The figures of a small plan year, each counted by hand from the rows of conftest; and what they cost."""

import csv
import io

import pytest
from django.test import Client

from accounts.refusals import Invalid, Missing
from budgeting.figures import reading
from budgeting.figures.files import COLUMNS
from budgeting.figures.telling import rounded
from geo.models import Region
from tests import cast, make

pytestmark = pytest.mark.django_db
API = "/api/v1/figures"

#: Code: numerator, denominator, value as it is told. Seven villages, eight proposals, a thousand million rupiah.
BY_HAND = {
    "coverage": (4, 7, "57.1"),  # Kapur, Arang, Mekar, Kalimas
    "geotag": (6, 7, "85.7"),  # one lies elsewhere, one village has no boundary
    "soft": (1, 2, "50.0"),
    "accommodation": (2, 3, "66.7"),  # forwarded by the sub-district: road, training, agency; the last is not in the plan
    "answered": (3, 5, "60.0"),  # training came late, Mekar's never; the withdrawn one is nobody's debt
    "rejected": (1, 2, "50.0"),
    "waiting": (None, 2, "1.0"),  # two years and none
    "waiting_long": (1, 3, "33.3"),
    "ghost": (300_000_000, 1_000_000_000, "30.0"),
    "realisation": (1, 4, "25.0"),
    "soft_money": (0, 400_000_000, "0.0"),
    "women_came": (7, 12, "58.3"),
    "women_asked": (1, 8, "12.5"),
    "women_given": (400_000_000, 500_000_000, "80.0"),
    "participation": (6, 2500, "2.4"),
    "quorum": (1, 2, "50.0"),
    "recount": (1, 2, "50.0"),
    "delay": (None, 3, "14400"),
}


@pytest.fixture
def world(register, money, talk, meetings, boxes):
    """Everything at once."""


def figures(code: str = cast.HOME) -> dict:
    region = reading.region_of(code)
    return {figure.code: figure for figure in reading.told(region, reading.cycle_of(region, "2028")).figures}


def test_every_figure_is_what_a_hand_counts(world):
    found = figures()
    told = {code: (found[code].numerator, found[code].denominator, str(rounded(found[code]))) for code in BY_HAND}
    assert told == BY_HAND
    assert found["geotag"].notes == {"unbounded": 1}
    assert found["soft"].notes == {"unknown_kind": 6}
    assert found["recount"].notes == {"sheets_off": 1}


def test_a_sub_district_counts_its_own_alone(world):
    found = figures(cast.OTHER_SUBDISTRICT)
    assert (found["coverage"].numerator, found["coverage"].denominator) == (1, 3)
    assert (found["ghost"].numerator, found["ghost"].denominator) == (0, 100_000_000)
    assert found["women_came"].missing == "no_meeting"


def test_an_empty_year_has_reasons_and_no_zeros(people):
    make.cycle()
    found = figures()
    assert {code for code, figure in found.items() if figure.value is not None} == {"coverage"}
    assert {figure.missing for figure in found.values()} > {"no_lines", "no_capture", "no_population"}


def test_few_who_take_part_are_held_back(people, plan, register):
    Region.objects.filter(pk=cast.VILLAGE).update(population=1000)
    assert figures()["participation"].value == 0, "nobody at all points at nobody"
    from deliberation.models import Support

    Support.objects.create(proposal=register.road, user=people.resident, residency=people.resident.residencies.get(), at=register.road.created_at)
    assert figures()["participation"].missing == "few"


def test_another_year_and_another_kabupaten_count_for_themselves(world):
    make.proposal(of=make.cycle(plan_year=2029))
    make.proposal(village=cast.FOREIGN_VILLAGE)
    assert figures()["women_asked"].denominator == 8


def test_the_page_and_the_program_ask_the_same_few_questions_however_much_there_is(world, plan, django_assert_num_queries):
    region = reading.region_of(cast.HOME)
    cycle = reading.cycle_of(region, "2028")
    with django_assert_num_queries(11):
        reading.told(region, cycle)
    make.proposals(30, of=plan)
    with django_assert_num_queries(11):
        reading.told(region, cycle)


def test_a_region_or_year_that_cannot_be_told_is_refused(people):
    make.cycle()
    for code in ("61", "apa", "61.12.01.20011"):
        with pytest.raises(Invalid):
            reading.region_of(code)
    with pytest.raises(Missing):
        reading.region_of("61.13")
    region = reading.region_of("")
    assert region.pk == cast.HOME
    with pytest.raises(Invalid):
        reading.cycle_of(region, "dua ribu")
    with pytest.raises(Missing):
        reading.cycle_of(region, "2040")


def test_programs_read_the_same_facts(world):
    told = Client().get(f"{API}/?region={cast.HOME}&plan_year=2028").json()
    by_code = {figure["code"]: figure for figure in told["figures"]}
    assert (by_code["ghost"]["value"], by_code["ghost"]["numerator"], by_code["ghost"]["unit"]) == (30.0, 300_000_000, "percent")
    assert (by_code["poverty_1"]["value"], by_code["poverty_1"]["missing"]) == (None, "no_poverty")
    assert by_code["poverty_1"]["missing_because"]
    below = {one["region"]: {figure["code"]: figure["value"] for figure in one["figures"]} for one in told["below"]}
    assert below[cast.OTHER_SUBDISTRICT]["coverage"] == 33.3
    assert Client().get(f"{API}/?region=6").status_code == 400
    assert Client().get(f"{API}/?plan_year=2040").status_code == 404


def test_the_file_has_a_line_a_figure_with_its_definition(world):
    text = Client().get(f"{API}.csv?region={cast.HOME}&plan_year=2028").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    own = {row["angka"]: row for row in rows if row["kode_wilayah"] == cast.HOME}
    assert list(rows[0]) == list(COLUMNS)
    assert (own["answered"]["pembilang"], own["answered"]["penyebut"], own["answered"]["nilai"]) == ("3", "5", "60.0")
    assert (own["poverty_1"]["nilai"], own["poverty_1"]["belum_ada_karena"] != "") == ("", True)
    assert all(row["definisi"] and row["sumber"] for row in rows)
