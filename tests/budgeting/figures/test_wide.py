"""A province and the nation: sums of what their kabupaten were last counted to; nothing invented, nobody recognised, nothing walked."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from accounts import clock
from budgeting.figures import keeping, wide
from budgeting.figures.adding import Part, added
from budgeting.figures.figure import Figure, Missing, Unit
from budgeting.figures.tasks import count_portion
from budgeting.models import KeptFigures
from geo.models import Region
from proposals.stages import Outcome
from tests import cast, make

API = "/api/v1/figures"


def of(*parts: Part) -> dict[str, Figure]:
    return {figure.code: figure for figure in added(parts)}


def part(code: str, n: int | None, d: int | None, missing: Missing | None = None, **notes: int) -> Part:
    return Part({code: Figure(code, Unit.PERCENT, n, d, None, missing, notes)})


def test_parts_and_wholes_are_added_before_they_are_divided():
    told = of(part("coverage", 1, 2), part("coverage", 1, 8))["coverage"]
    assert (told.numerator, told.denominator, told.value) == (2, 10, 20), "and not the middle of 50 and 12.5 per cent"
    assert of(part("participation", 5, 2000), part("participation", 7, 1000))["participation"].value == 4


def test_who_is_held_back_in_a_kabupaten_is_not_in_the_sum_either():
    told = of(part("women_came", 30, 50), part("women_came", None, None, Missing.FEW))["women_came"]
    assert (told.numerator, told.denominator, told.notes) == (30, 50, {"held_back": 1})
    assert of(part("women_came", None, None, Missing.FEW))["women_came"].missing is Missing.FEW


def test_the_middle_is_found_among_all_and_what_cannot_be_added_says_so():
    told = of(Part({}, {0: 3}), Part({}, {4: 2, 6: 2}))
    assert (told["waiting"].value, told["waiting"].denominator) == (4, 7)
    assert {told[code].missing for code in ("poverty_1", "concentration", "delay")} == {Missing.ONLY_DISTRICT}
    assert of()["coverage"].missing is Missing.NOT_COUNTED


def test_notes_are_added_and_a_kabupatens_own_rule_is_not():
    told = of(part("geotag", 1, 2, unbounded=3, answer_days=14), part("geotag", 1, 2, unbounded=4))["geotag"]
    assert told.notes == {"unbounded": 7}


@pytest.fixture
def counted(people):
    """Two kabupaten of the province with a plan year each: one village of seven asks, and one of one."""
    make.proposal(of=make.cycle(), raised_by_women=True)
    there = make.cycle(region=cast.ELSEWHERE)
    make.proposal(of=there, village=cast.FOREIGN_VILLAGE, outcome=Outcome.FUNDED, stage="works", amount=7_000_000)
    call_command("count_figures")


@pytest.mark.django_db
def test_a_province_is_the_sum_of_its_kabupaten_and_the_nation_of_its_provinces(counted):
    for region, below in (("61", cast.HOME), (wide.NATION, "61")):
        told = Client().get(f"{API}/?region={region}&plan_year=2028").json()
        assert told["counted"] == 2
        figures = {one["code"]: one for one in told["figures"]}
        asked = figures["women_asked"]
        assert (asked["numerator"], asked["denominator"], asked["value"]) == (1, 2, 50.0)
        assert figures["poverty_1"]["missing"] == "only_district"
        assert below in [one["region"] for one in told["below"]]


@pytest.mark.django_db
def test_the_page_and_the_file_of_a_province_tell_the_same_and_how_many_kabupaten_are_in_it(counted):
    page = Client().get("/anggaran/angka/?region=61&plan_year=2028").content.decode()
    assert "Dijumlahkan dari 2 di antara" in page
    assert "1 usulan dari perempuan dari 2 usulan" in page
    assert f"?region={cast.HOME}&amp;plan_year=2028" in page
    rows = list(csv.DictReader(io.StringIO(Client().get(f"{API}.csv?region=61").content.decode().removeprefix("\ufeff"))))
    asked = next(row for row in rows if row["kode_wilayah"] == "61" and row["angka"] == "women_asked")
    assert (asked["pembilang"], asked["penyebut"]) == ("1", "2")


@pytest.mark.django_db
def test_a_province_that_was_never_counted_has_an_empty_page_and_no_answer_for_programs(people):
    assert 'class="empty"' in Client().get("/anggaran/angka/?region=61").content.decode()
    assert Client().get(f"{API}/?region=61").status_code == 404
    assert [Client().get(f"{API}/?region={code}").status_code for code in ("99", "6", "nusantara")] == [404, 400, 400]


@pytest.mark.django_db
def test_the_nation_costs_the_same_questions_for_two_kabupaten_as_for_thirty(counted):
    def asked() -> int:
        with CaptureQueriesContext(connection) as told:
            wide.told(wide.nation(), 2028)
        return len(told)

    few = asked()
    for number in range(28):
        region = Region.objects.create(code=f"62.{number + 1:02}", name=f"Kabupaten {number}", kind="Kabupaten", level="district")
        KeptFigures.objects.create(cycle=make.cycle(region=region.pk), figures={"coverage": {"n": 1, "d": 2}}, counted_at=clock.now())
    assert asked() == few <= 4
    told = wide.told(wide.nation(), 2028)
    assert (told.counted.districts, {figure.code: figure for figure in told.figures}["coverage"].numerator) == (30, 30)


@pytest.mark.django_db
def test_only_old_counts_are_counted_anew_and_a_worker_comes_back(counted):
    assert keeping.count_due() == 0
    KeptFigures.objects.filter(cycle__region=cast.HOME).update(counted_at=clock.now() - timedelta(days=1))
    assert [cycle.region_id for cycle in keeping.due()] == [cast.HOME]
    DBTaskResult.objects.all().delete()
    assert count_portion.func() == 1
    assert DBTaskResult.objects.filter(task_path=count_portion.module_path).count() == 1


def _asked_of_workers() -> list[bool]:
    """Of each count that waits for a worker: whether it waits for the morning."""
    waiting = DBTaskResult.objects.filter(task_path=count_portion.module_path).order_by("run_after")
    return [one.task_result.task.run_after is not None for one in waiting]


@pytest.mark.django_db
def test_a_kabupaten_that_cannot_be_counted_keeps_neither_the_others_waiting_nor_the_next_morning(counted, monkeypatch):
    KeptFigures.objects.update(counted_at=clock.now() - timedelta(days=1))
    KeptFigures.objects.filter(cycle__region=cast.HOME).update(counted_at=clock.now() - timedelta(days=2))
    DBTaskResult.objects.all().delete()
    count = keeping.facts_of

    def fails_at_home(region, cycle):
        if region.pk == cast.HOME:
            raise ValueError("a window without a rule")
        return count(region, cycle)

    monkeypatch.setattr(keeping, "facts_of", fails_at_home)
    assert count_portion.func() == 1, "the other one, although the broken one waits longest"
    assert [cycle.region_id for cycle in keeping.due()] == [cast.HOME]
    DBTaskResult.objects.all().delete()
    assert count_portion.func() == 0
    assert _asked_of_workers() == [True], "tomorrow, and not at once for ever"


@pytest.mark.django_db
def test_who_asks_now_is_not_put_off_to_the_morning_that_waits_already(counted):
    assert _asked_of_workers() == [True]
    for _again in range(2):
        call_command("count_figures", ask=True)
    assert _asked_of_workers() == [True, False]
