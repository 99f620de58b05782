"""Short codes: a wrong sign is noticed before anything is asked; hashes: the same facts have the same one."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.records import canonical, short_code
from deliberation.records.short_code import ALPHABET, Mistyped

codes = st.builds(lambda body: body + short_code.check_of(body), st.text(ALPHABET, min_size=11, max_size=11))


@given(codes, st.integers(0, 11), st.sampled_from(ALPHABET))
def test_every_single_wrong_sign_is_noticed(code, place, sign):
    wrong = code[:place] + sign + code[place + 1 :]
    if sign == code[place]:
        assert short_code.parse(wrong) == code
    else:
        with pytest.raises(Mistyped):
            short_code.parse(wrong)


@given(codes, st.integers(0, 11), st.integers(0, 11))
def test_two_signs_changed_for_each_other_are_noticed_wherever_they_stand(code, one, two):
    signs = list(code)
    signs[one], signs[two] = signs[two], signs[one]
    wrong = "".join(signs)
    if wrong == code:
        assert short_code.parse(wrong) == code
    else:
        with pytest.raises(Mistyped):
            short_code.parse(wrong)


def test_a_code_is_read_however_it_is_cased_and_grouped():
    code = short_code.draw()
    for typed in (short_code.grouped(code), code.lower(), " ".join(code), f"  {short_code.grouped(code).lower()} "):
        assert short_code.parse(typed) == code


@pytest.mark.parametrize(("typed", "why"), [("", "length"), ("K7QM", "length"), ("O" * 12, "sign"), ("K7QM-2XVA-9HR1", "sign"), ("ключ", "sign")])
def test_what_is_wrong_about_a_code_is_told(typed, why):
    with pytest.raises(Mistyped) as wrong:
        short_code.parse(typed)
    assert wrong.value.why == why


facts = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(facts)
def test_facts_that_went_through_a_store_have_the_same_hash_because_the_check_counts_what_is_stored(value):
    assert canonical.digest(json.loads(json.dumps(value))) == canonical.digest(value)


def test_the_order_of_keys_says_nothing_and_everything_else_does():
    assert canonical.digest({"a": 1, "b": [1, 2]}) == canonical.digest({"b": [1, 2], "a": 1})
    assert canonical.digest({"a": [1, 2]}) != canonical.digest({"a": [2, 1]})
    assert canonical.canonical({"b": "é", "a": None}) == '{"a":null,"b":"é"}'.encode()


@pytest.mark.parametrize("value", [1.5, {"a": [0.1]}, {1: "x"}])
def test_what_can_be_written_in_two_ways_is_refused(value):
    with pytest.raises(TypeError):
        canonical.digest(value)
