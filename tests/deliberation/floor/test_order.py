"""The order of speakers is a rule that anybody can check, with its reason at every place."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from deliberation.floor.order import RULES, WHY, Waiting, queue

BEGIN = datetime(2027, 2, 11, 9)  # noqa: DTZ001 - only compared with each other
people = st.lists(
    st.builds(
        lambda minute, mode, sex: (minute, mode, sex), st.integers(0, 5), st.sampled_from(["hall", "online"]), st.sampled_from(["female", "male", ""])
    ),
    max_size=12,
)


def waiting(rows: list[tuple[int, str, str]]) -> list[Waiting]:
    return [Waiting(f"{number:02}", BEGIN + timedelta(minutes=minute), mode, sex) for number, (minute, mode, sex) in enumerate(rows)]


@given(st.sampled_from(sorted(RULES)), people, st.sampled_from(["", "hall", "online"]))
def test_everybody_who_waits_has_one_place_and_a_reason(rule, rows, last):
    placed = queue(rule, waiting(rows), last)
    assert sorted(place.key for place in placed) == [one.key for one in waiting(rows)]
    assert {place.why for place in placed} <= set(WHY)


@given(people, st.sampled_from(["", "hall", "online"]))
def test_hall_and_online_alternate_as_if_two_lines_stood_before_the_chair(rows, last):
    """The slow twin: the chair looks at both lines' heads each time, and takes from the one that did not speak last."""
    lines = {mode: sorted((one for one in waiting(rows) if one.mode == mode), key=lambda one: (one.asked_at, one.key)) for mode in ("hall", "online")}
    expected, spoke = [], last or "online"
    while lines["hall"] or lines["online"]:
        other = "hall" if spoke == "online" else "online"
        spoke = other if lines[other] else spoke
        expected.append(lines[spoke].pop(0).key)
    assert [place.key for place in queue("alternate", waiting(rows), last)] == expected


@given(people)
def test_women_first_keeps_the_order_of_asking_among_women_and_among_the_others(rows):
    placed = [place.key for place in queue("women", waiting(rows))]
    expected = sorted(waiting(rows), key=lambda one: (one.sex != "female", one.asked_at, one.key))
    assert placed == [one.key for one in expected]


def test_the_reasons_are_those_that_the_queue_shows():
    rows = waiting([(0, "hall", "male"), (1, "hall", "male"), (2, "online", "female")])
    assert [place.why for place in queue("alternate", rows)] == ["hall", "online", "hall"]
    assert [place.why for place in queue("alternate", rows[:2])] == ["hall", "only"]
    assert [(place.key, place.why) for place in queue("women", rows)] == [("02", "women"), ("00", "after"), ("01", "after")]
    assert [place.why for place in queue("first", rows)] == ["first"] * 3
