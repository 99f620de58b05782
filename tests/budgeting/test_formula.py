"""Dividing a ceiling by formula: exact to the rupiah, indifferent to order, and clear about what is missing."""

import json
import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from budgeting.formula import Fault, FormulaError, Inputs, Variable, divide, inputs_of, told
from budgeting.formula_file import differences, main

CODES = [f"61.12.{place:02d}" for place in range(1, 20)]
AREA, ROADS = "area", "roads"


def inputs(**changes):
    """Two variables, three regions: a hundred rupiah, a tenth shared equally, a tenth for rewards."""
    fields = {
        "total": 100,
        "base": Fraction(10),
        "reward": Fraction(10),
        "variables": (Variable(AREA, "Luas", Fraction(60)), Variable(ROADS, "Jalan mantap", Fraction(40), is_inverse=True)),
        "regions": tuple(CODES[:3]),
        "values": {code: {AREA: Fraction(place), ROADS: Fraction(place)} for place, code in enumerate(CODES[:3], start=1)},
        "rewards": dict(zip(CODES[:3], (Fraction(0), Fraction(1), Fraction(1)), strict=True)),
        **changes,
    }
    return Inputs(**fields)


@st.composite
def problems(draw):
    """Any regions, weights and figures that divide something."""
    regions = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=8, unique=True))
    count = draw(st.integers(1, 4))
    cuts = sorted(draw(st.lists(st.integers(0, 1000), min_size=count - 1, max_size=count - 1)))
    weights = [Fraction(b - a, 10) for a, b in zip([0, *cuts], [*cuts, 1000], strict=True)]
    figure = st.integers(0, 10**7).map(lambda n: Fraction(n, 100))
    variables = tuple(Variable(f"v{place}", f"v{place}", weight, draw(st.booleans())) for place, weight in enumerate(weights))
    values = {code: {one.key: draw(figure) for one in variables} for code in regions}
    for one in variables:
        if not any(values[code][one.key] for code in regions):
            values[regions[0]][one.key] = Fraction(1)
    rewards = {code: draw(figure) for code in regions}
    rewards[regions[0]] = max(rewards[regions[0]], Fraction(1))
    base = draw(st.integers(0, 100))
    reward = draw(st.integers(0, 100 - base))
    return Inputs(draw(st.integers(1, 10**15)), Fraction(base), Fraction(reward), variables, tuple(regions), values, rewards)


@given(problems())
def test_the_sum_is_exact_to_the_rupiah_and_nobody_is_further_than_one_from_its_quota(problem):
    shares = divide(problem)
    assert sum(one.amount for one in shares) == problem.total
    assert sum(one.quota for one in shares) == problem.total
    assert all(int(one.quota) <= one.amount <= one.quota + 1 and one.amount >= 0 for one in shares)


@given(problems(), st.randoms(use_true_random=False))
@examples(max_examples=50)
def test_the_order_of_regions_and_variables_changes_nothing(problem, random):
    regions, variables = list(problem.regions), list(problem.variables)
    random.shuffle(regions)
    random.shuffle(variables)
    turned = Inputs(problem.total, problem.base, problem.reward, tuple(variables), tuple(regions), problem.values, problem.rewards)
    assert [(one.region, one.amount, one.quota) for one in divide(turned)] == [(one.region, one.amount, one.quota) for one in divide(problem)]


@given(problems(), st.integers(1, 10**6), st.data())
def test_a_larger_need_never_gets_less_and_a_better_achievement_never_more(problem, more, data):
    code, one = data.draw(st.sampled_from(problem.regions)), data.draw(st.sampled_from(problem.variables))
    values = {region: dict(row) for region, row in problem.values.items()}
    values[code][one.key] += more
    raised = Inputs(problem.total, problem.base, problem.reward, problem.variables, problem.regions, values, problem.rewards)
    before, after = ({share.region: share for share in divide(which)}[code] for which in (problem, raised))
    if one.is_inverse:
        assert after.quota <= before.quota
    else:
        assert after.quota >= before.quota
        assert after.amount >= before.amount


