"""Reading Pabulib files: every fault by its line, and the real elections with the outcomes of an independent implementation."""

import json
import os
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from budgeting.rules import COMPLETABLE, RULES
from budgeting.rules.pabulib import parse
from budgeting.rules.pabulib_rows import PabulibError
from budgeting.rules.problem import Completion, Satisfaction

SHARED = Path(os.environ.get("MUSRENBANG_SHARED") or Path(__file__).resolve().parents[4] / "shared" / "data") / "pabulib"
GOOD = """META
key;value
num_projects;2
num_votes;2
budget;100
vote_type;approval
PROJECTS
project_id;cost;name
1;60;"A ""good"" road; with a bridge"
2;50;Well
VOTES
voter_id;vote
a;1,2
b;2
"""


def _lines(text):
    return text.splitlines(keepends=True)


def test_a_small_file_is_read_whole():
    election = parse(_lines(GOOD))
    assert [(p.id, p.cost, p.votes) for p in election.problem.projects] == [("1", 60, 1), ("2", 50, 2)]
    assert (election.problem.budget, election.voters, election.scale) == (100, 2, 1)
    assert RULES["greedy"](election.problem).selected == ("2",)


def test_cents_become_whole_numbers_so_that_nothing_is_rounded():
    election = parse(_lines(GOOD.replace("budget;100", "budget;110.10").replace("1;60;", "1;60.105;")))
    assert (election.scale, election.problem.budget) == (1000, 110_100)
    assert RULES["greedy"](election.problem).selected == ("2",)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("META\nkey", "key", 1, "begin with the section META"),
        ("VOTES\n", "", 0, "section VOTES is missing"),
        ("budget;100\n", "", 0, "does not say budget"),
        ("budget;100", "budget;0", 5, "above zero"),
        ("budget;100", "budget;-5", 5, "plain number"),
        ("budget;100", "budget;1e5", 5, "plain number"),
        ("budget;100", "budget;NaN", 5, "plain number"),
        ("budget;100", "budget;1.000.000", 5, "plain number"),
        ("budget;100", "budget;9999999999999999999999", 5, "at most"),
        ("budget;100", "budget;1.12345678", 5, "decimals"),
        ("2;50", "1;50", 10, "listed twice"),
        ("2;50", "2;", 10, "cost is missing"),
        ("2;50", "2;0", 10, "above zero"),
        ("2;50", "2;fifty", 10, "plain number"),
        ("b;2", "b;3", 14, "project 3, which is not listed"),
        ("b;2", "a;2", 14, "votes twice"),
        ("b;2", "b;2;7;8", 14, "cells under"),
        ("a;1,2\nb;2\n", "", 12, "section VOTES is empty"),
        ("num_votes;2", "num_votes;3", 4, "there are 2"),
        ("num_projects;2", "num_projects;7", 3, "there are 2"),
        ("approval", "knapsack", 6, "vote_type"),
        ("approval", "cumulative", 13, "points from 0 up"),
        ("budget;100", "budget;100\nbudget;90", 6, "budget twice"),
        ("voter_id;vote", "voter_id;choice", 12, "no column vote"),
        ("project_id;cost", "project_id;price", 8, "no column cost"),
        ("2;50;Well", '2;50;"Well', 14, "unexpected end"),
        ("project_id;cost;name\n1;60", "project_id;cost;cost\n1;60", 8, "the column cost twice"),
        ("PROJECTS\n", "", 0, "section PROJECTS is missing"),
        ("budget;100", "budget;1,000,000", 5, "plain number"),
        ("budget;100", "budget;Rp 100", 5, "plain number"),
        ("budget;100", "budget;+100", 5, "plain number"),
        ("2;50", "2;Infinity", 10, "plain number"),
        ("2;50", "2;-50", 10, "plain number"),
        ("b;2", ";2", 14, "voter_id is missing"),
    ],
)
def test_each_fault_is_refused_with_its_line(old, new, line, said):
    with pytest.raises(PabulibError, match=said) as caught:
        parse(_lines(GOOD.replace(old, new)))
    assert caught.value.line == line


