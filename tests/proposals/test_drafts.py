"""Writing: as often as a bad connection likes, and by nobody else's hand."""

import uuid

import pytest

from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Refusal
from proposals import services
from proposals.models import LiveEvent, Proposal
from tests import cast, make
from tests.proposals import told


@pytest.fixture(autouse=True)
def _cycle(people):
    make.cycle()


def _journal():
    return list(AuditEntry.objects.order_by("at", "pk").values_list("action", flat=True))


def test_the_same_draft_again_changes_nothing_and_is_not_written_down_twice(people):
    key = uuid.uuid4()
    _made, created = services.save_draft(proposal_id=key, actor=people.facilitator, fields=told.entry())
    again, created_again = services.save_draft(proposal_id=key, actor=people.facilitator, fields=told.entry())
    assert (created, created_again, again.version, Proposal.objects.count()) == (True, False, 1, 1)
    assert _journal() == ["proposals.draft.create"]


def test_a_rewritten_draft_has_the_new_text_and_the_next_version(people):
    draft = told.draft(people.facilitator)
    services.save_draft(proposal_id=draft.pk, actor=people.facilitator, fields=told.entry(volume=250, problem="Jalan sudah putus."))
    draft.refresh_from_db()
    assert (draft.problem, draft.volume, draft.amount, draft.version) == ("Jalan sudah putus.", 250, 200_000_000, 2)
    assert _journal() == ["proposals.draft.create", "proposals.draft.save"]
    assert "sudah putus" not in str(list(AuditEntry.objects.values_list("changes"))), "what was never sent in is nobody else's to read"


def test_another_authors_uuid_is_a_conflict_and_changes_nothing(people):
    draft = told.draft(people.facilitator)
    with pytest.raises(Conflict):
        services.save_draft(proposal_id=draft.pk, actor=people.village_head, fields=told.entry(title="Judul dari orang lain"))
    draft.refresh_from_db()
    assert draft.title == told.entry()["title"]


def test_a_draft_needs_only_its_village_year_and_title(people):
    key = uuid.uuid4()
    draft, created = services.save_draft(
        proposal_id=key, actor=people.resident, fields={"village": cast.VILLAGE, "plan_year": 2028, "title": "Sumur untuk Dusun Karya"}
    )
    assert created
    assert draft.stage == "draft"
    with pytest.raises(Invalid) as refusal:
        services.submit(proposal_id=key, actor=people.facilitator)
    assert set(refusal.value.fields) == {"problem", "objective", "sector", "volume", "unit", "unit_price", "amount", "locus", "location"}
    draft.refresh_from_db()
    assert (draft.stage, draft.number, draft.version) == ("draft", None, 1)


def test_a_village_that_is_in_no_map_yet_sends_without_a_point(people):
    cast.office(user=people.operator, role="facilitator", region=cast.UNDRAWN_VILLAGE)
    operator = type(people.operator).objects.get(pk=people.operator.pk)
    draft = told.draft(operator, village=cast.UNDRAWN_VILLAGE, location=None)
    assert services.submit(proposal_id=draft.pk, actor=operator).proposal.number == "6112-2028-0001"


def test_everything_wrong_is_named_at_once_and_nothing_is_kept(people):
    with pytest.raises(Invalid) as refusal:
        told.draft(people.facilitator, title="Jalan", volume=-1, unit_price="1,5", sector="roads")
    assert set(refusal.value.fields) == {"title", "volume", "unit_price", "sector"}
    assert not Proposal.objects.exists()
    assert not AuditEntry.objects.exists()


def test_who_may_not_write_there_is_refused_before_the_rest_is_read(people):
    with pytest.raises(Refusal) as refusal:
        told.draft(people.neighbour, title="x")
    assert refusal.value.status == 403
    with pytest.raises(Refusal) as refusal:
        services.save_draft(proposal_id=uuid.uuid4(), actor=people.stranger, fields={})
    assert refusal.value.status == 401


def test_a_draft_moves_to_another_village_only_where_its_writer_may_write_too(people):
    draft = told.draft(people.facilitator)
    there = told.entry(village=cast.NEXT_VILLAGE, location={"type": "Point", "coordinates": [109.43, -0.09]})
    with pytest.raises(Refusal):
        services.save_draft(proposal_id=draft.pk, actor=people.facilitator, fields=there)
    cast.office(user=people.facilitator, role="facilitator", region=cast.NEXT_VILLAGE)
    facilitator = type(people.facilitator).objects.get(pk=people.facilitator.pk)
    services.save_draft(proposal_id=draft.pk, actor=facilitator, fields=there)
    draft.refresh_from_db()
    assert draft.village_id == cast.NEXT_VILLAGE


def test_a_phone_that_sends_again_after_the_submission_is_answered_and_changes_nothing(people):
    proposal = told.sent(people)
    again, created = services.save_draft(proposal_id=proposal.pk, actor=people.facilitator, fields=told.entry())
    assert (created, again.version) == (False, proposal.version)
    with pytest.raises(Conflict):
        services.save_draft(proposal_id=proposal.pk, actor=people.facilitator, fields=told.entry(title="Judul yang lain lagi"))