def _obvious(problem):
    """The slow twin: the published line word by word, then one rupiah after the other to whoever lacks most."""
    total, b, r = problem.total, problem.base / 100, problem.reward / 100
    quotas = {}
    for code in problem.regions:
        need = Fraction(0)
        for one in problem.variables:
            column = [problem.values[other][one.key] for other in problem.regions]
            turn = (lambda x, c=column: max(c) + min(c) - x) if one.is_inverse else (lambda x: x)
            need += one.weight / 100 * turn(problem.values[code][one.key]) / sum(turn(x) for x in column)
        reward = r and r * problem.rewards[code] / sum(problem.rewards.values())
        quotas[code] = total * (b / len(problem.regions) + (1 - b - r) * need) + total * reward
    amounts = {code: int(quota) for code, quota in quotas.items()}
    while sum(amounts.values()) < total:
        amounts[min(quotas, key=lambda code: (amounts[code] - quotas[code], code))] += 1
    return amounts


@given(problems())
@examples(max_examples=60)
def test_it_gives_what_the_published_line_says_read_word_by_word(problem):
    assert {one.region: one.amount for one in divide(problem)} == _obvious(problem)


def test_each_term_is_what_one_calculates_by_hand():
    first, second, third = divide(inputs())
    # 80 per cent by need: area 1, 2, 3 of 6; roads mirrored to 3, 2, 1 of 6
    assert (first.base, first.terms[AREA], first.terms[ROADS], first.reward) == (Fraction(10, 3), Fraction(8), Fraction(16), 0)
    assert (second.reward, third.terms[AREA]) == (5, 24)
    assert [one.amount for one in (first, second, third)] == [27, 35, 38]


def test_among_equal_remainders_the_lower_code_gets_the_rupiah():
    same = {code: {AREA: Fraction(1), ROADS: Fraction(1)} for code in CODES[:3]}
    problem = inputs(total=101, reward=Fraction(0), values=same, rewards={})
    assert [one.amount for one in divide(problem)] == [34, 34, 33]


def test_a_formula_that_only_shares_equally_needs_no_variable():
    problem = inputs(total=10, base=Fraction(100), reward=Fraction(0), variables=(), values={}, rewards={})
    assert [one.amount for one in divide(problem)] == [4, 3, 3]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"total": 0}, Fault("total", figure="0")),
        ({"regions": ()}, Fault("no_regions")),
        ({"regions": (*CODES[:3], CODES[0])}, Fault("region_twice", region=CODES[0])),
        ({"variables": (Variable(AREA, "Luas", Fraction(50)), Variable(AREA, "Jalan", Fraction(50)))}, Fault("variable_twice", AREA)),
        ({"base": Fraction(60), "reward": Fraction(41)}, Fault("parts_above_all", figure="101")),
        ({"base": Fraction(-1)}, Fault("negative_part", "base", figure="-1")),
        ({"variables": (Variable(AREA, "Luas", Fraction(60)),)}, Fault("weights", figure="60")),
        ({"variables": ()}, Fault("weights", figure="0")),
        (
            {"variables": (Variable(AREA, "Luas", Fraction(101)), Variable(ROADS, "Jalan", Fraction(-1)))},
            Fault("negative_weight", ROADS, figure="-1"),
        ),
        ({"rewards": {}}, Fault("missing", "reward", CODES[0])),
        ({"rewards": dict.fromkeys(CODES[:3], Fraction(0))}, Fault("all_zero", "reward")),
    ],
)
def test_what_divides_nothing_is_named(changes, fault):
    with pytest.raises(FormulaError) as caught:
        divide(inputs(**changes))
    assert fault in caught.value.faults


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (None, Fault("missing", AREA, CODES[1])),
        (Fraction(-3), Fault("negative", AREA, CODES[1], "-3")),
    ],
)
def test_a_figure_that_is_missing_or_negative_is_named_by_variable_and_region(value, fault):
    values = {code: dict(row) for code, row in inputs().values.items()}
    if value is None:
        del values[CODES[1]][AREA]
    else:
        values[CODES[1]][AREA] = value
    with pytest.raises(FormulaError) as caught:
        divide(inputs(values=values))
    assert caught.value.faults == [fault]


@pytest.mark.parametrize("text", ["x", "NaN", "Infinity", "1e99", "1e-99", "1,5", "", None])
def test_a_text_that_is_no_figure_is_no_crash(text):
    told_inputs = {"total": 1, "base": text, "reward": "0", "variables": [], "regions": CODES[:1]}
    with pytest.raises(FormulaError) as caught:
        inputs_of(told_inputs)
    assert caught.value.faults[0].code == "no_number"


