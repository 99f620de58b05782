"""Codes, documents and references of a line are written as the budget writes them, and belong to each other."""

import pytest

from accounts import clock
from accounts.refusals import Invalid
from budgeting.models import FundedWork
from budgeting.works import handing_over, lines, reporting
from tests.budgeting.works.conftest import said


def _change(people, work, **sent):
    work.refresh_from_db()
    return lines.change_line(work_id=work.pk, actor=people.agency_officer, version=work.version, sent=sent)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sent",
    [
        {"programme_code": "5.01.02", "activity_code": "5.01.02.2.01", "sub_activity_code": "5.01.02.2.01.05"},
        {"sub_activity_code": "1.03.02.2.01.0047"},
        {"programme_code": "02", "activity_code": "02.03", "sub_activity_code": "02.03.10"},
        {"budget_document": "DPA/A.1/1.03.0.00/001/2028", "procurement_reference": "48213377"},
    ],
)
def test_codes_of_kabupaten_and_village_budgets_are_kept(people, road, sent):
    changed = _change(people, road, **sent)
    assert {name: getattr(changed, name) for name in sent} == sent


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"programme_code": "Jalan"}, "programme_code"),
        ({"programme_code": "5.1.2"}, "programme_code"),
        ({"activity_code": "5.01.02"}, "activity_code"),
        ({"sub_activity_code": "5.01.02.2.01.05.06"}, "sub_activity_code"),
        ({"programme_code": "5.01.02", "activity_code": "1.03.02.2.01"}, "activity_code"),
        ({"activity_code": "5.01.02.2.01", "sub_activity_code": "5.01.02.2.02.05"}, "sub_activity_code"),
        ({"budget_document": "DPA"}, "budget_document"),
        ({"procurement_reference": "belum ada"}, "procurement_reference"),
    ],
)
def test_what_is_no_code_or_belongs_to_another_is_refused_by_its_field(people, road, sent, field):
    with pytest.raises(Invalid) as refused:
        _change(people, road, **sent)
    assert list(refused.value.fields) == [field]


@pytest.mark.django_db
def test_an_old_code_in_another_form_hinders_no_other_change(people, road):
    FundedWork.objects.filter(pk=road.pk).update(programme_code="JLN-7", budget_document="lama")
    assert _change(people, road, provider="CV Karya").programme_code == "JLN-7"


@pytest.mark.django_db
@pytest.mark.parametrize(("changed", "field"), [({"document": "BAST"}, "handover_document"), ({"on": "2001-01-01"}, "handed_over_on")])
def test_a_handover_has_a_number_and_a_day_after_the_start(people, road, changed, field):
    reporting.report(work_id=road.pk, actor=people.agency_officer, **said(physical_percent=100))
    given = {"on": clock.today().isoformat(), "document": "BAST/12/2027", "to": "Pemerintah Desa Kapur"}
    with pytest.raises(Invalid) as refused:
        handing_over.hand_over(work_id=road.pk, actor=people.agency_officer, **{**given, **changed})
    assert list(refused.value.fields) == [field]
