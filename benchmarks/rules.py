"""Equal Shares with add1 on the real elections, beside the seconds of an independent exact implementation (its reference.json).

Those seconds belong to the machine where they were measured; ours are CPU seconds of this one. With `REFERENCE_PYTHON`, an interpreter
of an environment that has pabutools, they are measured here, side by side (each at most a minute). `exact-equal-shares` with ADD-OPT and
`max-welfare` stand beside them without a floor of their own kind: beside one plain walk.
"""

import json
import os
import random
import resource
import statistics
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from budgeting.rules import COMPLETABLE, RULES
from budgeting.rules.pabulib import parse
from budgeting.rules.problem import Ballot, Completion, Problem, Project, Satisfaction

SHARED = Path(os.environ.get("MUSRENBANG_SHARED") or Path(__file__).resolve().parents[2] / "shared" / "data") / "pabulib"
NAMES = {"cost": Satisfaction.COST, "cardinality": Satisfaction.CARDINALITY, "additive_cardinal": Satisfaction.ADDITIVE, "borda": Satisfaction.BORDA}

#: Works of very different prices.
CHANGING = ("Poland_Warszawa_2023_Bialoleka.pb", "France_Toulouse_2024.pb", "Poland_Warszawa_2020_Wawer.pb")


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


#: For the other interpreter: reads the file, runs Equal Shares with add1 under a satisfaction, prints its CPU seconds.
THEIRS = """
import sys, time
from pabutools.election import Additive_Borda_Sat, Additive_Cardinal_Sat, Cardinality_Sat, Cost_Sat, parse_pabulib
from pabutools.rules import method_of_equal_shares
file, name, step = sys.argv[1:]
gains = {"cost": Cost_Sat, "cardinality": Cardinality_Sat, "additive_cardinal": Additive_Cardinal_Sat, "borda": Additive_Borda_Sat}
sys.setrecursionlimit(100_000)
instance, profile = parse_pabulib(file)
begun = time.process_time()
method_of_equal_shares(instance, profile, sat_class=gains[name], voter_budget_increment=int(step))
print(time.process_time() - begun)
"""


def theirs(instance: dict[str, Any], satisfaction: str, told: float) -> float:
    """The reference's seconds: measured here where its interpreter is named and it ends within a minute, otherwise as told."""
    interpreter = os.environ.get("REFERENCE_PYTHON")
    if not interpreter:
        return told
    step = str(instance.get("voter_budget_increment", 1))
    words = [interpreter, "-c", THEIRS, str(SHARED / instance["file"]), satisfaction, step]
    try:
        return float(subprocess.run(words, check=True, capture_output=True, text=True, timeout=60).stdout)
    except subprocess.TimeoutExpired:
        return told


def measure(instance: dict[str, Any]) -> list[float]:
    """One line an answer of the reference; how many times faster each was."""
    election = parse((SHARED / instance["file"]).open(encoding="utf-8", newline="").readlines())
    step = instance.get("voter_budget_increment", 1) * election.scale
    faster = []
    for name, answer in instance.get("pabutools_exact", {}).items():
        rule, _, satisfaction = name.partition("/")
        if rule != "mes_add1" or answer["status"] != "ok":
            continue
        problem = replace(election.problem, satisfaction=NAMES[satisfaction])
        taken = min(seconds(partial(COMPLETABLE["equal-shares"], problem, Completion.ADD1, step)) for _ in range(3))
        beside = theirs(instance, satisfaction, answer["seconds"])
        faster.append(beside / taken)
        print(f"  {instance['file'][:36]:<38} {satisfaction:<18} {faster[-1]:8.1f} x faster  ({taken:.3f} s / {beside:.3f} s)", flush=True)
    return faster


def largest(instance: dict[str, Any]) -> None:
    """The largest election: seconds and memory, beside one plain walk."""
    election = parse((SHARED / instance["file"]).open(encoding="utf-8", newline="").readlines())
    problem, step = election.problem, election.scale
    plain = seconds(lambda: RULES["equal-shares"](problem))
    print(f"  {instance['num_votes']} voters x {instance['num_projects']} projects")
    for name, completion in (("equal-shares", Completion.ADD1), ("exact-equal-shares", Completion.ADD_OPT)):
        taken = seconds(partial(COMPLETABLE[name], problem, completion, step))
        print(f"  {name:<20} {completion:<10} {taken / plain:6.1f} x a plain walk  ({taken:.2f} s)")
    print(f"  memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def different(voters: int, works: int, marks: int) -> None:
    """An election in which every ballot differs, made from a fixed seed: exact-equal-shares with ADD-OPT beside one plain walk of it."""
    chance = random.Random(3)
    ids = [f"p{number}" for number in range(works)]
    liked = [chance.random() + 0.1 for _ in ids]
    ballots = Counter(tuple(sorted(set(chance.choices(ids, liked, k=marks)))) for _ in range(voters))
    votes = Counter(key for ballot in ballots.elements() for key in ballot)
    projects = tuple(Project(key, chance.randint(50, 900) * 10**6, votes[key]) for key in ids)
    told = tuple(Ballot(approved, times) for approved, times in ballots.items())
    problem = Problem(sum(project.cost for project in projects) // 4, projects, ballots=told, voters=voters)
    plain = seconds(partial(RULES["exact-equal-shares"], problem))
    taken = seconds(partial(COMPLETABLE["exact-equal-shares"], problem, Completion.ADD_OPT, 1))
    print(f"  {len(told)} different ballots x {works}: exact-equal-shares add-opt {taken / plain:6.1f} x a plain walk  ({taken:.2f} s)", flush=True)


def changing(file: str) -> None:
    """A real election whose works are bought in another order every few changes: the same two."""
    problem = parse((SHARED / file).open(encoding="utf-8", newline="").readlines(), Satisfaction.COST).problem
    plain = min(seconds(partial(RULES["exact-equal-shares"], problem)) for _ in range(3))
    taken = seconds(partial(COMPLETABLE["exact-equal-shares"], problem, Completion.ADD_OPT, 1))
    print(f"  {file[:36]:<38} exact-equal-shares add-opt {taken / plain:6.1f} x a plain walk  ({taken:.2f} s)", flush=True)


if __name__ == "__main__":
    instances = json.loads((SHARED / "reference.json").read_text(encoding="utf-8"))["instances"]
    times = [ratio for instance in instances for ratio in measure(instance)]
    print(f"  equal-shares with add1: {statistics.median(times):.0f} x faster at the median, {min(times):.1f} x at the least, {len(times)} answers")
    largest(max(instances, key=lambda instance: instance["num_votes"]))
    different(2_000, 60, 20)
    different(10_000, 100, 30)
    for file in CHANGING:
        changing(file)