@pytest.mark.parametrize(
    "same",
    [
        "\ufeff" + GOOD,
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("\n", "\r"),
        GOOD.replace("META\n", "meta;;\n\n").replace("VOTES", "Votes;"),
        GOOD.replace("budget;100", "budget;100.0").replace("2;50;", "2;50.00;"),
        GOOD.replace("budget;100", "budget;100,00"),
        GOOD.replace("budget;100", "budget;100\nmin_length;1\nmax_sum_cost;70\ncomment;#1: a; b; c"),
        GOOD.replace("approval", "Approval"),
        GOOD.replace("budget;100", "Budget;100\ncomment;#1: a\ncomment;#2: b\nnum_votes;2\nmin_project_cost;1\nfully_funded;1"),
        GOOD.replace("num_votes;2", "num_votes;2.0"),
        GOOD.replace("project_id;cost;name", "project_id;cost;name;votes;selected").replace('bridge"', 'bridge";7;1').replace("Well", "Well;;0"),
        GOOD.replace("2;50;Well", '2;50;"Green" well'),
        GOOD.replace("2;50;Well", '2;50;"A well\nof two lines"'),
        GOOD.replace("num_votes;2", "num_votes;3") + "c;\n",
        GOOD.replace("b;2", "b; 2 ,"),
    ],
)
def test_a_file_written_otherwise_is_the_same_election(same, tmp_path):
    file = tmp_path / "same.pb"
    file.write_bytes(same.encode())
    with file.open(encoding="utf-8", newline="") as lines:
        election = parse(lines)
    assert (election.problem.budget, [(p.id, p.cost, p.votes) for p in election.problem.projects]) == (100, [("1", 60, 1), ("2", 50, 2)])


SCORES = GOOD.replace("approval", "scoring").replace("voter_id;vote", "voter_id;vote;points").replace("a;1,2", "a;1,2;3.0,0").replace("b;2", "b;2;1")


def test_whole_points_written_as_fractions_are_whole_and_what_is_no_point_is_refused():
    assert [p.points for p in parse(_lines(SCORES)).problem.projects] == [3, 1]
    for wrong in ("-1", "1,1", "many", "1/2", "1e3", ".5", "9" * 5000, "0.1234567"):
        with pytest.raises(PabulibError, match="points from 0 up"):
            parse(_lines(SCORES.replace("b;2;1", f"b;2;{wrong}")))


def test_points_too_large_to_be_added_up_are_refused_rather_than_rounded():
    with pytest.raises(PabulibError, match="too large to be added up"):
        parse(_lines(SCORES.replace("b;2;1", "b;2;999999999999.999999")))


def test_half_points_are_exact(tmp_path):
    """Three tenths and a tenth are four tenths, not 0.30000000000000004: the first project wins its tie by its id alone."""
    text = SCORES.replace("a;1,2;3.0,0", "a;1,2;0.4,0.3").replace("b;2;1", "b;2;0.1").replace("1;60;", "1;50;")
    election = parse(_lines(text))
    assert ([p.points for p in election.problem.projects], election.points_scale) == ([4, 4], 10)
    file = tmp_path / "halves.pb"
    file.write_text(text.replace("budget;100", "budget;70"))
    for rule in ("greedy", "greedy-per-cost", "equal-shares", "phragmen", "max-welfare"):
        out = StringIO()
        call_command("allocate", str(file), rule=rule, json=True, stdout=out)
        assert json.loads(out.getvalue())["welfare"] in (0, 0.4), rule


def test_a_quote_that_swallows_the_votes_is_refused_also_beside_a_lenient_one():
    with pytest.raises(PabulibError):
        parse(_lines(GOOD.replace('1;60;"A', '1;60;"x" "A').replace("2;50;Well", '2;50;"Well')))


def test_bytes_of_another_encoding_and_a_missing_file_are_said_in_words(tmp_path):
    (tmp_path / "a.pb").write_bytes(GOOD.replace("Well", "Brunnen für").encode("cp1252"))
    for name, said in (("a.pb", "not UTF-8 text"), ("none.pb", "No such file"), ("", "directory")):
        with pytest.raises(CommandError, match=said):
            call_command("allocate", str(tmp_path / name), "--rule", "greedy")


def test_an_empty_file_says_what_is_missing():
    with pytest.raises(PabulibError, match="META is missing"):
        parse([])


def test_a_box_marked_twice_counts_once():
    assert parse(_lines(GOOD.replace("b;2", "b;2,2"))).problem.projects[1].votes == 2


def test_the_command_answers_in_the_contracts_json(tmp_path):
    file, out = tmp_path / "small.pb", StringIO()
    file.write_text(GOOD)
    call_command("allocate", str(file), "--rule", "greedy", "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert {key: answer[key] for key in ("rule", "budget", "spent", "welfare", "selected")} == {
        "rule": "greedy",
        "budget": 100,
        "spent": 50,
        "welfare": 100,
        "selected": ["2"],
    }
    assert answer["lines"][1] == {
        "project": "1",
        "cost": 60,
        "verdict": "not_funded",
        "reason": "BELOW_LINE",
        "rank": 2,
        "facts": {"short_by": 10, "remaining": 50, "before": "2", "more_votes": 1, "after": "2"},
    }


@pytest.mark.parametrize(
    ("content", "rule", "said"),
    [
        (GOOD, "best", "does not exist"),
        (GOOD, "rank", "the order of a meeting"),
        (GOOD.replace("2;50", "1;50"), "greedy", "line 10"),
        ("\x00", "greedy", "META"),
    ],
)
def test_the_command_refuses_clearly(tmp_path, content, rule, said):
    file = tmp_path / "bad.pb"
    file.write_text(content)
    with pytest.raises(CommandError, match=said):
        call_command("allocate", str(file), "--rule", rule)


