"""All sub-districts in one command: the same answers as a run gives, the same from any number of processes, and nothing half-written."""

import json
import os
import signal
from functools import partial
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from budgeting.management.commands import allocate_all
from budgeting.models import AllocationRun
from budgeting.national.deciding import Subdistrict, Way, decided
from budgeting.national.spreading import BATCH, spread
from budgeting.rules.constraints import BadProblemError
from proposals.stages import Stage
from tests import cast, make
from tests.budgeting.conftest import calculated, published_ceiling
from tests.budgeting.national import workers

pytestmark = pytest.mark.django_db
HERE = cast.VILLAGE[:8]


def answers(tmp_path, **options):
    """The sums and the lines by sub-district."""
    file, out = tmp_path / "all.jsonl", StringIO()
    call_command("allocate_all", "--plan-year", "2028", "--json", "--processes", "1", *_words(options), "--output", str(file), stdout=out)
    return json.loads(out.getvalue()), {line["region"]: line for line in map(json.loads, file.read_text().splitlines())}


def _words(options):
    return [word for name, value in options.items() for word in (f"--{name.replace('_', '-')}", str(value))]


def test_a_sub_district_gets_what_a_run_of_its_ceiling_gives(people, waiting, tmp_path):
    ceiling = published_ceiling(people, region_code=HERE)
    sums, lines = answers(tmp_path)
    run = calculated(people, ceiling)
    funded = [line.proposal.number for line in run.lines.filter(verdict="funded").select_related("proposal").order_by("rank")]
    assert lines[HERE]["selected"] == funded
    assert (lines[HERE]["budget"], lines[HERE]["spent"], lines[HERE]["left"]) == (650_000_000, run.spent, 650_000_000 - run.spent)
    assert sums == {
        "subdistricts": 1, "proposals": 3, "asked": 1_000_000_000, "budget": 650_000_000, "funded": len(funded), "spent": run.spent,
        "villages": 1, "villages_funded": 1, "left": 650_000_000 - run.spent,
    }  # fmt: skip
    assert AllocationRun.objects.count() == 1, "the command itself makes no run"


def test_money_may_be_the_same_everywhere_or_a_part_of_what_is_asked_for(waiting, tmp_path):
    assert answers(tmp_path, amount=100_000_000)[1][HERE]["funded"] == 1
    assert answers(tmp_path, per_mille=900)[1][HERE]["spent"] == 900_000_000


def test_the_table_has_a_row_for_each_sub_district_that_says_what_the_line_says(waiting, tmp_path):
    table = tmp_path / "all.csv"
    _sums, lines = answers(tmp_path, amount=400_000_000, table=table, per_village=1)
    header, row = [text.split(",") for text in table.read_text().splitlines()]
    told = dict(zip(header, row, strict=True))
    assert (told.pop("rule"), told.pop("per_village")) == ("greedy", "1")
    assert told == {name: str(lines[HERE][name]) for name in told}


def test_money_may_come_from_a_table_of_ones_own(waiting, tmp_path):
    budgets = tmp_path / "pagu.csv"
    budgets.write_bytes(f"\ufeffBudget;region;note\r\n100000000;{HERE};a\r\n\r\n".encode())
    assert answers(tmp_path, budgets=budgets)[1][HERE]["budget"] == 100_000_000


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: the header must have the column region once; it has: nothing"),
        ("region\n61.12.01\n", "line 1: the header must have the column budget once"),
        ("region,budget,budget\n", "line 1: the header must have the column budget once"),
        ("region,budget\n", "line 1: there is no row"),
        ("region,budget\n61.12,5\n", "line 2: region must be the code of a sub-district"),
        ("region,budget\n61.12.01,5\n\n61.12.01,6\n", "line 4: 61.12.01 comes twice"),
        ("region,budget\n61.12.01\n", "line 2: 1 cells under 2 columns"),
        *(
            (f'region,budget\n61.12.01,"{wrong}"\n', "line 2: budget must be whole rupiah")
            for wrong in ("-5", "0", "1.5", "1.000.000", "1e9", "Rp 5", "9" * 30)
        ),
        ('region,budget\n61.12.01,"5\n', "unexpected end"),
        ("region,budget\n61.12.01,5\n99.99.99,5\n", "line 3: no sub-district has the code 99.99.99"),
    ],
)
def test_a_table_that_is_wrong_is_refused_with_its_line_and_nothing_is_written(waiting, tmp_path, text, said):
    budgets = tmp_path / "pagu.csv"
    budgets.write_text(text)
    with pytest.raises(CommandError, match=said):
        answers(tmp_path, budgets=budgets, table=tmp_path / "all.csv")
    assert [one.name for one in tmp_path.iterdir()] == ["pagu.csv"]


