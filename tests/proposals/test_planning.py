"""A plan year is opened by the kabupaten's planner, once, whole, with dates that make sense."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Refusal
from proposals.models import Cycle
from proposals.services.planning import Window, open_plan_year
from proposals.stages import Stage
from tests import cast

WINDOWS = [
    Window(Stage.VILLAGE, date(2026, 7, 1), date(2026, 9, 30)),
    Window(Stage.SUBDISTRICT, date(2027, 2, 1), date(2027, 2, 12)),
    Window(Stage.BUDGET, date(2027, 4, 1), date(2027, 11, 30)),
    Window(Stage.WORKS),
    Window(Stage.DONE),
]


def _open(person, **changes):
    return open_plan_year(
        **{"actor": person, "region_code": cast.HOME, "plan_year": 2028, "windows": WINDOWS, "legal_basis": "Perbup 1/2026", **changes}
    )


def test_the_stages_keep_the_kabupatens_own_order_and_last_days_count_whole(people):
    cycle = _open(people.planner)
    assert cycle.order() == (Stage.VILLAGE, Stage.SUBDISTRICT, Stage.BUDGET, Stage.WORKS, Stage.DONE)
    window = cycle.window(Stage.VILLAGE)
    assert window is not None
    assert window.closes_at.astimezone().isoformat() > "2026-09-30T16"
    assert cycle.support_closes_at > window.closes_at
    assert AuditEntry.objects.filter(action="proposals.cycle.open", subject=f"cycle:{cycle.pk}").count() == 1


@pytest.mark.parametrize("who", ["resident", "facilitator", "budget_team", "foreign_planner", "stranger"])
def test_only_the_planner_of_this_kabupaten_opens_it(people, who):
    with pytest.raises(Refusal):
        _open(getattr(people, who))
    assert not Cycle.objects.exists()


def test_a_year_is_opened_once(people):
    _open(people.planner)
    with pytest.raises(Conflict):
        _open(people.second_planner)
    assert Cycle.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("plan_year", {"plan_year": 28}),
        ("legal_basis", {"legal_basis": "  "}),
        ("windows", {"windows": WINDOWS[1:]}),
        ("windows", {"windows": [*WINDOWS, WINDOWS[0]]}),
        ("windows", {"windows": [WINDOWS[1], WINDOWS[0], *WINDOWS[2:]]}),
        ("windows", {"windows": [Window(Stage.VILLAGE, date(2026, 7, 2), date(2026, 7, 1)), *WINDOWS[1:]]}),
    ],
)
def test_what_does_not_make_sense_is_named(people, field, changes):
    with pytest.raises(Invalid) as refused:
        _open(people.planner, **changes)
    assert list(refused.value.fields) == [field]
    assert not Cycle.objects.exists()


def test_a_kecamatan_has_no_plan_year_of_its_own(people):
    with pytest.raises(Invalid) as refused:
        _open(people.planner, region_code=cast.SUBDISTRICT)
    assert list(refused.value.fields) == ["region"]


def test_the_command_opens_it_and_says_why_not(people):
    said = StringIO()
    stages = ["village:2026-07-01:2026-09-30", "budget:2027-04-01:2027-11-30", "works", "done"]
    words = ["61.12", "2028", "--as", "planner", "--basis", "Perbup 1/2026", *(word for stage in stages for word in ("--stage", stage))]
    call_command("open_plan_year", *words, stdout=said)
    assert said.getvalue() == "61.12 2028: open with 4 stages\n"
    with pytest.raises(CommandError, match="2028"):
        call_command("open_plan_year", *words)
