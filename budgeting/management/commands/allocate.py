"""`manage.py allocate FILE.pb --rule greedy [--json]`: run a rule on a Pabulib file, without a database."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from budgeting.management.ending import INTERRUPTED, ended_by_term
from budgeting.rules import BY_PLACES, COMPLETABLE, RULES
from budgeting.rules.constraints import BadProblemError
from budgeting.rules.pabulib import Election, parse
from budgeting.rules.pabulib_rows import Lines
from budgeting.rules.problem import Completion, Outcome, Satisfaction

MONEY_FACTS = frozenset({"remaining", "short_by", "ceiling"})


class Command(BaseCommand):
    """Reads the file, runs the rule, checks the outcome, prints it."""

    help = "Run an allocation rule on a Pabulib file."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a .pb file")
        parser.add_argument("--rule", required=True, help=f"one of: {', '.join(name for name in RULES if name not in BY_PLACES)}")
        parser.add_argument("--satisfaction", choices=[choice.value for choice in Satisfaction], help="what a voter gains from a funded project")
        parser.add_argument(
            "--completion", choices=[choice.value for choice in Completion], default="none", help="what is done with money that is left"
        )
        parser.add_argument("--increment", type=int, default=1, help="what add1 adds to each voter's share a step, in the file's currency")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *, file: Path, rule: str, satisfaction: str | None, completion: str, increment: int, json: bool, **_: Any) -> None:
        _refuse_nonsense(rule, completion, increment)
        try:
            with ended_by_term():
                election = _read(file, Satisfaction(satisfaction) if satisfaction else None)
                if rule == "greedy-per-cost" and election.problem.satisfaction is Satisfaction.COST:
                    election = replace(election, problem=replace(election.problem, satisfaction=Satisfaction.CARDINALITY))
                outcome = _run(rule, election, Completion(completion), increment)
                election.problem.check(outcome)
        except KeyboardInterrupt as error:
            raise CommandError("Interrupted. Nothing was calculated.", returncode=INTERRUPTED) from error
        except BadProblemError as error:
            raise CommandError(f"{file}: {error}") from error
        self.stdout.write(_as_json(rule, election, outcome) if json else _as_text(rule, election, outcome))


def _refuse_nonsense(rule: str, completion: str, increment: int) -> None:
    if rule not in RULES:
        raise CommandError(f"The rule {rule} does not exist. There are: {', '.join(RULES)}.")
    if rule in BY_PLACES:
        raise CommandError(f"The rule {rule} follows the order of a meeting, which a file of ballots does not hold.")
    if completion != Completion.NONE and rule not in COMPLETABLE:
        raise CommandError(f"The rule {rule} spends what it can by itself; a completion belongs to: {', '.join(COMPLETABLE)}.")
    if increment < 1:
        raise CommandError(f"--increment must be at least 1, not {increment}.")


def _read(file: Path, satisfaction: Satisfaction | None) -> Election:
    try:
        return parse(Lines(file), satisfaction)
    except UnicodeDecodeError as error:
        raise CommandError(f"{file}: this is not UTF-8 text.") from error
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}") from error
    except ValueError as error:
        raise CommandError(f"{file}: {error}") from error


def _run(rule: str, election: Election, completion: Completion, increment: int) -> Outcome:
    if completion is Completion.NONE:
        return RULES[rule](election.problem)
    return COMPLETABLE[rule](election.problem, completion, increment * election.scale)


def _money(units: int, scale: int) -> int | float:
    """In the file's own currency: whole where it is whole."""
    return units // scale if units % scale == 0 else units / scale


def _as_json(rule: str, election: Election, outcome: Outcome) -> str:
    problem, scale = election.problem, election.scale
    worth_scale = {Satisfaction.COST: scale, Satisfaction.ADDITIVE: election.points_scale}.get(problem.satisfaction, 1)
    worth = sum(problem.satisfaction_of(project) for project in problem.projects if project.id in set(outcome.selected))
    answer = {
        "rule": rule,
        "budget": _money(problem.budget, scale),
        "spent": _money(outcome.spent, scale),
        "welfare": _money(worth, worth_scale),
        "selected": list(outcome.selected),
        "lines": [
            {
                "project": line.project,
                "cost": _money(line.cost, scale),
                "verdict": line.verdict.value,
                "reason": line.reason.value,
                "rank": line.rank,
                "facts": {key: _money(value, scale) if key in MONEY_FACTS and isinstance(value, int) else value for key, value in line.facts.items()},
            }
            for line in outcome.lines
        ],
    }
    return json.dumps(answer, ensure_ascii=False)


def _as_text(rule: str, election: Election, outcome: Outcome) -> str:
    scale = election.scale
    rows = [f"{line.rank:>4}  {line.project:<16} {_money(line.cost, scale):>16}  {line.verdict:<10}  {line.reason}" for line in outcome.lines]
    total = f"{rule}: {len(outcome.selected)} of {len(outcome.lines)}, {_money(outcome.spent, scale)} of {_money(election.problem.budget, scale)}"
    return "\n".join([*rows, total])
