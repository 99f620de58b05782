"""The count, beside a slow twin; its order is total; what is published counts to the same."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.rules.pabulib import parse
from budgeting.rules.problem import Satisfaction
from deliberation.ballots import files
from deliberation.ballots.disclosure import SMALL, told
from deliberation.ballots.rules import Kind, Rules, Standee, faults_of
from deliberation.ballots.sheets import INVALID, Sheet, differing, read
from deliberation.ballots.tally import tally
from tests.deliberation.ballots import drawn


def slowly(rules, standees, ballots):
    """Each candidate's score by asking every ballot anew what it thinks of it, and of everybody before it."""
    alive = [number for number, one in standees.items() if not one.withdrawn]
    scores = {}
    for number in alive:
        score = Fraction(0)
        for ballot in ballots:
            given_ = dict(ballot)
            if number not in given_:
                continue
            before = sum(1 for other, value in ballot if other in alive and value < given_[number])
            score += rules.most - before if rules.kind is Kind.RANKING else given_[number]
        scores[number] = (score, sum(number in dict(ballot) for ballot in ballots))
    return sorted(alive, key=lambda number: (-scores[number][0], -scores[number][1], standees[number].cost, number)), scores


@settings(max_examples=400, deadline=None)
@given(drawn.elections())
def test_the_count_is_that_of_the_slow_twin(election):
    rules, standees, ballots = election
    standing = tally(rules, standees, ballots)
    order, scores = slowly(rules, standees, ballots)
    assert [line.number for line in standing.lines] == order
    assert {line.number: (line.score, line.votes) for line in standing.lines} == scores
    assert standing.ballots == len(ballots)
    assert standing.abstentions == sum(not ballot for ballot in ballots)


@settings(max_examples=150, deadline=None)
@given(drawn.elections(), st.randoms())
def test_the_order_in_which_ballots_come_changes_nothing(election, chance):
    rules, standees, ballots = election
    mixed = list(ballots)
    chance.shuffle(mixed)
    assert tally(rules, standees, mixed) == tally(rules, standees, ballots)


@settings(max_examples=250, deadline=None)
@given(drawn.elections())
def test_what_the_money_reaches_never_costs_more_than_there_is(election):
    rules, standees, ballots = election
    lines = tally(rules, standees, ballots).lines
    assert sum(standees[line.number].cost for line in lines if line.within) <= (rules.budget or 0)


def test_equal_votes_are_told_as_tied_and_ordered_by_cost_then_number():
    standees = {n: Standee(n, "", cost) for n, cost in ((1, 30), (2, 20), (3, 20))}
    lines = tally(Rules(Kind.APPROVAL, most=3), standees, [((1, 1), (2, 1), (3, 1))]).lines
    assert [(line.number, line.place, line.tied) for line in lines] == [(2, 1, True), (3, 2, True), (1, 3, True)]


@settings(max_examples=250, deadline=None)
@given(drawn.elections())
def test_the_published_files_count_to_the_same(election):
    rules, standees, ballots = election
    standing, rows = tally(rules, standees, ballots), files.ordered(rules, standees, ballots)
    text = files.pabulib(rules, standees, rows, standing, {"description": 'Jalan; "utama"', "comment": "a\nb"})
    again = files.read_pabulib(text)
    assert again[2] == rows
    recount = tally(*again)
    assert [(line.number, line.votes, line.score, line.within) for line in recount.lines] == [
        (line.number, line.votes, line.score, line.within) for line in standing.lines
    ]
    assert files.read_table(files.table(standees, rows), rules.kind) == rows


@settings(max_examples=150, deadline=None)
@given(drawn.elections())
def test_the_strict_reader_of_allocations_reads_our_pabulib_with_the_same_votes(election):
    rules, standees, ballots = election
    alive = [one for one in standees.values() if not one.withdrawn]
    if not ballots or not alive:
        return
    standing, rows = tally(rules, standees, ballots), files.ordered(rules, standees, ballots)
    text = files.pabulib(rules, standees, rows, standing, {"description": "Pemungutan suara"})
    read_back = parse(text.splitlines(keepends=True), Satisfaction.CARDINALITY)
    assert read_back.voters == len(ballots)
    assert {int(one.id): one.votes for one in read_back.problem.projects} == {line.number: line.votes for line in standing.lines}
    if rules.kind is Kind.POINTS:
        assert {int(one.id): one.points for one in read_back.problem.projects} == {line.number: line.score for line in standing.lines}


@settings(max_examples=250, deadline=None)
@given(drawn.elections())
def test_a_sheet_is_typed_one_way_and_read_back(election):
    rules, standees, ballots = election
    for marks in ballots:
        sheet, faults = read(Sheet(marks).text(rules.kind), rules, standees)
        assert (sheet, faults) == (Sheet(marks), [])


def test_typing_forgives_commas_and_names_what_it_cannot_read():
    rules, standees = Rules(Kind.APPROVAL, most=2), {n: Standee(n, "", 1) for n in (1, 2, 3)}
    assert read(" 3, 1 ", rules, standees)[0].marks == ((1, 1), (3, 1))
    assert read("X", rules, standees)[0].text(rules.kind) == INVALID
    assert [read(line, rules, standees)[1][0].code for line in ("dua", "1 2 3", "7", "")] == ["unreadable", "too_many", "unknown", "empty"]
    assert read("1:2 3=1", Rules(Kind.POINTS, points_total=3, points_each=2), standees)[0].marks == ((1, 2), (3, 1))
    assert differing(["1", "2", "-"], ["1", "x", "-"]) == [2]


@settings(max_examples=500)
@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 40), max_size=6))
def test_no_small_group_is_told_nor_found_by_subtraction(groups):
    shown = told(groups)
    hidden = [name for name, count in shown.items() if count is None]
    if len(groups) > 1:
        assert all(not 0 < count < SMALL for count in shown.values() if count is not None) or len([c for c in groups.values() if c]) == 1
        assert len(hidden) != 1 or len([c for c in groups.values() if c]) == 1
    assert all(count in {None, groups[name]} for name, count in shown.items())


def test_the_order_of_a_file_tells_nothing_of_the_order_of_voting():
    rules, standees = Rules(Kind.APPROVAL, most=1), {n: Standee(n, "", 1) for n in (1, 2)}
    one, two = ((1, 1),), ((2, 1),)
    assert files.ordered(rules, standees, [two, one, two]) == files.ordered(rules, standees, [two, two, one]) == [one, two, two]
    assert not faults_of(rules, standees, one)
