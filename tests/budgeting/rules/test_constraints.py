"""Constraints as data: what makes no sense is refused by name, and the JSON form is one."""

from fractions import Fraction

import pytest

from budgeting.rules.constraints import BadProblemError, Constraints, MinimumShare, from_json, to_json
from budgeting.rules.problem import Problem, Project

THREE = (Project("a", 10, 1), Project("b", 20, 1), Project("c", 30, 1))


def test_the_same_constraints_have_one_json_however_they_were_listed():
    one = Constraints(("b", "a"), (("c", "a"),), (("b", "c"), ("a", "c")), 2, (MinimumShare("soft", ("c", "a"), Fraction(3, 10)),), {"c": 5, "a": 1})
    other = Constraints(("a", "b", "a"), (("a", "c"), ("c", "a")), (("a", "c"), ("b", "c")), 2, one.minimum_shares, {"a": 1, "c": 5})
    assert one == other
    assert list(to_json(one)["minimum_phases"]) == ["a", "c"]
    assert to_json(one) == to_json(other)
    assert from_json(to_json(one)) == one


def test_no_constraints_are_an_empty_object_and_false():
    assert to_json(Constraints()) == {}
    assert from_json({}) == Constraints()
    assert not Constraints()


def test_a_share_may_be_told_per_mille_and_reserves_whole_units_rounded_down():
    share = from_json({"minimum_shares": [{"name": "soft", "projects": ["a"], "per_mille": 333}]}).minimum_shares[0]
    assert (share.share, share.of(1000), share.of(10)) == (Fraction(333, 1000), 333, 3)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"excluding": [["a", "a"]]}, "project a excludes itself"),
        ({"requiring": [["a", "a"]]}, "project a needs itself"),
        ({"excluding": [["a"]]}, "pairs of ids"),
        ({"excluding": [["a", "b", "c"]]}, "pairs of ids"),
        ({"excluding": "ab"}, "must be a list"),
        ({"excluding": [[1, 2]]}, "ids as text"),
        ({"mandatory": [1]}, "ids as text"),
        ({"per_group": -1}, "below zero"),
        ({"per_group": True}, "whole number"),
        ({"per_group": 1.5}, "whole number"),
        ({"minimum_phases": {"a": 0}}, "project a: the smallest phase"),
        ({"minimum_phases": {"a": "5"}}, "whole number"),
        ({"minimum_phases": ["a"]}, "an amount for each id"),
        ({"minimum_shares": [{"projects": ["a"], "per_mille": 1}]}, "needs a name"),
        ({"minimum_shares": [{"name": "s", "projects": [], "per_mille": 1}]}, "names no project"),
        ({"minimum_shares": [{"name": "s", "projects": ["a"], "per_mille": 0}]}, "above 0"),
        ({"minimum_shares": [{"name": "s", "projects": ["a"], "share": [2, 1]}]}, "at most the whole"),
        ({"minimum_shares": [{"name": "s", "projects": ["a"], "share": [1, 0]}]}, "numerator and a denominator"),
        ({"minimum_shares": [{"name": "s", "projects": ["a"], "share": [0.5, 1]}]}, "numerator and a denominator"),
        ({"minimum_shares": [{"name": "s", "projects": ["a"], "per_mille": 1}] * 2}, "comes twice"),
        ({"minimum_shares": [{"name": name, "projects": ["a"], "per_mille": 600} for name in "st"]}, "together more than the whole"),
        ({"at_most": 3}, "no constraint at_most"),
    ],
)
def test_what_makes_no_sense_by_itself_is_refused(told, said):
    with pytest.raises(BadProblemError, match=said):
        from_json(told)


@pytest.mark.parametrize(
    ("constraints", "said"),
    [
        (Constraints(mandatory=("x",)), "project x, which is not listed"),
        (Constraints(excluding=(("a", "y"),)), "project y, which is not listed"),
        (Constraints(minimum_phases={"a": 11}), "project a: the smallest phase of 11 is more than its cost of 10"),
        (Constraints(mandatory=("b", "c")), r"the mandatory projects \(b, c\) cost 50, more than the budget of 45"),
        (Constraints(mandatory=("c",), requiring=(("c", "b"),)), "cost 50"),
        (Constraints(mandatory=("a", "b"), excluding=(("a", "b"),)), "mandatory projects that exclude each other: a and b"),
        (Constraints(excluding=(("a", "b"),), requiring=(("a", "b"),)), "project a needs projects that exclude each other: a and b"),
        (Constraints(excluding=(("a", "c"),), requiring=(("a", "b"), ("b", "c"))), "exclude each other: a and c"),
        (Constraints(requiring=(("a", "b"), ("b", "c"), ("c", "a"))), "project a needs itself by way of b, c"),
    ],
)
def test_what_contradicts_the_projects_is_refused_with_their_ids(constraints, said):
    with pytest.raises(BadProblemError, match=said):
        Problem(45, THREE, constraints=constraints)
