"""The law as a table: pure, closed, and printed."""

import itertools

import pytest
from django.conf import settings

from proposals import stages, stages_page
from proposals.stages import CLOSED, DECIDERS, MOVES, Goes, Outcome, Realisation, Stage
from proposals.words import MOVE_WORDS, OUTCOME_WORDS, REALISATION_WORDS, STAGE_WORDS, STEP_WORDS

ORDER = [stage for stage in Stage if stage is not Stage.DRAFT]


def test_the_printed_page_is_up_to_date():
    assert (settings.BASE_DIR / "docs" / "stages.md").read_text(encoding="utf-8") == stages_page.page(), "run manage.py print_stages"


def test_every_word_of_the_law_has_a_word_for_people():
    assert set(STAGE_WORDS) == set(Stage)
    assert set(OUTCOME_WORDS) == set(Outcome)
    assert set(REALISATION_WORDS) == set(Realisation)
    assert set(MOVE_WORDS) == set(MOVES)
    assert set(STEP_WORDS) == {*MOVES, "split_off"}, "a part begins with a step that is nobody's move"


def test_nothing_leads_out_of_a_closed_outcome():
    for stage, outcome in itertools.product(Stage, CLOSED):
        assert not stages.moves_from(stage, outcome)


@pytest.mark.parametrize("name", MOVES)
def test_every_move_can_be_made_by_somebody_and_leads_to_a_place(name):
    move = MOVES[name]
    for stage, _outcome in move.places:
        assert stages.roles_of(move, stage)
        assert stages.leads_to(move, stage, ORDER) in Stage


def test_every_place_on_the_road_can_be_left_or_is_an_end():
    ends = {(Stage.DONE, Outcome.FUNDED)} | {(stage, outcome) for stage in Stage for outcome in CLOSED}
    seen, ahead = set(), {(Stage.DRAFT, Outcome.OPEN)}
    while ahead:
        place = ahead.pop()
        seen.add(place)
        moves = [move for move in MOVES.values() if place in move.places]
        assert moves or place in ends, place
        ahead |= {(stages.leads_to(move, place[0], ORDER), move.outcome) for move in moves} - seen
    assert {stage for stage, _outcome in seen} == set(Stage), "every stage is reached"


def test_a_cycle_decides_which_stage_comes_next():
    forward = MOVES["forward"]
    assert stages.leads_to(forward, Stage.VILLAGE, [Stage.VILLAGE, Stage.AGENCY]) is Stage.AGENCY
    assert stages.leads_to(forward, Stage.AGENCY, [Stage.VILLAGE, Stage.AGENCY]) is None
    assert stages.leads_to(forward, Stage.DISTRICT, [Stage.VILLAGE, Stage.AGENCY]) is None


def test_deciders_decide_and_moves_by_hand_are_never_money():
    assert all(DECIDERS[stage] for stage in stages.DECIDING)
    for move in MOVES.values():
        brings_money = move.outcome is Outcome.FUNDED and move.goes is Goes.TO_WORKS
        assert move.only_by_run or not brings_money
