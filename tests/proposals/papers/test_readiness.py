"""The law of the checklist, pure: which papers are asked of which works, and from which stage they hold a proposal back."""

import pytest

from proposals.papers.readiness import Answer, Asked, Land, State, checklist, holding_back, missing
from proposals.stages import Stage

PHOTO = Asked("photo", gate=Stage.SUBDISTRICT)
LAND = Asked("land_evidence", work_kind="physical", gate=Stage.SUBDISTRICT)
PLAN = Asked("cost_plan", work_kind="physical", gate=Stage.AGENCY)
RECORD = Asked("meeting_record")


def _list(*asked, work_kind="physical", sector="road", held=None, answers=None, land_owner=""):
    return checklist(asked, work_kind=work_kind, sector=sector, held=held or {}, answers=answers or {}, land_owner=land_owner)


def test_a_year_that_asks_for_nothing_holds_nothing_back():
    assert _list() == []
    assert holding_back(_list(), Stage.DISTRICT) == []


@pytest.mark.parametrize(
    ("stage", "held_back_by"),
    [
        (Stage.VILLAGE, []),
        (Stage.SUBDISTRICT, ["photo", "land_evidence"]),
        (Stage.AGENCY, ["photo", "land_evidence", "cost_plan"]),
        (Stage.DISTRICT, ["photo", "land_evidence", "cost_plan"]),
    ],
)
def test_a_gate_holds_from_its_stage_on(stage, held_back_by):
    assert [item.document for item in holding_back(_list(PHOTO, LAND, PLAN, RECORD), stage)] == held_back_by


def test_what_is_only_asked_for_is_missing_but_holds_nothing_back():
    items = _list(RECORD)
    assert [item.state for item in items] == [State.MISSING]
    assert (holding_back(items, Stage.DISTRICT), len(missing(items))) == ([], 1)


def test_a_file_or_an_answer_opens_the_gate():
    assert holding_back(_list(PHOTO, held={"photo": 2}), Stage.SUBDISTRICT) == []
    answered = _list(LAND, answers={"land_evidence": Answer("Di badan jalan desa.")})
    assert (answered[0].state, holding_back(answered, Stage.SUBDISTRICT)) == (State.NOT_APPLICABLE, [])


def test_a_refused_answer_is_no_answer_but_a_file_still_is_one():
    refused = {"land_evidence": Answer("Tidak perlu.", is_refused=True)}
    assert _list(LAND, answers=refused)[0].state is State.MISSING
    assert _list(LAND, answers=refused, held={"land_evidence": 1})[0].state is State.THERE


def test_a_training_is_asked_for_no_land():
    assert [item.document for item in _list(PHOTO, LAND, PLAN, work_kind="service")] == ["photo"]


def test_a_work_whose_kind_nobody_named_is_taken_for_a_physical_one():
    assert [item.document for item in _list(LAND, work_kind="")] == ["land_evidence"]


def test_a_sectors_own_row_tightens_what_is_asked_of_all():
    """Two rows for one document make one line: the earlier gate and the nearer hint."""
    (item,) = _list(Asked("design", hint="Bila ada."), Asked("design", sector="road", gate=Stage.AGENCY, hint="Potongan melintang."))
    assert (item.gate, item.hint) == (Stage.AGENCY, "Potongan melintang.")
    assert _list(Asked("design", sector="water")) == []


@pytest.mark.parametrize(
    ("owner", "land"),
    [
        ("village", Land.OWN),
        ("government", Land.OWN),
        ("granted", Land.CONSENT),
        ("private", Land.CONSENT),
        ("state_firm", Land.AT_RISK),
        ("disputed", Land.AT_RISK),
        ("unknown", Land.UNKNOWN),
        ("", Land.UNKNOWN),
    ],
)
def test_whose_land_it_is_changes_the_advice(owner, land):
    assert _list(LAND, land_owner=owner)[0].land is land
    assert _list(PHOTO, land_owner=owner)[0].land is None
