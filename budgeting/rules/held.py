"""Which works the limit of a group alone kept out where supporters buy: their lines say GROUP_FULL. Pure.

A rule of purchases ends when nobody can pay any more, and then no limit holds anything: what it held, it held earlier, and the supporters'
money went elsewhere. A line says `GROUP_FULL` where all of this is true, and otherwise what it said:
1. at some moment the group had as many works as it may, and after that a group without any got its first: meanwhile the work had to wait;
2. without the limit, all else equal, the rule would have paid it. For this the rule is run once more.

`for` is the first such work of another group; the facts that the line had stay.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from budgeting.rules.problem import Facts, Line, Outcome, Problem, Reason, Verdict

_BY_MONEY = frozenset({Reason.BELOW_LINE, Reason.SUPPORTERS_SHORT})


def limit_named(problem: Problem, rule: Callable[[Problem], Outcome], outcome: Outcome) -> Outcome:
    """The outcome, its reasons made precise; the same where supporters do not buy, or no work was held."""
    most = problem.constraints.per_group
    waited = _waited(problem, outcome.lines, most) if most and outcome.by_supporters else {}
    if not waited:
        return outcome
    freely = set(rule(replace(problem, constraints=replace(problem.constraints, per_group=0))).selected)
    groups = {project.id: project.group for project in problem.projects}

    def named(line: Line) -> Line:
        if line.project not in waited or line.project not in freely:
            return line
        facts: Facts = {**line.facts, "group": groups[line.project], "limit": most, "for": waited[line.project]}
        return replace(line, reason=Reason.GROUP_FULL, facts=facts)

    return replace(outcome, lines=tuple(named(line) for line in outcome.lines))


def _waited(problem: Problem, lines: Sequence[Line], most: int) -> dict[str, str]:
    """By work that was refused for want of money: for whom its group had to wait first."""
    groups = {project.id: project.group for project in problem.projects}
    have: Counter[str] = Counter()
    waits_for: dict[str, str] = {}
    for line in lines:
        group = groups[line.project]
        if line.verdict is not Verdict.FUNDED or not group:
            continue
        if not have[group] and line.reason is not Reason.MANDATORY:
            waits_for |= {full: line.project for full, times in have.items() if times >= most and full not in waits_for}
        have[group] += 1
    refused = (line for line in lines if line.verdict is Verdict.NOT_FUNDED and line.reason in _BY_MONEY)
    return {line.project: waits_for[groups[line.project]] for line in refused if groups[line.project] in waits_for}
