"""Rules that ask who wants what, under constraints: each against a slow twin that looks at everything anew."""

from collections.abc import Callable
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from budgeting.rules import COMPLETABLE, RULES
from budgeting.rules.constraints import BadProblemError, Constraints, MinimumShare
from budgeting.rules.problem import Ballot, Completion, Problem, Project, Reason, Satisfaction, Ties
from budgeting.rules.shares import completion
from budgeting.rules.shares.electorate import electorate_of
from budgeting.rules.shares.even_walk import EvenWalk
from budgeting.rules.shares.walk import Walk
from tests.budgeting.rules import limit_twins, twins
from tests.budgeting.rules.test_equal_shares import between
from tests.budgeting.rules.test_limits import constraints

UNIFORM = (Satisfaction.COST, Satisfaction.CARDINALITY)
GATES = ("excluding", "requiring", "per_group")


@st.composite
def problems(draw: st.DrawFn, only: tuple[str, ...] = (), satisfactions: tuple[Satisfaction, ...] = UNIFORM) -> Problem:
    """Few voters and small numbers; `only` some kinds of constraints."""
    costs = draw(st.lists(st.integers(1, 20), min_size=2, max_size=6))
    mark = st.dictionaries(st.integers(0, len(costs) - 1), st.integers(0, 3), max_size=len(costs))
    marks = draw(st.lists(mark, min_size=1, max_size=6))
    plain = twins.problem_of(draw(st.integers(1, 60)), costs, marks, draw(st.sampled_from(satisfactions)), draw(st.sampled_from(list(Ties))))
    limits = draw(constraints({project.id: project.cost for project in plain.projects}, phases=False))
    if only:
        limits = Constraints(**{name: getattr(limits, name) for name in only})
    groups = draw(st.lists(st.sampled_from(["", "a", "b", "c"]), min_size=len(costs), max_size=len(costs)))
    projects = tuple(Project(p.id, p.cost, p.votes, p.points, group) for p, group in zip(plain.projects, groups, strict=True))
    try:
        return Problem(plain.budget, projects, plain.satisfaction, plain.ties, plain.ballots, plain.voters, limits)
    except BadProblemError:
        assume(False)
        raise


def steps(increment: int) -> Callable[[Fraction], list[Fraction]]:
    return lambda share: [share + number * increment for number in range(150)]


@settings(max_examples=120, deadline=None)
@given(problems(satisfactions=(*UNIFORM, Satisfaction.ADDITIVE)))
def test_equal_shares_under_constraints_buys_what_the_twin_buys(problem: Problem) -> None:
    for completed, buy in (
        (Completion.NONE, limit_twins.shares_buy(evenly=False)),
        (Completion.UTILITARIAN, limit_twins.completed_buy(evenly=False)),
    ):
        outcome = COMPLETABLE["equal-shares"](problem, completed, 1)
        problem.check(outcome)
        assert list(outcome.selected) == limit_twins.sequence(problem, buy)


@settings(max_examples=120, deadline=None)
@given(problems())
def test_exact_equal_shares_under_constraints_buys_what_the_twin_buys(problem: Problem) -> None:
    for completed, buy in ((Completion.NONE, limit_twins.shares_buy(evenly=True)), (Completion.UTILITARIAN, limit_twins.completed_buy(evenly=True))):
        outcome = COMPLETABLE["exact-equal-shares"](problem, completed, 1)
        problem.check(outcome)
        assert list(outcome.selected) == limit_twins.sequence(problem, buy)


@settings(max_examples=120, deadline=None)
@given(problems(), st.integers(1, 3), st.sampled_from(["evenly", ""]))
def test_raising_the_share_under_constraints_jumps_over_nothing(problem: Problem, increment: int, evenly: str) -> None:
    outcome = COMPLETABLE["exact-equal-shares" if evenly else "equal-shares"](problem, Completion.ADD1, increment)
    problem.check(outcome)
    assert set(outcome.selected) == set(limit_twins.sequence(problem, limit_twins.raised_buy(steps(increment), evenly=bool(evenly))))


@settings(max_examples=100, deadline=None)
@given(problems(GATES), st.sampled_from(["evenly", ""]))
def test_between_two_changes_every_share_gives_the_same_under_constraints_too(problem: Problem, evenly: str) -> None:
    electorate = electorate_of(problem)
    walk = EvenWalk(electorate) if evenly else Walk(electorate, near=completion.NEAR)
    everything = {project.id for project in problem.projects}
    for share, bought in between(list(completion.changes(walk))):
        assert sorted(limit_twins.at_share(problem, share, everything, [], evenly=bool(evenly))) == bought


@settings(max_examples=100, deadline=None)
@given(problems(satisfactions=(Satisfaction.COST,)))
def test_phragmen_under_constraints_buys_what_the_twin_buys(problem: Problem) -> None:
    outcome = RULES["phragmen"](problem)
    problem.check(outcome)
    assert list(outcome.selected) == limit_twins.sequence(problem, limit_twins.phragmen_buy)


def test_what_is_excluded_leaves_the_ballots_and_what_is_needed_comes_on_sale_later() -> None:
    ballots = (Ballot(("a", "b"), 2), Ballot(("c",), 2))
    projects = (Project("a", 20, 2, 0), Project("b", 19, 2, 0), Project("c", 10, 2, 0), Project("d", 5, 0, 0))
    limits = Constraints(excluding=(("a", "b"),), requiring=(("c", "d"),))
    for name in ("equal-shares", "exact-equal-shares", "phragmen"):
        lines = {line.project: line for line in RULES[name](Problem(80, projects, ballots=ballots, constraints=limits)).lines}
        assert {lines["a"].reason, lines["b"].reason} == {Reason.FUNDED_FULL, Reason.EXCLUDED_BY}
        # nobody wants d, so nobody pays it, and c that needs it is never on sale
        assert (lines["c"].reason, lines["c"].facts) == (Reason.NEEDS, {"needs": "d"})


def test_a_share_is_a_run_of_its_own_and_what_it_leaves_goes_to_all() -> None:
    ballots = (Ballot(("a",), 9), Ballot(("b",), 1))
    projects = (Project("a", 60, 9), Project("b", 30, 1))
    held = Constraints(minimum_shares=(MinimumShare("few", ("b",), Fraction(1, 2)),))
    # alone, the one who wants b would hold a tenth of the share; phragmen waits until they hold its cost
    assert RULES["phragmen"](Problem(90, projects, ballots=ballots, constraints=held)).selected == ("b", "a")
    assert RULES["phragmen"](Problem(89, projects, ballots=ballots)).selected == ("a",)
    line = RULES["phragmen"](Problem(90, projects, ballots=ballots, constraints=held)).lines[0]
    assert line.facts["from_share"] == "few"


def test_mandatory_works_may_take_all_the_money() -> None:
    problem = Problem(5, (Project("a", 5, 0), Project("b", 1, 1)), ballots=(Ballot(("b",)),), constraints=Constraints(mandatory=("a",)))
    for name in ("equal-shares", "exact-equal-shares", "phragmen", "max-welfare", "greedy", "rank"):
        outcome = RULES[name](problem)
        problem.check(outcome)
        assert outcome.selected == ("a",)
        assert outcome.lines[0].reason is Reason.MANDATORY
