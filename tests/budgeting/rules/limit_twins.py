"""Slow, obvious twins of the rules under constraints: everything is looked at anew before each purchase, amounts are tried one by one."""

from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import combinations

from budgeting.rules.problem import Problem, Project, Ties
from tests.budgeting.rules import twins

Paid = dict[str, int]
#: The works that a run buys in order: of a problem, with so much money, among these, after those.
Buy = Callable[[Problem, int, set[str], list[str]], list[str]]


def all_needs(problem: Problem, key: str) -> set[str]:
    """Everything a work needs, also by way of others."""
    direct = {other for one, other in problem.constraints.requiring if one == key}
    return direct.union(*(all_needs(problem, other) for other in direct))


def quarrels(problem: Problem, one: str, other: str) -> bool:
    return (one, other) in problem.constraints.excluding or (other, one) in problem.constraints.excluding


def mandatory(problem: Problem) -> set[str]:
    """With everything they need."""
    named = set(problem.constraints.mandatory)
    return named.union(*(all_needs(problem, key) for key in named))


def walked(problem: Problem, order: list[Project]) -> tuple[Paid, list[str]]:
    """What each work is paid under constraints, down a list; and the order of buying."""
    costs = {project.id: project.cost for project in problem.projects}
    paid: Paid = {project.id: project.cost for project in order if project.id in mandatory(problem)}
    held = list(problem.constraints.minimum_shares)
    while True:
        for project in order:
            bundle = _bundle(problem, order, held, paid, project)
            if bundle:
                paid |= bundle
                break
        else:
            if not held:
                return paid, list(paid)
            held.pop()
        assert sum(paid.values()) <= problem.budget
        assert all(paid[key] <= costs[key] for key in paid)


def _missing(problem: Problem, order: list[Project], paid: Paid, key: str) -> list[Project]:
    """What it needs and is not paid whole, in the order of ids."""
    return [p for p in sorted(order, key=lambda p: p.id) if p.id in all_needs(problem, key) and paid.get(p.id, 0) < p.cost]


def _could_be_paid(problem: Problem, order: list[Project], paid: Paid, project: Project) -> bool:
    missing = _missing(problem, order, paid, project.id)
    together = [project.id, *(p.id for p in missing)]
    least = problem.constraints.minimum_phases.get(project.id, project.cost) + sum(p.cost for p in missing)
    return (
        not any(key in paid for key in together)
        and not any(quarrels(problem, key, other) for key in together for other in paid)
        and least <= problem.budget - sum(paid.values())
    )


def _bundle(problem: Problem, order: list[Project], held: list, paid: Paid, project: Project) -> Paid | None:
    if not _could_be_paid(problem, order, paid, project):
        return None
    taken = {p.group for p in order if p.id in paid}
    mine = sum(p.group == project.group for p in order if p.id in paid)
    waits = any(p.group and p.group not in taken and _could_be_paid(problem, order, paid, p) for p in order)
    if project.group and problem.constraints.per_group and mine >= problem.constraints.per_group and waits:
        return None
    left, reserves = problem.budget - sum(paid.values()), []
    unreserved = left
    for share in held:
        wanted = share.share.numerator * problem.budget // share.share.denominator - sum(paid.get(key, 0) for key in share.projects)
        reserves.append((set(share.projects), min(max(0, wanted), unreserved)))
        unreserved -= reserves[-1][1]
    rest = {p.id: p.cost for p in _missing(problem, order, paid, project.id)}
    for amount in range(project.cost, problem.constraints.minimum_phases.get(project.id, project.cost) - 1, -1):
        bundle = {**rest, project.id: amount}
        after = left - sum(bundle.values())
        if after >= sum(max(0, reserve - sum(bundle[key] for key in members & bundle.keys())) for members, reserve in reserves):
            return bundle
    return None


def sequence(problem: Problem, buy: Buy) -> list[str]:
    """A rule that asks who wants what, under constraints: mandatory works, then each minimum share by itself, then everything."""
    bought = sorted(mandatory(problem))
    costs = {project.id: project.cost for project in problem.projects}
    for share in problem.constraints.minimum_shares:
        held = int(share.share * problem.budget) - sum(costs[key] for key in bought if key in share.projects)
        money = min(held, problem.budget - sum(costs[key] for key in bought))
        if money > 0:
            bought = [*bought, *buy(problem, money, set(share.projects), bought)]
    money = problem.budget - sum(costs[key] for key in bought)
    return [*bought, *buy(problem, money, set(costs), bought)] if money > 0 else bought


