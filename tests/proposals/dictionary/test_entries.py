"""One entry at a time: added, changed, locked, copied from last year; by the planner, with nobody overwriting anybody."""

import pytest

from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Refusal
from proposals.models import DictionaryEntry
from proposals.services import dictionary
from tests import make

FIELDS = {"code": "J01", "name": "Rabat beton jalan desa", "sector": "road", "kind": "physical", "unit": "Meter", "unit_price": "850.000"}


@pytest.fixture
def cycle(people):
    return make.cycle()


def _edit(people, entry, **changes):
    seen = changes.pop("seen", None) or dictionary.version_of(entry)
    return dictionary.edit_entry(entry_id=entry.pk, actor=people.planner, seen=seen, fields={**FIELDS, **changes})


def test_an_entry_is_added_with_its_unit_in_one_spelling_and_the_journal_tells(people, cycle):
    entry = dictionary.add_entry(cycle_id=cycle.pk, actor=people.planner, fields=FIELDS)
    assert (entry.unit, entry.unit_price) == ("m", 850_000)
    assert AuditEntry.objects.get(action="proposals.dictionary.add").subject == f"dictionary_entry:{entry.pk}"


def test_a_code_stands_once_in_a_year(people, cycle):
    dictionary.add_entry(cycle_id=cycle.pk, actor=people.planner, fields=FIELDS)
    with pytest.raises(Conflict):
        dictionary.add_entry(cycle_id=cycle.pk, actor=people.second_planner, fields=FIELDS)


@pytest.mark.parametrize(
    ("field", "value"),
    [("code", ""), ("code", "J01.r1"), ("code", "<b>"), ("name", "ab"), ("name", "x" * 201), ("unit", ""), ("unit_price", "0"), ("unit_price", "1,5"),
     ("unit_price", "9" * 17), ("sector", "moon"), ("sector", ""), ("kind", ""), ("agency", "999999"), ("agency", "x"), ("output", "x" * 301)],
)  # fmt: skip
def test_what_is_wrong_is_named_by_its_field_and_nothing_is_kept(people, cycle, field, value):
    with pytest.raises(Invalid) as refused:
        dictionary.add_entry(cycle_id=cycle.pk, actor=people.planner, fields={**FIELDS, field: value})
    assert list(refused.value.fields) == [field]
    assert not DictionaryEntry.objects.exists()


def test_an_unused_entry_changes_in_place_and_the_same_again_is_once(people, cycle):
    entry = dictionary.add_entry(cycle_id=cycle.pk, actor=people.planner, fields=FIELDS)
    changed = _edit(people, entry, unit_price="900000")
    assert (changed.pk, changed.unit_price) == (entry.pk, 900_000)
    _edit(people, entry, unit_price="900000")
    assert AuditEntry.objects.get(action="proposals.dictionary.edit").changes == {"unit_price": [850_000, 900_000]}


def test_a_price_that_proposals_rest_on_gets_a_successor_and_they_keep_theirs(people, cycle):
    entry = dictionary.add_entry(cycle_id=cycle.pk, actor=people.planner, fields=FIELDS)
    asked = make.proposal(of=cycle, dictionary_entry=entry)
    successor = _edit(people, entry, unit_price="900000")
    again = _edit(people, successor, unit_price="950000")
    asked.refresh_from_db()
    assert successor.pk != entry.pk
    assert again.pk == successor.pk
    assert (asked.dictionary_entry.unit_price, asked.dictionary_entry.code) == (850_000, "J01.r1")
    assert list(DictionaryEntry.objects.offered().values_list("code", "unit_price")) == [("J01", 950_000)]
    with pytest.raises(Conflict):
        _edit(people, asked.dictionary_entry, unit_price="1")


def test_everyday_words_of_a_used_entry_change_in_place(people, cycle):
    entry = dictionary.add_entry(cycle_id=cycle.pk, actor=people.planner, fields=FIELDS)
    make.proposal(of=cycle, dictionary_entry=entry)
    assert _edit(people, entry, everyday_words="becek lumpur").pk == entry.pk


def test_who_did_not_read_the_last_change_overwrites_nothing(people, cycle):
    entry = dictionary.add_entry(cycle_id=cycle.pk, actor=people.planner, fields=FIELDS)
    seen = dictionary.version_of(entry)
    _edit(people, entry, unit_price="900000")
    with pytest.raises(Conflict):
        _edit(people, entry, unit_price="800000", seen=seen)


def test_a_locked_entry_is_not_offered_and_can_be_opened_again(people, cycle):
    entry = dictionary.add_entry(cycle_id=cycle.pk, actor=people.planner, fields=FIELDS)
    for locked in (True, True, False):
        dictionary.set_locked(entry_id=entry.pk, actor=people.planner, locked=locked)
        assert DictionaryEntry.objects.offered().exists() is not locked
    assert AuditEntry.objects.filter(action__in=["proposals.dictionary.lock", "proposals.dictionary.unlock"]).count() == 2


def test_last_years_dictionary_is_taken_over_once_without_what_was_replaced(people, cycle):
    entry = dictionary.add_entry(cycle_id=cycle.pk, actor=people.planner, fields=FIELDS)
    make.proposal(of=cycle, dictionary_entry=entry)
    _edit(people, entry, unit_price="900000")
    dictionary.add_entry(cycle_id=cycle.pk, actor=people.planner, fields={**FIELDS, "code": "J02"})
    new = make.cycle(plan_year=2029)
    dictionary.add_entry(cycle_id=new.pk, actor=people.planner, fields={**FIELDS, "code": "J02", "unit_price": "1"})
    copied = dictionary.copy_dictionary(cycle_id=new.pk, actor=people.planner)
    assert (copied.copied, copied.kept, copied.from_year) == (1, 1, 2028)
    assert sorted(new.dictionary.values_list("code", "unit_price")) == [("J01", 900_000), ("J02", 1)]
    assert dictionary.copy_dictionary(cycle_id=new.pk, actor=people.planner).copied == 0


def test_without_an_earlier_dictionary_there_is_nothing_to_copy_and_a_sentence_says_so(people, cycle):
    with pytest.raises(Invalid):
        dictionary.copy_dictionary(cycle_id=cycle.pk, actor=people.planner)


@pytest.mark.parametrize("who", ["facilitator", "agency_officer", "budget_team", "foreign_planner", "operator", "stranger"])
def test_nobody_but_the_planner_of_the_kabupaten_keeps_it(people, cycle, who):
    person, entry = getattr(people, who), make.dictionary_entry(of=cycle)
    attempts = [
        lambda: dictionary.add_entry(cycle_id=cycle.pk, actor=person, fields=FIELDS),
        lambda: dictionary.edit_entry(entry_id=entry.pk, actor=person, seen="new", fields=FIELDS),
        lambda: dictionary.set_locked(entry_id=entry.pk, actor=person, locked=True),
        lambda: dictionary.copy_dictionary(cycle_id=cycle.pk, actor=person),
    ]
    for attempt in attempts:
        with pytest.raises(Refusal) as refused:
            attempt()
        assert refused.value.status in (401, 403)
