"""What a line says would have brought it in does bring it in: the change is made to the frozen inputs, and the verdict flips."""

import copy

import pytest

from budgeting.runs import ways
from budgeting.runs.inputs import SOFTWARE, problem_of
from budgeting.runs.result import result_of

NUMBERS = [f"6112-2028-{at:04d}" for at in range(1, 7)]
COSTS = (50, 40, 30, 30, 20, 60)
SUPPORTS = (9, 8, 7, 6, 2, 5)
GROUPS = [[4, [[NUMBERS[0], 1], [NUMBERS[1], 1]]], [3, [[NUMBERS[2], 1]]], [2, [[NUMBERS[3], 1], [NUMBERS[5], 1]]], [1, [[NUMBERS[4], 1]]]]


def frozen(rule, *, ballots=False, order=False, **more):
    rows = [
        {"id": number, "number": number, "village": f"61.12.01.200{at % 2}", "amount": COSTS[at] * 10**6, "supports": SUPPORTS[at]}
        for at, number in enumerate(NUMBERS)
    ]
    told = {
        "format": 2, "rule": rule, "options": {"satisfaction": "cardinality"}, "budget": 100 * 10**6, "ties": "cheaper", "proposals": rows,
        "ceiling": {"agency": "", "region": "61.12"}, "votes": "supports",
    }  # fmt: skip
    if ballots:
        told |= {"votes": "ballot", "ballot": {"kind": "approval", "voters": 10, "groups": GROUPS, "listed": NUMBERS, "elsewhere": []}}
    if order:
        told["order"] = {"places": {number: at for at, number in enumerate(NUMBERS, start=1)}}
    return told | more


CASES = {
    "greedy": frozen("greedy", options={}),
    "greedy, bound": frozen("greedy", options={}, constraints={"per_group": 1, "excluding": [[NUMBERS[0], NUMBERS[4]]]}),
    "greedy, a share": frozen(
        "greedy", options={}, constraints={"minimum_shares": [{"name": "women", "projects": [NUMBERS[5]], "share": [60, 100]}]}
    ),
    "greedy-per-cost": frozen("greedy-per-cost"),
    "rank": frozen("rank", order=True),
    "rank, bound": frozen("rank", order=True, constraints={"per_group": 1}),
    "rank, by lot": frozen("rank", order=True, seed="1234"),
    "max-welfare": frozen("max-welfare"),
    "equal-shares": frozen("equal-shares", ballots=True),
    "exact-equal-shares": frozen("exact-equal-shares", ballots=True),
    "phragmen": frozen("phragmen", ballots=True),
    "equal-shares, in part": frozen("equal-shares", ballots=True, constraints={"minimum_phases": {NUMBERS[5]: 20 * 10**6}}),
    "equal-shares, bound": frozen("equal-shares", ballots=True, constraints={"per_group": 1}, software=SOFTWARE),
    "phragmen, bound": frozen("phragmen", ballots=True, constraints={"per_group": 1}, software=SOFTWARE),
    "phragmen, in part": frozen("phragmen", ballots=True, constraints={"minimum_phases": {NUMBERS[5]: 20 * 10**6}}),
    "max-welfare, in part": frozen("max-welfare", constraints={"minimum_phases": {NUMBERS[5]: 20 * 10**6, NUMBERS[0]: 49 * 10**6}}),
    "max-welfare, shares that overlap": frozen(
        "max-welfare",
        constraints={
            "per_group": 2,
            "minimum_shares": [
                {"name": "women", "projects": [NUMBERS[4], NUMBERS[5]], "share": [20, 100]},
                {"name": "non_physical", "projects": [NUMBERS[4], NUMBERS[0]], "share": [50, 100]},
            ],
        },
    ),
}


def _cheaper(told, row, amount):
    row["amount"] -= amount


def _votes(told, row, more):
    row["supports"] += more


def _voters(told, row, more):
    told["ballot"]["groups"].append([more, [[row["number"], 1]]])
    told["ballot"]["voters"] += more


def _place(told, row, place):
    told["order"]["places"][row["number"]] = place


def _without(told, row, name):
    limits = told["constraints"]
    if name == "per_group":
        limits["per_group"] = 0
    elif name == "women":
        limits["minimum_shares"] = limits["minimum_shares"][1:]
    elif name == "non_physical":
        limits["minimum_shares"] = limits["minimum_shares"][:1]
    else:
        limits["excluding"] = []


