"""Greedy against a slow, obvious twin, and what its sentences promise against a second run."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.rules import RULES
from budgeting.rules.constraints import BadProblemError
from budgeting.rules.problem import BadOutcomeError, Outcome, Problem, Project, Reason, Satisfaction, Ties, Verdict

greedy = RULES["greedy"]


ANY = st.sampled_from([Satisfaction.COST, Satisfaction.CARDINALITY, Satisfaction.ADDITIVE])


@st.composite
def problems(draw, satisfaction=ANY):
    """Small numbers on purpose: ties and money that just fits are where a rule goes wrong."""
    wishes = draw(st.lists(st.tuples(st.integers(1, 12), st.integers(0, 4), st.integers(0, 9)), max_size=9))
    projects = tuple(Project(str(place), cost, votes, points) for place, (cost, votes, points) in enumerate(wishes, start=5))
    return Problem(draw(st.integers(1, 30)), projects, draw(satisfaction), draw(st.sampled_from(Ties)))


def twin(problem):
    """Look for the best project that was not looked at yet; pay for it if it fits; until none is left."""
    waiting, left, chosen = list(problem.projects), problem.budget, []
    while waiting:
        best = waiting[0]
        for other in waiting[1:]:
            worth, best_worth = (Fraction(problem.satisfaction_of(p), p.cost) for p in (other, best))
            if worth != best_worth:
                best = other if worth > best_worth else best
            elif problem.ties is Ties.CHEAPER and other.cost != best.cost:
                best = other if other.cost < best.cost else best
            elif other.id < best.id:
                best = other
        waiting.remove(best)
        if best.cost <= left:
            chosen.append(best.id)
            left -= best.cost
    return chosen


@settings(max_examples=600, deadline=None)
@given(problems())
def test_greedy_chooses_what_the_obvious_twin_chooses(problem):
    outcome = greedy(problem)
    problem.check(outcome)
    assert list(outcome.selected) == twin(problem)


@settings(max_examples=300, deadline=None)
@given(problems(), st.randoms())
def test_the_order_in_which_projects_are_listed_decides_nothing(problem, random):
    shuffled = list(problem.projects)
    random.shuffle(shuffled)
    assert greedy(replace(problem, projects=tuple(shuffled))) == greedy(problem)


def _with(problem, key, **changes):
    projects = tuple(replace(project, **changes) if project.id == key else project for project in problem.projects)
    return replace(problem, projects=projects)


@settings(max_examples=400, deadline=None)
@given(problems(satisfaction=st.just(Satisfaction.COST)))
def test_what_would_have_changed_a_refusal_is_true_and_no_vote_less_would_do(problem):
    votes = {project.id: project.votes for project in problem.projects}
    for line in greedy(problem).lines:
        if line.verdict is Verdict.FUNDED or line.reason is Reason.COST_ABOVE_CEILING:
            assert "more_votes" not in line.facts
            continue
        cheaper = line.cost - line.facts["short_by"]
        if cheaper > 0:
            assert line.project in greedy(_with(problem, line.project, cost=cheaper)).selected
        enough = votes[line.project] + line.facts["more_votes"]
        assert line.project in greedy(_with(problem, line.project, votes=enough)).selected
        if line.facts["more_votes"]:
            assert line.project not in greedy(_with(problem, line.project, votes=enough - 1)).selected


@settings(max_examples=500, deadline=None)
@given(problems())
def test_a_lost_tie_is_one_that_another_tie_order_would_have_won(problem):
    lines = greedy(problem).lines
    rank = {line.project: line.rank for line in lines}
    for line in lines:
        if line.reason is Reason.TIE_LOST:
            first = sorted(problem.projects, key=lambda project: (project.id != line.project, rank[project.id]))
            renamed = tuple(replace(project, id=f"{place:03}") for place, project in enumerate(first))
            assert "000" in greedy(replace(problem, projects=renamed, ties=Ties.TEXT)).selected


def test_a_dear_favourite_is_skipped_and_the_next_one_that_fits_is_paid():
    problem = Problem(100, (Project("road", 90, 50), Project("bridge", 40, 40), Project("well", 10, 3)))
    lines = {line.project: line for line in greedy(problem).lines}
    assert greedy(problem).selected == ("road", "well")
    assert lines["bridge"].reason is Reason.BELOW_LINE
    assert lines["bridge"].facts == {"short_by": 30, "remaining": 10, "before": "road", "more_votes": 10, "after": "road"}


def test_a_cost_above_the_whole_ceiling_says_so_instead_of_naming_votes():
    line = greedy(Problem(100, (Project("dam", 101, 999),))).lines[0]
    assert (line.reason, line.facts) == (Reason.COST_ABOVE_CEILING, {"short_by": 1, "ceiling": 100})


def test_among_equal_supports_the_cheaper_goes_first_and_the_other_lost_a_tie():
    problem = Problem(100, (Project("a", 60, 7), Project("b", 50, 7)))
    lines = greedy(problem).lines
    assert [(line.project, line.reason) for line in lines] == [("b", Reason.FUNDED_FULL), ("a", Reason.TIE_LOST)]
    assert lines[1].facts["before"] == "b"


def test_pabulib_ties_follow_the_text_of_the_id_so_ten_comes_before_nine():
    problem = Problem(10, (Project("9", 10, 1), Project("10", 10, 1)), ties=Ties.TEXT)
    assert greedy(problem).selected == ("10",)


def test_projects_nobody_supports_are_paid_last_and_only_from_what_is_left():
    problem = Problem(10, (Project("a", 6, 0), Project("b", 6, 1)))
    assert greedy(problem).selected == ("b",)
    assert greedy(replace(problem, budget=12)).selected == ("b", "a")


def test_nothing_asked_for_is_an_empty_answer():
    assert greedy(Problem(10, ())) == Outcome(())


def test_quotients_that_hardly_differ_are_told_apart_and_equal_ones_are_equal_at_any_size():
    """The order compares whole numbers made of the quotients: at costs of a quintillion one vote less on as much less cost still decides."""
    large = 10**18
    dear, near = Project("1", large, large - 1), Project("2", large - 1, large - 2)
    outcome = RULES["greedy-per-cost"](Problem(large, (near, dear), Satisfaction.CARDINALITY))
    assert outcome.selected == ("1",), "(n - 1) / n is more than (n - 2) / (n - 1)"
    third, half = Project("3", 3 * 10**17, 10**17), Project("4", 6 * 10**17, 2 * 10**17)
    lost = RULES["greedy-per-cost"](Problem(large * 2 // 3, (half, third), Satisfaction.CARDINALITY)).lines[1]
    assert (lost.project, lost.reason) == ("4", Reason.TIE_LOST)


def test_per_cost_prefers_many_cheap_works_to_one_dear_favourite():
    problem = Problem(100, (Project("stadium", 100, 10), Project("well", 10, 5), Project("lamp", 10, 4)))
    assert greedy(problem).selected == ("stadium",)
    assert RULES["greedy-per-cost"](problem).selected == ("well", "lamp")


@pytest.mark.parametrize(
    ("budget", "projects", "said"),
    [
        (0, (), "budget"),
        (-1, (), "budget"),
        (10, (Project("a", 0, 1),), "project a"),
        (10, (Project("a", -5, 1),), "project a"),
        (10, (Project("a", 5, -1),), "project a"),
        (10, (Project("a", 5, 1), Project("a", 6, 1)), "listed twice"),
    ],
)
def test_a_problem_that_makes_no_sense_is_refused_before_any_rule_sees_it(budget, projects, said):
    with pytest.raises(BadProblemError, match=said):
        Problem(budget, projects)


def test_an_outcome_that_may_not_be_paid_never_passes_the_check():
    problem = Problem(10, (Project("a", 6, 2), Project("b", 6, 1)))
    good = greedy(problem)
    funded, refused = good.lines
    overspent = replace(refused, verdict=Verdict.FUNDED, amount=6)
    for lines in ((funded,), (funded, refused, refused), (funded, funded), (funded, overspent), (replace(funded, amount=5), refused)):
        with pytest.raises(BadOutcomeError):
            problem.check(Outcome(lines))
    with pytest.raises(BadOutcomeError):
        problem.check(Outcome((funded, replace(refused, rank=1))))