def test_anybody_recomputes_a_published_file_without_the_platform(tmp_path):
    published = {
        "inputs": {
            "total": 100, "base": "10", "reward": "10", "regions": CODES[:3],
            "variables": [{"key": AREA, "name": "Luas", "weight": "60"}, {"key": ROADS, "name": "Jalan", "weight": "40", "inverse": True}],
            "values": {code: {AREA: str(place), ROADS: str(place)} for place, code in enumerate(CODES[:3], start=1)},
            "rewards": {CODES[0]: "0", CODES[1]: "1", CODES[2]: "1"},
        },
    }  # fmt: skip
    published["outcome"] = told(divide(inputs_of(published["inputs"])))
    file = tmp_path / "rumus.json"
    for forged, code in ((False, 0), (True, 1)):
        published["outcome"][0]["amount"] += forged
        file.write_text(json.dumps(published))
        ran = subprocess.run([sys.executable, "-m", "budgeting.formula", str(file)], capture_output=True, text=True, check=False)
        assert (ran.returncode, ran.stdout.splitlines()[0]) == (code, "61.12.01 27")
        assert ran.stderr == ("61.12.01: the file says 28, its figures give 27\n" if forged else "")


def test_a_result_of_another_shape_is_told_apart_and_ends_nothing():
    """The file comes from anybody; its rows may be anything that JSON holds."""
    shares = told(divide(inputs_of(FILE)))
    for outcome in ([{"region": [], "amount": 1}], [{"region": {"a": 1}}, 7], {"region": "x"}, "all of it"):
        assert differences(outcome, shares)[0].startswith(f"{CODES[0]}: the file says None")


FILE = {
    "total": 100, "base": "10", "reward": "0", "regions": CODES[:2], "variables": [{"key": AREA, "name": "Luas", "weight": "100"}],
    "values": {CODES[0]: {AREA: "1"}, CODES[1]: {AREA: "2"}},
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"total": 100.7}, "total: “100.7” is no number; decimals have a point, money is whole rupiah"),
        ({"total": True}, "total: “True” is no number; decimals have a point, money is whole rupiah"),
        ({"total": "seratus"}, "total: “seratus” is no number; decimals have a point, money is whole rupiah"),
        ({"total": 0}, "the sum to divide must be above zero, and is 0"),
        ({"variables": [{"key": AREA, "weight": "90"}]}, "the weights add up to 90 %, not to 100 %"),
        (
            {"values": {CODES[0]: {AREA: "1,5"}, CODES[1]: {AREA: "2"}}},
            f"{AREA} {CODES[0]}: “1,5” is no number; decimals have a point, money is whole rupiah",
        ),
        ({"values": {CODES[1]: {AREA: "2"}}}, f"{AREA} of {CODES[0]} is missing"),
        ({"values": {CODES[0]: {AREA: "-1"}, CODES[1]: {AREA: "2"}}}, f"{AREA} of {CODES[0]} cannot be negative: -1"),
        ({"values": {CODES[0]: None}}, f"“values” {CODES[0]} is missing or has another shape than a published file"),
        ({"values": [1]}, "“values” is missing or has another shape than a published file"),
        ({"variables": [1]}, "“variables” is missing or has another shape than a published file"),
        ({"variables": [{"weight": "100"}]}, "“variables” is missing or has another shape than a published file"),
        ({"regions": [61.12]}, "“regions” is missing or has another shape than a published file"),
        ({"regions": [CODES[0], CODES[0], CODES[1]]}, f"region {CODES[0]} stands there twice"),
    ],
)
def test_a_file_with_odd_figures_is_refused_by_variable_and_region_and_never_with_a_trace(tmp_path, capsys, change, said):
    file = tmp_path / "rumus.json"
    file.write_text(json.dumps({"inputs": {**FILE, **change}}), encoding="utf-8")
    assert main([str(file)]) == 1
    assert capsys.readouterr().err.splitlines() == [said]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe\x00", b"[" * 100_000, b"3"])
def test_what_is_no_published_formula_says_so_in_one_line(tmp_path, capsys, content):
    file = tmp_path / "rumus.json"
    file.write_bytes(content)
    for arguments in ([str(file)], [str(tmp_path / "none.json")], [], ["one", "two"]):
        assert main(arguments) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps({"inputs": FILE}).encode())
    assert main([str(file)]) == 0, "a byte order mark is no fault"


def test_a_forged_result_is_named_region_by_region():
    shares = told(divide(inputs_of(FILE)))
    for forged in ([{**shares[0], "amount": 1}, shares[1]], shares[:1], "x", [*shares, {"region": "61.12.99", "amount": 5}]):
        assert differences(forged, shares)
    assert differences([*shares], shares) == differences(None, shares) == []
