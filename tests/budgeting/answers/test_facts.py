"""What each region is told, from what was decided: every proposal once, every sum exact."""

from hypothesis import given
from hypothesis import strategies as st

from budgeting.answers.facts import Piece, Wider, answers

VILLAGES = ["61.12.01.2001", "61.12.01.2002", "61.12.02.2001"]
REGIONS = [*VILLAGES, "61.12.01", "61.12"]


def _piece(number: int, region: str, amount: int) -> Piece:
    return Piece(f"6112-2028-{number:04}", f"Usulan {number}", region, max(amount, 1), amount, amount > 0)


def test_every_village_has_one_answer_also_without_a_proposal():
    told = answers([_piece(1, VILLAGES[0], 500)], VILLAGES)
    assert [(one.region, one.asked, one.amount) for one in told] == [(VILLAGES[0], 1, 500), (VILLAGES[1], 0, 0), (VILLAGES[2], 0, 0)]


def test_works_for_a_whole_region_are_told_to_the_villages_inside_it_alone():
    told = {one.region: one for one in answers([_piece(1, "61.12.01", 700), _piece(2, "61.12", 0)], VILLAGES)}
    assert told[VILLAGES[0]].wider == (Wider("61.12.01", 1, 700),)
    assert told[VILLAGES[2]].wider == ()
    assert told["61.12.01"].amount == 700


@given(st.lists(st.tuples(st.sampled_from(REGIONS), st.integers(0, 10**12)), max_size=20))
def test_the_amounts_of_all_answers_add_up_to_what_the_run_gives(rows):
    pieces = [_piece(number, region, amount) for number, (region, amount) in enumerate(rows)]
    told = answers(pieces, VILLAGES)
    assert sum(one.amount for one in told) == sum(amount for _region, amount in rows)
    assert sum(one.asked for one in told) == len(rows)
    assert len({one.region for one in told}) == len(told)