CHANGES = {"cheaper": _cheaper, "more_votes": _votes, "more_voters": _voters, "better_place": _place, "without": _without}


def _claims(told):
    for line in result_of(told)["lines"]:
        facts = line["facts"]
        found = {name: facts[name] for name in CHANGES if name in facts}
        if "before" in facts and facts["short_by"] < line["cost"]:
            found.setdefault("cheaper", facts["short_by"])
        yield from ((line, name, value) for name, value in found.items() if line["verdict"] != "funded")


@pytest.mark.parametrize("case", list(CASES))
def test_the_change_that_a_line_names_is_enough(case):
    claims = list(_claims(CASES[case]))
    assert claims, "something is out, and says what would have helped"
    for line, name, value in claims:
        told = copy.deepcopy(CASES[case])
        row = next(row for row in told["proposals"] if row["number"] == line["number"])
        CHANGES[name](told, row, value)
        again = next(one for one in result_of(told)["lines"] if one["number"] == line["number"])
        assert again["verdict"] == "funded", (line["number"], name, value)


def test_how_many_lines_are_asked_follows_from_the_inputs_alone():
    assert result_of(CASES["rank, bound"]) == result_of(copy.deepcopy(CASES["rank, bound"]))
    assert problem_of(CASES["greedy"]).budget == 100 * 10**6


def test_a_result_says_of_how_many_lines_no_way_in_was_looked_for(monkeypatch):
    inputs = frozen("equal-shares", ballots=True, options={"satisfaction": "cardinality", "completion": "add-opt"}, software=SOFTWARE)
    assert "not_looked_for" not in result_of(inputs)["account"]
    monkeypatch.setattr("budgeting.runs.ways.READ_MAX", 0)
    told = result_of(inputs)
    assert told["account"]["not_looked_for"] == sum(line["verdict"] == "not_funded" for line in told["lines"]) > 0


def test_older_runs_are_asked_as_far_as_their_software_asked_and_no_less_is_told_of_them(monkeypatch):
    """A bundle must come out of its own bytes, also after the bound has moved: the bound belongs to the software that the inputs name."""
    monkeypatch.setattr("budgeting.runs.ways._READ_ONCE", {"musrenbang rules 2": 0, "musrenbang rules 3": 10**9})
    result = {
        software: result_of(frozen("equal-shares", ballots=True, software=software))
        for software in ("musrenbang rules 2", "musrenbang rules 3", SOFTWARE)
    }
    oldest, older, newest = result.values()
    assert "not_looked_for" not in oldest["account"]
    assert not any("cheaper" in line["facts"] for line in oldest["lines"])
    assert older["lines"] == newest["lines"]
    assert any("cheaper" in line["facts"] for line in newest["lines"])


def test_the_bound_of_each_software_stays_what_it_was():
    told = {software: ways._READ_ONCE.get(software, ways.READ_MAX) for software in ("musrenbang rules 1", "musrenbang rules 2", "musrenbang rules 3")}
    assert list(told.values()) == [1_000_000, 1_000_000, 3_000_000]
    assert (SOFTWARE, ways.READ_MAX) == ("musrenbang rules 4", 1_500_000), "another bound is another software: keep the old one under its name"


def test_who_only_the_limit_of_a_village_kept_out_hears_it_where_supporters_buy():
    """With one village's six works and another's one, the limit of one each is what keeps the second one out, and the line says so."""
    for rule in ("equal-shares", "exact-equal-shares", "phragmen"):
        told = frozen(rule, ballots=True, constraints={"per_group": 1}, software=SOFTWARE)
        lines = {line["number"]: line for line in result_of(told)["lines"]}
        named = [line for line in lines.values() if line["reason"] == "GROUP_FULL"]
        for line in named:
            assert lines[line["facts"]["for"]]["verdict"] == "funded"
            assert line["facts"]["limit"] == 1
            free = result_of({**told, "constraints": {}})["lines"]
            assert next(one for one in free if one["number"] == line["number"])["verdict"] == "funded"
        before = result_of({**told, "software": "musrenbang rules 2"})
        assert {line["reason"] for line in before["lines"]}.isdisjoint({"GROUP_FULL"}), "an older run is told as it was"
