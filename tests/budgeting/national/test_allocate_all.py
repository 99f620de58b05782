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
