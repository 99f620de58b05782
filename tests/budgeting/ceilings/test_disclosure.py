"""What a stranger reads of a tree: nothing of what was never published, and no cell that a spreadsheet runs."""

from types import SimpleNamespace
from typing import Any

import pytest

from budgeting import selectors, services
from budgeting.ceilings import formula_sheet
from tests.budgeting.ceilings.conftest import MILLION, setting


@pytest.mark.django_db
def test_a_part_that_was_never_published_is_told_by_no_sum(people, tree):
    """What is handed down, less the published parts, would be the draft's amount to the rupiah."""
    draft = {"version": None, "agency_id": people.works_agency.pk, "parent_id": tree.whole.pk, "amount": 77 * MILLION, "reserve": 0}
    services.set_ceiling(actor=people.planner, **{**setting(tree.whole), **draft})
    services.set_ceiling(actor=people.planner, **setting(tree.first, amount=311 * MILLION))
    told = [selectors.ceiling(who, tree.whole.pk) for who in (people.resident, people.foreign_planner, people.planner)]
    assert [(one.handed // MILLION, one.balance // MILLION) for one in told] == [(500, 400), (500, 400), (588, 312)]


def test_a_sheet_to_fill_in_runs_no_formula_and_comes_back_as_it_was():
    place: Any = SimpleNamespace(pk="61.12.01", title="+Sungai Raya")
    variables = [{"key": "v", "name": "=HYPERLINK(1)"}]
    text = formula_sheet.blank([place], {"variables": variables, "values": {}, "rewards": {}})
    assert text.splitlines()[1:] == ["61.12.01,'+Sungai Raya,,"]
    assert "'=HYPERLINK(1)" in text
    filled = text.replace("Raya,,", "Raya,5,").encode()
    assert formula_sheet.read(filled, [place], variables)[0] == {"61.12.01": {"v": "5"}}