def test_a_place_where_nothing_can_be_written_is_said_before_anything_is_calculated(waiting, tmp_path):
    for table, said in ((tmp_path / "none" / "all.csv", "No such file or directory"), (tmp_path / "all.jsonl", "must be two files")):
        with pytest.raises(CommandError, match=said):
            answers(tmp_path, amount=10, table=table)
    (tmp_path / "pagu.csv").write_bytes(b"region,budget\n\xff\n")
    with pytest.raises(CommandError, match="not UTF-8"):
        answers(tmp_path, budgets=tmp_path / "pagu.csv")


def test_a_rule_that_refuses_names_the_sub_district():
    with pytest.raises(BadProblemError, match=r"11\.01\.01: project 1: cost must be above zero"):
        decided(Way("greedy"), [Subdistrict("11.01.01", 10, "1\t11.01.01.2001\t0\t1")])


def test_what_was_decided_already_is_calculated_again_only_when_asked(plan, tmp_path):
    make.proposal(stage=Stage.BUDGET, of=plan, amount=5, outcome="not_funded")
    make.proposal(stage=Stage.BUDGET, of=plan, amount=7, outcome="withdrawn")
    with pytest.raises(CommandError, match="Nothing of 2028 waits"):
        answers(tmp_path, amount=10)
    assert answers(tmp_path, amount=10, whose="asked")[0]["proposals"] == 1


def test_where_no_ceiling_is_published_it_says_so_and_writes_nothing(waiting, tmp_path):
    with pytest.raises(CommandError, match="no ceiling"):
        answers(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wrong", [{"amount": 0}, {"per_mille": 1001}, {"per_mille": 0}, {"per_village": -1}, {"amount": 1, "processes": 0}])
def test_a_figure_that_makes_no_sense_is_refused(wrong, tmp_path):
    with pytest.raises(CommandError, match="must be"):
        answers(tmp_path, **wrong)


def test_a_rule_ended_in_the_middle_leaves_the_file_as_it_was(waiting, tmp_path, monkeypatch):
    file = tmp_path / "all.jsonl"
    file.write_text("of yesterday\n")

    def ended(_work, _items, _processes):
        yield decided(Way("greedy"), [Subdistrict(HERE, 10, f"A\t{cast.VILLAGE}\t5\t1")])
        os.kill(os.getpid(), signal.SIGTERM)
        yield from ()

    monkeypatch.setattr(allocate_all, "spread", ended)
    with pytest.raises(CommandError, match=r"Interrupted\. Nothing was written"):
        answers(tmp_path, amount=10)
    assert [one.name for one in tmp_path.iterdir()] == ["all.jsonl"]
    assert file.read_text() == "of yesterday\n"


def test_a_worker_that_was_killed_is_told_and_nothing_is_written(waiting, tmp_path, monkeypatch):
    monkeypatch.setattr(allocate_all, "spread", lambda _work, items, _processes: spread(workers.killed, items, 2))
    with pytest.raises(CommandError, match="A process was killed"):
        answers(tmp_path, amount=10)
    assert list(tmp_path.iterdir()) == []


def test_several_processes_give_the_same_lines_in_the_same_order():
    many = [
        Subdistrict(f"11.01.{n:02}", 50 + n, "\n".join(f"{n}-{p}\t11.01.{n:02}.{p % 3}\t{10 + p}\t{(p * n) % 7}" for p in range(9)))
        for n in range(BATCH + 9)
    ]
    work = partial(decided, Way("greedy", per_village=1))
    assert list(spread(work, many, 2)) == list(spread(work, many, 1))
