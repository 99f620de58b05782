"""What an answer says of its money: as it was announced, and each transfer with its people and its day."""

import pytest

from budgeting import services
from budgeting.answers import money, reading
from proposals.stages import Stage
from tests import cast, make
from tests.budgeting.ceilings.conftest import MILLION, moved, part
from tests.budgeting.conftest import calculated, published_ceiling

pytestmark = pytest.mark.django_db


def told(people, ceiling, language="id"):
    """What every village under this ceiling is told of the money."""
    make.proposal(stage=Stage.BUDGET, amount=20 * MILLION, supports=3)
    run = services.publish_run(run_id=calculated(people, ceiling).pk, actor=people.budget_team)
    return reading.words_in(reading.one_of(run.pk, cast.VILLAGE), language)["decided"]


def test_a_ceiling_without_transfers_is_told_as_it_was_announced(people):
    announced, set_aside, could, *_rest = told(people, published_ceiling(people))
    assert announced.startswith("Uangnya: APBD kabupaten/kota 2028, Kabupaten Kubu Raya.") or "Kabupaten Kubu Raya" in announced
    assert "Rp700.000.000 (Perbup 12/2027)" in announced
    assert "Planner" in announced
    assert "Budget Team" in announced
    assert "Rp50.000.000" in set_aside
    assert "Rp650.000.000" in could


def test_each_transfer_says_how_much_from_whom_on_what_basis_and_who_confirmed_it(people):
    whole = published_ceiling(people, amount=1000 * MILLION, reserve=100 * MILLION)
    mine, other = part(people, whole, cast.SUBDISTRICT, 300 * MILLION), part(people, whole, cast.FAR_VILLAGE[:8], 200 * MILLION)
    moved(people, whole, mine, 60 * MILLION, from_reserve=True)
    moved(people, mine, other, 10 * MILLION)
    sentences = told(people, mine)
    assert "Rp300.000.000" in sentences[0]
    assert "Rp350.000.000" in sentences[1]
    went, came = sentences[2:4]
    assert went.startswith("Rp10.000.000 ")
    assert "Kecamatan" in went
    assert came.startswith("Rp60.000.000 ")
    assert "Kabupaten Kubu Raya" in came
    assert all("Planner" in one and "Budget Team" in one for one in (went, came))


def test_of_many_transfers_the_newest_are_told_and_the_others_counted(people, monkeypatch):
    monkeypatch.setattr(money, "_TOLD", 1)
    whole = published_ceiling(people, amount=1000 * MILLION, reserve=100 * MILLION)
    for amount in (10, 20, 30):
        moved(people, whole, whole, amount * MILLION, from_reserve=True)
    sentences = told(people, whole, "en")
    assert sentences[1].startswith("Rp30.000.000 was released from what was set aside")
    assert sentences[2] == "2 earlier transfers stand on the ceiling's page."
    assert "Rp40.000.000 of it is set aside." in sentences
