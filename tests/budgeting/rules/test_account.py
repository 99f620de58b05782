"""Who paid for what: the payments add up to the costs, nobody pays more than they hold, and nobody pays for what they do not want."""

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.rules import COMPLETABLE, RULES
from budgeting.rules.account import LEVELS_MAX
from budgeting.rules.constraints import Constraints
from budgeting.rules.problem import Ballot, Completion, Problem, Project, Satisfaction
from tests.budgeting.rules import test_sections

READING = ("equal-shares", "exact-equal-shares", "phragmen")


@settings(max_examples=120, deadline=None)
@given(test_sections.problems(), st.sampled_from(READING), st.sampled_from([Completion.ADD_OPT, Completion.ADD1_UTILITARIAN]))
def test_payments_add_up_to_the_cost_as_far_as_whole_units_tell(problem: Problem, name: str, completion: Completion) -> None:
    rule = partial(COMPLETABLE[name], completion=completion) if name in COMPLETABLE else RULES[name]
    outcome = rule(problem)
    told = outcome.account
    works = [work for run in told["runs"] for work in run["works"]]
    assert told["mandatory"] + sum(work["cost"] for work in works) == outcome.spent
    for run in told["runs"]:
        for work in run["works"]:
            if work["how"] == "votes":
                assert work["payers"] == 0
                continue
            levels = work["levels"]
            assert 0 < work["payers"] <= work["supporters"]
            assert sum(people for _, _, people in levels) == work["payers"]
            # rounded down: a payer may have given nearly a unit more than is told
            assert sum(low * people for low, _, people in levels) <= work["cost"] < sum((high + 1) * people for _, high, people in levels)
            assert (levels[0][0], levels[-1][1]) == (work["smallest"], work["largest"])
            assert work["largest"] <= run.get("each", work["largest"])


def test_who_has_less_gives_all_and_the_others_pay_the_same() -> None:
    ballots = (Ballot(("a", "b"), 2), Ballot(("b",), 3))
    problem = Problem(100, (Project("a", 30, 2), Project("b", 65, 5)), Satisfaction.CARDINALITY, ballots=ballots, voters=5)
    works = RULES["equal-shares"](problem).account["runs"][0]["works"]
    assert [(work["project"], work["levels"]) for work in works] == [("b", [[13, 13, 5]])]
    raised = COMPLETABLE["equal-shares"](problem, Completion.ADD1, 1).account["runs"][0]
    assert raised["each"] >= 20


def test_many_amounts_are_put_together_into_few_levels() -> None:
    names = [f"w{n:02}" for n in range(20)]
    ballots = tuple(Ballot((name, "z"), 5) for name in names)
    projects = (*(Project(name, 1 + 2 * place, 5) for place, name in enumerate(names)), Project("z", 900, 100))
    told = RULES["equal-shares"](Problem(2000, projects, Satisfaction.CARDINALITY, ballots=ballots, voters=100)).account
    assert all(len(work["levels"]) <= LEVELS_MAX for work in told["runs"][0]["works"])


def test_mandatory_works_are_paid_before_anybody_and_rules_that_count_have_no_account() -> None:
    problem = Problem(10, (Project("a", 4, 0), Project("b", 6, 1)), ballots=(Ballot(("b",)),), constraints=Constraints(mandatory=("a",)))
    told = RULES["phragmen"](problem).account
    assert (told["mandatory"], told["runs"][0]["works"][0]["levels"]) == (4, [[6, 6, 1]])
    assert RULES["greedy"](problem).account == {}


@settings(max_examples=150, deadline=None)
@given(test_sections.problems(), st.sampled_from(READING), st.sampled_from([Completion.NONE, Completion.ADD_OPT, Completion.ADD1]))
def test_very_many_purses_are_added_up_to_the_same_account(problem: Problem, name: str, completion: Completion) -> None:
    """Payers are the same people; an amount may be told one too low under Equal Shares."""
    rule = partial(COMPLETABLE[name], completion=completion) if name in COMPLETABLE else RULES[name]
    outcome = rule(problem)
    with pytest.MonkeyPatch.context() as patched:
        exact = outcome.account
        patched.setattr("budgeting.rules.account.PAIRS_MAX", -1)
        many = outcome.account
    assert many.pop("rounded", False) is (name == "equal-shares" and bool(exact["runs"]))
    if name != "equal-shares":
        assert many == exact
        return
    for run, again in zip(exact["runs"], many["runs"], strict=True):
        for work, told in zip(run["works"], again["works"], strict=True):
            assert (work["project"], work["payers"]) == (told["project"], told["payers"])
            assert all(0 <= work.get(amount, 0) - told.get(amount, 0) <= 1 for amount in ("smallest", "largest"))


def test_more_money_than_fits_has_no_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("budgeting.rules.account.PAIRS_MAX", 0)
    problem = Problem(10**18, (Project("b", 6, 1),), ballots=(Ballot(("b",)),))
    assert RULES["equal-shares"](problem).account == {"too_large": 1}