def test_the_dictionary_brings_unit_price_sector_and_agency(people):
    entry = make.dictionary_entry(agency=people.works_agency)
    for name in (entry.code, entry.pk, str(entry.pk)):
        draft = told.draft(people.facilitator, dictionary_entry=name, sector=..., unit=..., unit_price=...)
        assert (draft.sector, draft.unit, draft.unit_price, draft.amount, draft.agency) == ("road", "m", 800_000, 400_000_000, people.works_agency)


@pytest.mark.parametrize("name", ["locked", "elsewhere", "none", 10**30, "\x00", "\ud800", [], True, 3.5])
def test_a_work_that_is_not_offered_is_refused(people, name):
    make.dictionary_entry(code="locked", is_locked=True)
    make.dictionary_entry(of=make.cycle(plan_year=2029), code="elsewhere")
    with pytest.raises(Invalid) as refusal:
        told.draft(people.facilitator, dictionary_entry=name)
    assert set(refusal.value.fields) == {"dictionary_entry"}


def test_what_was_returned_is_corrected_and_the_journal_keeps_what_stood(people):
    proposal = told.move(told.sent(people), "return", people.village_head, reason=told.REASON)
    services.edit(proposal_id=proposal.pk, actor=people.facilitator, version=proposal.version, fields={"volume": 450})
    proposal.refresh_from_db()
    assert (proposal.volume, proposal.amount, proposal.outcome) == (450, 360_000_000, "returned")
    entry = AuditEntry.objects.get(action="proposals.edit")
    assert entry.changes == {"volume": ["500", "450"], "amount": [400_000_000, 360_000_000]}
    assert LiveEvent.objects.filter(room_id=proposal.pk).last().facts["move"] == "edit"


def test_a_correction_keeps_number_village_and_completeness(people):
    proposal = told.move(told.sent(people), "return", people.village_head, reason=told.REASON)
    make.cycle(plan_year=2029)
    for fields, name in (({"plan_year": 2029}, "plan_year"), ({"problem": ""}, "problem"), ({"location": None}, "location")):
        with pytest.raises(Invalid) as refusal:
            services.edit(proposal_id=proposal.pk, actor=people.facilitator, version=proposal.version, fields=fields)
        assert name in refusal.value.fields
    assert Proposal.objects.get(pk=proposal.pk).version == proposal.version


def test_correcting_a_word_does_not_undo_what_a_level_advised(people):
    proposal = told.move(told.sent(people), "forward", people.village_head)
    proposal = told.move(proposal, "forward_adjusted", people.subdistrict_officer, reason=told.REASON, amount=300_000_000)
    proposal = told.move(proposal, "return", people.agency_officer, reason=told.REASON)
    services.edit(proposal_id=proposal.pk, actor=people.facilitator, version=proposal.version, fields={"locus": "Dusun Karya RT 04"})
    proposal.refresh_from_db()
    assert (proposal.locus, proposal.amount) == ("Dusun Karya RT 04", 300_000_000)


def test_a_stale_correction_is_refused(people):
    proposal = told.move(told.sent(people), "return", people.village_head, reason=told.REASON)
    with pytest.raises(Conflict):
        services.edit(proposal_id=proposal.pk, actor=people.facilitator, version=proposal.version - 1, fields={"locus": "RT 04"})


def test_nobody_hears_of_drafts(people):
    draft = told.draft(people.facilitator)
    told.move(draft, "withdraw", people.facilitator)
    assert not LiveEvent.objects.exists()


def test_a_late_repeat_overwrites_nobodys_correction(people):
    """The phone's first answer was lost; the facilitator has corrected the draft when it sends the same again."""
    key, sent = uuid.uuid4(), told.entry()
    services.save_draft(proposal_id=key, actor=people.resident, fields=sent)
    services.edit(proposal_id=key, actor=people.facilitator, version=1, fields={"title": "Rabat beton jalan Dusun Karya"})
    again, is_new = services.save_draft(proposal_id=key, actor=people.resident, fields=dict(reversed(sent.items())))
    assert (again.title, is_new) == ("Rabat beton jalan Dusun Karya", False)
    changed, _ = services.save_draft(proposal_id=key, actor=people.resident, fields={**sent, "title": "Rabat beton jalan Parit Baru"})
    assert changed.title == "Rabat beton jalan Parit Baru"


def test_a_form_opened_before_the_correction_does_not_overwrite_it(people):
    key, sent = uuid.uuid4(), told.entry()
    services.save_draft(proposal_id=key, actor=people.resident, fields=sent)
    services.edit(proposal_id=key, actor=people.facilitator, version=1, fields={"title": "Rabat beton jalan Dusun Karya"})
    with pytest.raises(Conflict):
        services.save_draft(proposal_id=key, actor=people.resident, fields={**sent, "problem": "Jalan putus."}, version=1)
    assert Proposal.objects.get(pk=key).title == "Rabat beton jalan Dusun Karya"
