"""Reports of progress: who may, what they must say, and what the work shows afterwards."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection

from accounts import clock
from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Refusal
from budgeting.models import Progress
from budgeting.works import lines, reporting
from proposals.models import Recommendation
from proposals.stages import Realisation
from tests.budgeting.works.conftest import said

pytestmark = pytest.mark.django_db


def report(people, work, by="agency_officer", **fields):
    return reporting.report(work_id=work.pk, actor=getattr(people, by), **said(**fields))


def test_the_first_report_starts_the_work_and_its_numbers_stand_on_it(people, work):
    made, is_new = report(people, work)
    work.refresh_from_db()
    assert is_new
    assert (work.realisation, float(work.physical_percent), work.paid) == (Realisation.UNDER_WAY, 50, 200_000_000)
    assert work.heard_on == clock.today()
    assert made.reported_role == "agency_officer"
    assert AuditEntry.objects.filter(action="budgeting.work.report", subject=f"work:{work.pk}").count() == 1


def test_the_proposal_goes_along_with_its_work(people, bridge):
    report(people, bridge)
    bridge.proposal.refresh_from_db()
    assert bridge.proposal.realisation == Realisation.UNDER_WAY
    assert Recommendation.objects.filter(proposal=bridge.proposal, move="start").count() == 1


def test_the_same_report_sent_twice_is_one(people, road):
    sent = said()
    first, is_new = reporting.report(work_id=road.pk, actor=people.planner, **sent)
    again, is_new_again = reporting.report(work_id=road.pk, actor=people.planner, **sent)
    assert (first.pk, is_new, is_new_again) == (again.pk, True, False)
    with pytest.raises(Conflict):
        reporting.report(work_id=road.pk, actor=people.planner, **{**sent, "physical_percent": 60})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("physical_percent", 101),
        ("physical_percent", "abc"),
        ("physical_percent", -1),
        ("physical_percent", True),
        ("physical_percent", 12.345),
        ("physical_percent", "NaN"),
        ("paid", -1),
        ("paid", 1.5),
        ("paid", "banyak"),
        ("paid", None),
        ("as_of", "31-02-2026"),
        ("as_of", ""),
        ("id", "satu"),
        ("note", "x" * 1001),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(people, road, field, value):
    with pytest.raises(Invalid) as refusal:
        report(people, road, **{field: value})
    assert list(refusal.value.fields) == [field]
    assert not Progress.objects.exists()


def test_a_report_tells_of_a_day_that_has_come_and_not_of_one_before_the_start(people, road):
    for day in (clock.today() + timedelta(days=1), clock.today() - timedelta(days=31)):
        with pytest.raises(Invalid) as refusal:
            report(people, road, as_of=day.isoformat())
        assert list(refusal.value.fields) == ["as_of"]


@pytest.mark.parametrize("later", [{"physical_percent": 40}, {"paid": 100_000_000}, {"paid": 500_000_001}], ids=["fall", "less_paid", "over_budget"])
def test_a_fall_and_a_payment_above_the_budget_need_a_word(people, road, later):
    report(people, road)
    with pytest.raises(Invalid) as refusal:
        report(people, road, **later)
    assert list(refusal.value.fields) == ["note"]
    assert report(people, road, note="Pengukuran ulang bersama warga.", **later)[1]


def test_an_older_report_that_comes_later_does_not_take_the_newer_ones_place(people, road):
    report(people, road)
    report(people, road, physical_percent=10, paid=0, as_of=(clock.today() - timedelta(days=20)).isoformat())
    road.refresh_from_db()
    assert float(road.physical_percent) == 50


@pytest.mark.parametrize(
    ("who", "status"), [("stranger", 401), ("resident", 403), ("other_agency_officer", 403), ("foreign_planner", 403), ("facilitator", 403)]
)
def test_who_does_not_build_it_does_not_report(people, work, who, status):
    with pytest.raises(Refusal) as refusal:
        report(people, work, by=who)
    assert refusal.value.status == status
    assert not Progress.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_send_the_same_report_at_once_make_one(people, bridge):
    sent, seen = said(), []

    def send():
        try:
            seen.append(reporting.report(work_id=bridge.pk, actor=people.planner, **sent)[1])
        finally:
            connection.close()

    both = [threading.Thread(target=send) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(seen) == [False, True]
    assert Recommendation.objects.filter(move="start").count() == 1


def test_a_line_without_a_proposal_is_put_once_and_changed_at_its_version(people):
    key = uuid.uuid4()
    sent = {"plan_year": 2027, "region": "61.12.01", "title": "Drainase induk", "origin": "unknown", "funding_source": "district_budget"}
    sent |= {"agency": people.works_agency.pk, "amount": 900_000_000}
    _work, is_new = lines.put_line(work_id=key, actor=people.agency_officer, sent=sent)
    assert is_new
    assert not lines.put_line(work_id=key, actor=people.agency_officer, sent=sent)[1]
    with pytest.raises(Conflict):
        lines.put_line(work_id=key, actor=people.agency_officer, sent={**sent, "amount": 1})
    changed = lines.change_line(work_id=key, actor=people.planner, version=1, sent={"budget_document": "DPA/1.03/2027", "planned_end": "2027-08-01"})
    assert (changed.version, changed.budget_document) == (2, "DPA/1.03/2027")
    with pytest.raises(Conflict):
        lines.change_line(work_id=key, actor=people.planner, version=1, sent={"provider": "CV Karya"})
    with pytest.raises(Refusal):
        lines.change_line(work_id=key, actor=people.other_agency_officer, version=2, sent={"provider": "CV Karya"})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", "1,5"),
        ("amount", 0),
        ("plan_year", "2027"),
        ("region", "61.12.99"),
        ("origin", "village"),
        ("funding_source", "kas"),
        ("title", " "),
        ("agency", 999_999),
        ("sector", "x"),
        ("planned_end", "2020-01-01"),
        ("location", {"type": "Point", "coordinates": [0, 0]}),
    ],
)
def test_a_line_that_cannot_be_is_refused_by_its_field(people, field, value):
    sent = {"plan_year": 2027, "region": "61.12.01", "title": "Drainase induk", "origin": "agency", "origin_reference": "Renja"}
    sent |= {"funding_source": "district_budget", "agency": people.works_agency.pk, "amount": 900_000_000, "planned_start": "2027-03-01"}
    with pytest.raises(Invalid) as refusal:
        lines.put_line(work_id=uuid.uuid4(), actor=people.planner, sent={**sent, field: value})
    assert field in refusal.value.fields