def on_sale(problem: Problem, bought: list[str], among: set[str]) -> list[Project]:
    """What nobody excludes any more, and all needs of which are bought."""
    return [
        p
        for p in problem.projects
        if p.id in among
        and p.id not in bought
        and not any(quarrels(problem, p.id, other) for other in bought)
        and all_needs(problem, p.id) <= set(bought)
    ]


def let_go(problem: Problem, bought: list[str], possible: list[Project]) -> list[Project]:
    """Without those whose group is full while one that has none could buy something."""
    most = problem.constraints.per_group
    in_group = [p.group for p in problem.projects if p.id in bought]
    if not most or not any(p.group and p.group not in in_group for p in possible):
        return possible
    return [p for p in possible if not p.group or in_group.count(p.group) < most]


def _tie(problem: Problem, project: Project) -> tuple[int, str]:
    return (project.cost if problem.ties is Ties.CHEAPER else 0, project.id)


def at_share(problem: Problem, share: Fraction, among: set[str], before: list[str], *, evenly: bool) -> list[str]:
    """Equal Shares, or Exact Equal Shares, where everybody holds `share`."""
    people = twins.voters_of(problem)
    purses, bought = [share] * len(people), list(before)
    while True:
        prices: dict[Project, Fraction] = {}
        for project in on_sale(problem, bought, among):
            if evenly and (crowd := twins.largest(project, purses, people)):
                prices[project] = Fraction(project.cost, len(crowd) * twins.divisor(problem, project))
            if not evenly and (cost := twins.price(project, purses, people)) is not None:
                prices[project] = cost / twins.divisor(problem, project)
        if not prices:
            return bought[len(before) :]
        best = min(let_go(problem, bought, list(prices)), key=lambda project: (prices[project], *_tie(problem, project)))
        if evenly:
            crowd = twins.largest(best, purses, people)
            for voter in crowd:
                purses[voter] -= Fraction(best.cost, len(crowd))
        else:
            unit = twins.price(best, purses, people)
            assert unit is not None
            purses = [purse - min(purse, unit * person.get(best.id, 0)) for purse, person in zip(purses, people, strict=True)]
        bought.append(best.id)


def shares_buy(*, evenly: bool) -> Buy:
    """Without a completion."""
    return lambda problem, money, among, bought: at_share(problem, Fraction(money, problem.voters), among, bought, evenly=evenly)


def raised_buy(shares: Callable[[Fraction], Iterable[Fraction]], *, evenly: bool) -> Buy:
    """The last affordable outcome while the share is raised, stopping where nothing that is wanted and on sale fits any more."""

    def buy(problem: Problem, money: int, among: set[str], before: list[str]) -> list[str]:
        costs = {project.id: project.cost for project in problem.projects}
        wanted = {key for person in twins.voters_of(problem) for key in person}
        best: list[str] = []
        for share in shares(Fraction(money, problem.voters)):
            now = at_share(problem, share, among, before, evenly=evenly)
            left = money - sum(costs[key] for key in now)
            if left < 0:
                return best
            best = now
            if all(p.cost > left for p in on_sale(problem, [*before, *now], among) if p.id in wanted):
                return best
        return best

    return buy


def completed_buy(*, evenly: bool) -> Buy:
    """By shares, and then by votes."""

    def buy(problem: Problem, money: int, among: set[str], before: list[str]) -> list[str]:
        costs = {project.id: project.cost for project in problem.projects}
        bought = [*before, *shares_buy(evenly=evenly)(problem, money, among, before)]
        while True:
            left = money - sum(costs[key] for key in bought[len(before) :])
            fits = [p for p in on_sale(problem, bought, among) if p.cost <= left]
            free = let_go(problem, bought, fits)
            if not free:
                return bought[len(before) :]
            bought.append(min(free, key=lambda p: (-p.votes, *_tie(problem, p))).id)

    return buy


