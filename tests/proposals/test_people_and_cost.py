"""Marks, counts of people and the amount: optional, sane, and explained where they differ from the sum."""

import pytest
from django.utils import translation

from accounts.refusals import Invalid
from proposals import services
from proposals.models import Proposal
from proposals.models.proposal import AMOUNT_MAX
from tests import make
from tests.proposals import told

REASON = "Angkutan bahan hanya dengan perahu, lebih mahal."


@pytest.fixture
def writer(people):
    make.cycle()
    return people.facilitator


def _refused(writer, **fields):
    with translation.override("en"), pytest.raises(Invalid) as refusal:
        told.draft(writer, **fields)
    assert not Proposal.objects.exists()
    return refusal.value.fields


def test_another_amount_stands_with_its_reason(writer):
    draft = told.draft(writer, amount=450_000_000, amount_reason=REASON)
    draft.refresh_from_db()
    assert (draft.amount, draft.amount_reason) == (450_000_000, REASON)


@pytest.mark.parametrize(
    ("reason", "named"), [("", "amount"), (..., "amount"), ("mahal", "amount_reason"), (" " * 40, "amount"), ("x" * 301, "amount_reason")]
)
def test_another_amount_without_a_reason_that_explains_it_is_refused(writer, reason, named):
    assert set(_refused(writer, amount=450_000_000, amount_reason=reason)) == {named}


def test_a_reason_without_a_difference_is_not_kept(writer):
    assert told.draft(writer, amount_reason=REASON).amount_reason == ""
    assert told.draft(writer, amount=400_000_000, amount_reason=REASON).amount_reason == ""


@pytest.mark.parametrize("amount", [0, -1, "0", "-5", 0.5, "1.234,5", AMOUNT_MAX + 1, 2**63, 2**64, 10**30, "9" * 39])
def test_a_reason_excuses_no_amount_that_cannot_be(writer, amount):
    assert set(_refused(writer, amount=amount, amount_reason=REASON)) == {"amount"}


def test_a_correction_of_the_text_leaves_the_amount_and_its_reason_alone(writer):
    draft = told.draft(writer, amount=450_000_000, amount_reason=REASON)
    kept = services.edit(proposal_id=draft.pk, actor=writer, version=1, fields={"title": "Perbaikan jalan Dusun Karya Baru"})
    assert (kept.amount, kept.amount_reason, kept.version) == (450_000_000, REASON, 2)


def test_a_better_reason_keeps_the_amount_and_a_new_volume_drops_both(writer):
    draft = told.draft(writer, amount=450_000_000, amount_reason=REASON)
    better = services.edit(proposal_id=draft.pk, actor=writer, version=1, fields={"amount_reason": REASON + " Dua kali muat."})
    assert (better.amount, better.amount_reason) == (450_000_000, REASON + " Dua kali muat.")
    new = services.edit(proposal_id=draft.pk, actor=writer, version=2, fields={"volume": 600})
    assert (new.amount, new.amount_reason) == (480_000_000, "")


def test_the_unit_is_kept_in_one_spelling_and_the_same_unit_again_is_no_change(writer):
    draft = told.draft(writer, unit="Meter")
    assert draft.unit == "m"
    assert services.edit(proposal_id=draft.pk, actor=writer, version=1, fields={"unit": "M1"}).version == 1


MARKS = {
    "raised_by_women": True,
    "raised_by_poor": True,
    "pre_meeting": "Musrenbang perempuan Dusun Karya",
    "beneficiaries_female": 40,
    "beneficiaries_male": "1.035",
    "beneficiary_households": 25,
    "poor_households": 0,
    "land_owner": "granted",
    "on_behalf_of": "Kelompok ibu Dusun Karya",
}


def test_marks_counts_and_the_owner_of_the_land_are_kept(writer):
    draft = told.draft(writer, **{**MARKS, "beneficiaries_male": 35})
    draft.refresh_from_db()
    assert (draft.raised_by_women, draft.raised_by_youth, draft.raised_by_disabled, draft.raised_by_poor) == (True, False, False, True)
    assert (draft.beneficiaries_female, draft.beneficiaries_male, draft.beneficiary_households, draft.poor_households) == (40, 35, 25, 0)
    assert (draft.land_owner, draft.pre_meeting) == ("granted", "Musrenbang perempuan Dusun Karya")


def test_none_of_them_is_asked_for(writer):
    draft = told.draft(writer)
    draft.refresh_from_db()
    assert (draft.beneficiaries_female, draft.land_owner, draft.raised_by_women) == (None, "", False)
    assert services.submit(proposal_id=draft.pk, actor=writer).proposal.number


@pytest.mark.parametrize("name", ["beneficiaries_female", "beneficiaries_male", "beneficiary_households", "poor_households"])
@pytest.mark.parametrize("value", [-1, 1.5, "banyak", 10**8, 2**31, True, [], {}, "\x00", float("nan")], ids=repr)
def test_a_count_of_people_is_a_whole_number_that_a_kabupaten_could_hold(writer, name, value):
    assert set(_refused(writer, **{name: value})) == {name}


@pytest.mark.parametrize("value", ["maybe", 2, [], {}, 0.5, "\x00"], ids=repr)
def test_a_mark_is_yes_or_no(writer, value):
    assert set(_refused(writer, raised_by_women=value)) == {"raised_by_women"}


def test_counts_that_cannot_be_true_together_are_refused(writer):
    assert set(_refused(writer, beneficiary_households=10, poor_households=11)) == {"poor_households"}
    assert set(_refused(writer, beneficiaries_female=3, beneficiaries_male=4, beneficiary_households=8)) == {"beneficiary_households"}


@pytest.mark.parametrize("value", ["mine", 3, []])
def test_the_owner_of_the_land_is_one_of_the_list(writer, value):
    assert set(_refused(writer, land_owner=value)) == {"land_owner"}


@pytest.mark.parametrize("name", ["title", "on_behalf_of", "pre_meeting", "locus"])
def test_names_keep_their_emoji_and_lose_what_turns_the_reading_direction(writer, name):
    draft = told.draft(writer, **{name: "Jalan 👩‍🌾 Ibu \u202eMaju\u202c \u2067Jaya\u2069 العربية"})
    kept = getattr(draft, name)
    assert "👩‍🌾" in kept
    assert "العربية" in kept
    assert not set(kept) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
