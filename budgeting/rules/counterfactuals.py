"""What would have changed a verdict, each claim checked by running the rule again. Pure; asked for when somebody wants to know.

Of a work that is not funded, all else equal:
    funded_at_cost      it is funded at this cost, and one unit more is too much;
    funded_with_votes   it is funded with so many votes, and one less is too few (rules that count votes, without ballots);
    funded_with_voters  it is funded if so many more voters come who want it alone, and one less is too few (rules that read ballots);
    funded_at_place     it is funded at this place of the meeting's order, and one later is too late (`rank`);
    funded_without      it is funded where this constraint alone is lifted: the id of the work that excludes it, `per_group`, or a share's name.
Of a work that is funded, the same from the other side: refused_above_cost, refused_below_votes, refused_after_place; of one paid in part
whole_at_cost. A mandatory work is paid in any case: nothing is claimed.

A number is found by halving, so where a verdict could flip more than once it is one of its edges; that it flips there is checked.
What could not be found says nothing. `too_large` says that the rule would have had to read too much too often.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from budgeting.rules.constraints import BadProblemError
from budgeting.rules.problem import Ballot, Line, Outcome, Problem, Project, Reason, Satisfaction, Verdict

Rule = Callable[[Problem], Outcome]
Claims = dict[str, int | str]
#: The rule is run some dozens of times: elections with more marks on their ballots times projects than this are not asked.
MARKS_MAX = 5_000_000
#: Rules that read ballots are asked for up to so many times as many voters.
VOTERS_TIMES = 4


@dataclass(frozen=True)
class Case:
    """One work of a problem under a rule, and whether it was paid."""

    problem: Problem
    rule: Rule
    project: Project
    line: Line

    def funded(self, problem: Problem) -> bool:
        """Whether the rule pays the work (in part is paid, too)."""
        return self._line(problem).verdict is Verdict.FUNDED

    def whole(self, problem: Problem) -> bool:
        """Whether it pays all of it."""
        line = self._line(problem)
        return line.amount == line.cost

    def _line(self, problem: Problem) -> Line:
        return next(line for line in self.rule(problem).lines if line.project == self.project.id)


def claims(problem: Problem, rule: Rule, key: str, *, by_ballots: bool, by_places: bool) -> Claims:
    """What would have changed the verdict on one work."""
    marks = sum(len(ballot.approved) for ballot in problem.ballots) if by_ballots else 1
    if marks * len(problem.projects) > MARKS_MAX:
        return {"too_large": marks}
    project = next(project for project in problem.projects if project.id == key)
    line = next(line for line in rule(problem).lines if line.project == key)
    if line.reason is Reason.MANDATORY or "needed_by" in line.facts:
        return {}
    case = Case(problem, rule, project, line)
    found = _by_cost(case)
    if by_places:
        found |= _by_place(case)
    if by_ballots:
        found |= _by_voters(case)
    elif not by_places or problem.satisfaction is Satisfaction.COST:
        found |= _by_votes(case)
    return found if line.verdict is Verdict.FUNDED else found | _without(case)


def _edge(holds: Callable[[int], bool], yes: int, no: int) -> int | None:
    """The number next to where `holds` stops, on the side of `yes`; None where it does not hold at `yes`, holds at `no`, or nobody can tell."""
    try:
        if not holds(yes) or holds(no):
            return None
        while abs(no - yes) > 1:
            middle = (yes + no) // 2
            yes, no = (middle, no) if holds(middle) else (yes, middle)
    except BadProblemError:
        return None
    return yes


def _changed(case: Case, **changes: int) -> Problem:
    changed = replace(case.project, **changes)  # type: ignore[arg-type]
    return replace(case.problem, projects=tuple(changed if project is case.project else project for project in case.problem.projects))


def _by_cost(case: Case) -> Claims:
    least = case.problem.constraints.minimum_phases.get(case.project.id, 1)
    cost, beyond = case.project.cost, max(case.problem.budget, case.project.cost) + 1
    if case.line.reason is Reason.FUNDED_PARTIAL:
        return _told("whole_at_cost", _edge(lambda cost: case.whole(_changed(case, cost=cost)), least, cost))
    if case.line.verdict is Verdict.FUNDED:
        return _told("refused_above_cost", _edge(lambda cost: case.funded(_changed(case, cost=cost)), cost, beyond))
    return _told("funded_at_cost", _edge(lambda cost: case.funded(_changed(case, cost=cost)), least, cost))


def _by_votes(case: Case) -> Claims:
    if case.problem.satisfaction.by_points:
        return {}
    votes = case.project.votes
    if case.line.verdict is Verdict.FUNDED:
        return _told("refused_below_votes", _edge(lambda votes: case.funded(_changed(case, votes=votes)), votes, 0))
    # more than anybody has, also for each unit of cost
    most = (max(project.votes for project in case.problem.projects) + 1) * max(1, case.project.cost)
    return _told("funded_with_votes", _edge(lambda votes: case.funded(_changed(case, votes=votes)), most, votes))


def _by_place(case: Case) -> Claims:
    last = max(project.place for project in case.problem.projects) + 1
    if case.line.verdict is Verdict.FUNDED:
        return _told("refused_after_place", _edge(lambda place: case.funded(_changed(case, place=place)), case.project.place or last, last + 1))
    return _told("funded_at_place", _edge(lambda place: case.funded(_changed(case, place=place)), 1, case.project.place or last + 1))


def with_voters(problem: Problem, key: str, more: int) -> Problem:
    """The problem with so many more voters who want this work alone."""
    projects = tuple(replace(project, votes=project.votes + more) if project.id == key else project for project in problem.projects)
    ballots = (*problem.ballots, Ballot((key,), more)) if more else problem.ballots
    return replace(problem, projects=projects, ballots=ballots, voters=problem.people + more)


def _by_voters(case: Case) -> Claims:
    if case.line.verdict is Verdict.FUNDED or case.problem.satisfaction.by_points:
        return {}
    most = VOTERS_TIMES * case.problem.people
    return _told("funded_with_voters", _edge(lambda more: case.funded(with_voters(case.problem, case.project.id, more)), most, 0))


def _without(case: Case) -> Claims:
    """The one constraint that kept it out: the work that excludes it gone, the limit of groups gone, or one minimum share."""
    limits, problem = case.problem.constraints, case.problem
    ways: list[tuple[str, Problem]] = []
    if case.line.reason is Reason.EXCLUDED_BY:
        by = str(case.line.facts["by"])
        pairs = tuple(pair for pair in limits.excluding if {by, case.project.id} != set(pair))
        ways.append((by, replace(problem, constraints=replace(limits, excluding=pairs))))
    if limits.per_group:
        ways.append(("per_group", replace(problem, constraints=replace(limits, per_group=0))))
    for share in limits.minimum_shares:
        others = tuple(other for other in limits.minimum_shares if other is not share)
        ways.append((share.name, replace(problem, constraints=replace(limits, minimum_shares=others))))
    return next(({"funded_without": name} for name, changed in ways if _is_funded(case, changed)), {})


def _is_funded(case: Case, problem: Problem) -> bool:
    try:
        return case.funded(problem)
    except BadProblemError:
        return False


def _told(name: str, number: int | None) -> Claims:
    return {} if number is None else {name: number}
