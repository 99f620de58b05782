"""Ballots drawn by lot, for the engines and their slow twins."""

from hypothesis import strategies as st

from deliberation.ballots.rules import Kind, Rules, Standee

KINDS = st.sampled_from(list(Kind))


@st.composite
def questions(draw, kinds=KINDS):
    """Rules with who stands: a few candidates with numbers that need not follow each other, some withdrawn."""
    kind = draw(kinds)
    numbers = draw(st.lists(st.integers(1, 12), min_size=2, max_size=6, unique=True))
    costs = draw(st.lists(st.integers(1, 9), min_size=len(numbers), max_size=len(numbers)))
    gone = draw(st.sets(st.sampled_from(numbers), max_size=2))
    standees = {n: Standee(n, f"Usulan {n}", c, proposal=f"N-{n}", withdrawn=n in gone) for n, c in zip(numbers, costs, strict=True)}
    total = draw(st.integers(1, 10))
    rules = Rules(
        kind,
        draw(st.integers(1, 6)) if kind in {Kind.APPROVAL, Kind.RANKING} else None,
        draw(st.integers(1, 20)) if kind is Kind.KNAPSACK else draw(st.none() | st.integers(1, 20)),
        total if kind is Kind.POINTS else None,
        draw(st.integers(1, total)) if kind is Kind.POINTS else None,
    )
    return rules, standees


@st.composite
def any_marks(draw, standees):
    """Marks as anybody might send them, valid or not."""
    return draw(st.lists(st.tuples(st.sampled_from([*standees, 99]), st.integers(-1, 7)), max_size=6))


@st.composite
def cast(draw, rules, standees):
    """One valid ballot, that of a voter before anybody was withdrawn."""
    numbers = draw(st.lists(st.sampled_from(sorted(standees)), unique=True, max_size=min(rules.most or 6, 6)))
    if rules.kind is Kind.RANKING:
        return tuple(sorted((number, place) for place, number in enumerate(numbers, start=1)))
    if rules.kind is Kind.POINTS:
        left, marks = rules.points_total, []
        for number in numbers:
            value = draw(st.integers(0, min(left, rules.points_each)))
            left -= value
            marks += [(number, value)] if value else []
        return tuple(sorted(marks))
    if rules.kind is Kind.KNAPSACK:
        kept, spent = [], 0
        for number in numbers:
            if spent + standees[number].cost <= rules.budget:
                kept.append(number)
                spent += standees[number].cost
        numbers = kept
    return tuple(sorted((number, 1) for number in numbers))


@st.composite
def elections(draw, kinds=KINDS):
    """A question with valid ballots."""
    rules, standees = draw(questions(kinds))
    return rules, standees, draw(st.lists(cast(rules, standees), max_size=12))
