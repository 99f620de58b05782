"""The routing test as a table: every row is reached by a case of its own, and no case is left without an answer."""

import itertools

import pytest

from budgeting import routing
from budgeting.models.ceiling import FundingSource
from budgeting.routes import words
from budgeting.routing import Asker, Case, Level, Way, route

VILLAGE, WARD, OTHER = Asker.VILLAGE, Asker.WARD, Asker.OTHER
#: A case a row, with the list and the money that DOMAIN 7.1 names for it.
CASES = [
    ("OUTSIDE_BUDGET", Case(Level.OUTSIDE, VILLAGE, 10, 100), "outside", "community"),
    ("NATION_AUTHORITY", Case(Level.NATION, VILLAGE, 10, 100), "climbs", "ministry_budget"),
    ("PROVINCE_AUTHORITY", Case(Level.PROVINCE, WARD, 10, 100), "climbs", "province_budget"),
    ("DISTRICT_ON_MENU", Case(Level.DISTRICT, VILLAGE, 10, 100, on_menu=True), "climbs", "special_allocation"),
    ("DISTRICT_AUTHORITY", Case(Level.DISTRICT, VILLAGE, 10, 100), "climbs", "district_budget"),
    ("OTHERS_PROGRAMME", Case(Level.DISTRICT, OTHER, 10), "agency", "district_budget"),
    ("OTHERS_FOR_A_VILLAGE", Case(Level.VILLAGE, OTHER, 10, 100), "agency", "district_budget"),
    ("WARD_AFFORDS", Case(Level.VILLAGE, WARD, 100, 100), "ward", "ward_fund"),
    ("WARD_TOO_LARGE", Case(Level.VILLAGE, WARD, 101, 100), "climbs", "district_budget"),
    ("WARD_NO_COST", Case(Level.VILLAGE, WARD, None, 100), "ward", "ward_fund"),
    ("WARD_NO_CEILING", Case(Level.VILLAGE, WARD, 10, None), "ward", "ward_fund"),
    ("VILLAGE_AFFORDS", Case(Level.VILLAGE, VILLAGE, 100, 100), "village", "village_budget"),
    ("VILLAGE_TOO_LARGE", Case(Level.VILLAGE, VILLAGE, 101, 100), "climbs", "district_budget"),
    ("VILLAGE_NO_COST", Case(Level.VILLAGE, VILLAGE, None, None), "village", "village_budget"),
    ("VILLAGE_NO_CEILING", Case(Level.VILLAGE, VILLAGE, 10, None), "village", "village_budget"),
    ("AUTHORITY_UNKNOWN", Case(None, VILLAGE, 10, 100), "undecided", ""),
]
EVERYTHING = [Case(*facts) for facts in itertools.product([None, *Level], Asker, (None, 99, 100, 101), (None, 100), (False, True), (False, True))]


@pytest.mark.parametrize(("code", "case", "way", "source"), CASES, ids=[case[0] for case in CASES])
def test_each_row_of_the_law_is_reached_and_names_list_and_money(code, case, way, source):
    found = route(case)
    assert (found.code, found.way, found.source) == (code, way, source)


def test_no_row_of_the_law_is_without_its_case():
    assert {code for code, *_rest in CASES} == set(routing.BY_CODE)


def test_every_case_there_can_be_has_exactly_one_way():
    for case in EVERYTHING:
        assert route(case).code in routing.BY_CODE
    assert {route(case).code for case in EVERYTHING} == set(routing.BY_CODE), "no row stands behind another that takes all its cases"


def test_what_costs_a_rupiah_more_than_the_village_has_climbs():
    assert route(Case(Level.VILLAGE, VILLAGE, 100, 100)).way is Way.VILLAGE_PLAN
    assert route(Case(Level.VILLAGE, VILLAGE, 101, 100)).way is Way.CLIMBS


def test_a_grant_needs_a_legal_entity_whoever_pays_and_goes_the_same_way():
    for case in EVERYTHING:
        found = route(case)
        assert found.needs_legal_entity is case.is_grant
        assert found.way is route(Case(case.authority, case.asker, case.amount, case.ceiling, case.on_menu)).way


def test_a_ward_is_never_sent_to_a_village_budget_nor_a_village_to_the_ward_fund():
    for case in EVERYTHING:
        found = route(case)
        assert not (case.asker is WARD and found.source.startswith("village_"))
        assert not (case.asker is VILLAGE and found.source == "ward_fund")


def test_every_row_has_its_sentence_and_every_money_its_word():
    assert set(words.REASONS) == set(routing.BY_CODE) == {code for code, _word in words.SHORT}
    for row in routing.LAW:
        assert row.source in {"", *FundingSource.values}
        assert row.way is Way.UNDECIDED or row.source in routing.SOURCES_OF[row.way]
    assert {source for sources in routing.SOURCES_OF.values() for source in sources} == set(FundingSource.values)


def test_a_village_reads_of_du_rkpdes_and_a_ward_does_not():
    assert "DU-RKPDes" in words.way_word(Way.CLIMBS, VILLAGE)
    assert "DU-RKPDes" not in words.way_word(Way.CLIMBS, WARD)