def phragmen_buy(problem: Problem, money: int, among: set[str], before: list[str]) -> list[str]:
    """Every voter has a purse; wait until the next work on sale can be paid; stop when it does not fit."""
    people = twins.voters_of(problem)
    purses, bought, left = [Fraction(0)] * len(people), list(before), money
    while True:
        sale = [p for p in on_sale(problem, bought, among) if p.votes and p.cost <= money]
        fits = [p for p in sale if p.cost <= left]
        free = [p for p in sale if not _is_held(problem, bought, p, fits)]
        if not free:
            return bought[len(before) :]
        waits = {
            p.id: max(Fraction(0), (p.cost - sum(x for x, voter in zip(purses, people, strict=True) if p.id in voter)) / Fraction(p.votes))
            for p in free
        }
        shortest = min(waits.values())
        purses = [purse + shortest for purse in purses]
        due = [p for p in free if waits[p.id] == shortest]
        if any(p.cost > left for p in due):
            return bought[len(before) :]
        best = min(due, key=lambda p: _tie(problem, p))
        purses = [Fraction(0) if best.id in voter else purse for purse, voter in zip(purses, people, strict=True)]
        bought.append(best.id)
        left -= best.cost


def _is_held(problem: Problem, bought: list[str], project: Project, fits: list[Project]) -> bool:
    in_group = [p.group for p in problem.projects if p.id in bought]
    waits = any(p.group and p.group not in in_group for p in fits)
    return bool(problem.constraints.per_group and project.group) and waits and in_group.count(project.group) >= problem.constraints.per_group


def greatest_welfare(problem: Problem) -> tuple[int, int]:
    """The most that any list gives which keeps all constraints, and the least that such a list costs; by trying all lists."""
    lists = _lists(problem)
    found = _keeping_shares(problem, [paid for paid in lists if _keeps_groups(problem, lists, paid)])
    return min((-sum(problem.satisfaction_of(p) for p in paid), sum(p.cost for p in paid)) for paid in found)


def _lists(problem: Problem) -> list[tuple[Project, ...]]:
    """Affordable, with the mandatory works, keeping the pairs."""
    subsets = (chosen for size in range(len(problem.projects) + 1) for chosen in combinations(problem.projects, size))
    return [chosen for chosen in subsets if sum(p.cost for p in chosen) <= problem.budget and _keeps_pairs(problem, {p.id for p in chosen})]


def _keeps_pairs(problem: Problem, ids: set[str]) -> bool:
    return (
        mandatory(problem) <= ids
        and not any(one in ids and other in ids for one, other in problem.constraints.excluding)
        and all(all_needs(problem, key) <= ids for key in ids)
    )


def _keeps_groups(problem: Problem, lists: list[tuple[Project, ...]], paid: tuple[Project, ...]) -> bool:
    most = problem.constraints.per_group
    have = Counter(p.group for p in paid if p.group)
    before = Counter(p.group for p in problem.projects if p.id in mandatory(problem))
    eligible = {p.group for p in problem.projects if p.group and any(p in chosen for chosen in lists)}
    return not most or all(times <= max(most, before[group]) for group, times in have.items()) or eligible <= have.keys()


def promised(problem: Problem) -> set[str]:
    """Groups with a work that some list of whole works holds."""
    return {p.group for chosen in _lists(problem) for p in chosen if p.group}


def _keeping_shares(problem: Problem, lists: list[tuple[Project, ...]]) -> list[tuple[Project, ...]]:
    """Share by share, only the lists that pay its set as much as any of those so far does without exceeding it (or more)."""
    must = mandatory(problem)
    money = problem.budget - sum(p.cost for p in problem.projects if p.id in must)
    for share in problem.constraints.minimum_shares:
        members = set(share.projects) - must
        own = sum(p.cost for p in problem.projects if p.id in must & set(share.projects))
        reserve = min(max(0, int(share.share * problem.budget) - own), money)
        sums = {chosen: sum(p.cost for p in chosen if p.id in members) for chosen in lists}
        usable = max((amount for amount in sums.values() if amount <= reserve), default=0)
        lists = [chosen for chosen in lists if sums[chosen] >= usable]
    return lists