def _instances():
    try:
        return json.loads((SHARED / "reference.json").read_text(encoding="utf-8"))["instances"]
    except OSError:
        return []


@pytest.mark.skipif(not _instances(), reason=f"the real elections are not at {SHARED}")
@pytest.mark.parametrize("instance", _instances(), ids=lambda instance: instance["file"][:40])
def test_greedy_equals_an_independent_exact_implementation_on_real_elections(instance):
    wanted = {
        Satisfaction({"additive_cardinal": "additive"}.get(name.split("/")[1], name.split("/")[1])): answer["selected"]
        for name, answer in instance["pabutools_exact"].items()
        if name.startswith("greedy/") and answer["status"] == "ok"
    }
    election = parse((SHARED / instance["file"]).open(encoding="utf-8", newline="").readlines())
    for satisfaction, selected in wanted.items():
        problem = replace(election.problem, satisfaction=satisfaction)
        outcome = RULES["greedy"](problem)
        problem.check(outcome)
        assert sorted(outcome.selected) == sorted(selected), satisfaction
    if not wanted:
        pytest.skip("the reference ran out of time on this one")
    assert election.problem.satisfaction in wanted, "the default satisfaction is the one of the ballots"


SMALL = [instance for instance in _instances() if instance["bytes"] < 300_000 and "seq_phragmen" in instance["pabutools_exact"]]


@pytest.mark.skipif(not SMALL, reason=f"the real elections are not at {SHARED}")
@pytest.mark.parametrize("instance", SMALL, ids=lambda instance: instance["file"][:40])
def test_phragmen_equals_an_independent_exact_implementation_on_real_elections(instance):
    answer = instance["pabutools_exact"]["seq_phragmen"]
    assert answer["status"] == "ok"
    election = parse((SHARED / instance["file"]).open(encoding="utf-8", newline="").readlines())
    outcome = RULES["phragmen"](election.problem)
    election.problem.check(outcome)
    assert sorted(outcome.selected) == sorted(answer["selected"])


NAMES = {"additive_cardinal": Satisfaction.ADDITIVE, "borda": Satisfaction.BORDA, "cost": Satisfaction.COST, "cardinality": Satisfaction.CARDINALITY}
COMPLETIONS = {"mes": Completion.NONE, "mes_add1": Completion.ADD1, "mes_add1_utilcompletion": Completion.ADD1_UTILITARIAN}
QUICK = [instance for instance in _instances() if instance["bytes"] < 200_000 or (instance["distinct_ballots"] < 500 and instance["bytes"] < 900_000)]


def _answers(instance, prefix):
    """What the reference answers for rules of this name: (rule, satisfaction, answer)."""
    both = {**instance.get("pabutools_float", {}), **instance.get("pabutools_exact", {})}
    for name, answer in both.items():
        rule, _, satisfaction = name.partition("/")
        if rule in prefix and satisfaction in NAMES and answer["status"] == "ok":
            yield rule, NAMES[satisfaction], answer


@pytest.mark.skipif(not QUICK, reason=f"the real elections are not at {SHARED}")
@pytest.mark.parametrize("instance", QUICK, ids=lambda instance: instance["file"][:40])
def test_equal_shares_equals_an_independent_exact_implementation_on_real_elections(instance):
    election = parse((SHARED / instance["file"]).open(encoding="utf-8", newline="").readlines())
    step = instance.get("voter_budget_increment", 1) * election.scale
    for rule, satisfaction, answer in _answers(instance, COMPLETIONS):
        problem = replace(election.problem, satisfaction=satisfaction)
        outcome = COMPLETABLE["equal-shares"](problem, COMPLETIONS[rule], step)
        problem.check(outcome)
        assert sorted(outcome.selected) == sorted(answer["selected"]), (rule, satisfaction)


@pytest.mark.skipif(not QUICK, reason=f"the real elections are not at {SHARED}")
@pytest.mark.parametrize("instance", QUICK, ids=lambda instance: instance["file"][:40])
def test_the_greatest_welfare_is_as_great_as_that_of_an_independent_solver(instance):
    election = parse((SHARED / instance["file"]).open(encoding="utf-8", newline="").readlines())
    for _rule, satisfaction, answer in _answers(instance, {"maxwelfare"}):
        problem = replace(election.problem, satisfaction=satisfaction)
        outcome = RULES["max-welfare"](problem)
        problem.check(outcome)
        worth = sum(problem.satisfaction_of(project) for project in problem.projects if project.id in outcome.selected)
        assert worth == answer["objective"] * (election.scale if satisfaction is Satisfaction.COST else 1), satisfaction
