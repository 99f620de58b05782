"""Delegates with a mandate, and the order that a meeting gives what it forwards."""

import pytest

from accounts import clock
from accounts.refusals import Conflict, Invalid, Refusal
from deliberation.meetings import computed, mandates
from deliberation.meetings.services import electing
from deliberation.meetings.services.ranking import Place, set_order
from deliberation.models import Mandate, Panel, PanelEntry, Ranking
from proposals.models import Proposal
from tests import cast, make
from tests.deliberation.meetings import told

SITI = {"stage": "subdistrict", "name": "Siti Aminah", "sex": "female"}


@pytest.fixture(autouse=True)
def _year(people):
    make.cycle()


def test_a_village_elects_whom_it_sends_to_the_subdistrict_and_the_record_is_named(people):
    meeting = make.a_meeting()
    made, is_new = electing.elect(meeting_id=meeting.pk, actor=people.village_head, fields={**SITI, "user": "resident"})
    again, is_new_again = electing.elect(meeting_id=meeting.pk, actor=people.village_head, fields=SITI)
    assert (is_new, again, is_new_again) == (True, made, False)
    assert made.basis.startswith("Berita acara Musrenbang Desa Kapur, ")
    above = make.a_meeting(kind="subdistrict")
    assert mandates.mandate_of(people.resident, above) == made
    assert mandates.mandate_of(people.neighbour, above) is None


def test_a_mandate_for_another_stage_or_year_or_place_is_refused_with_its_sentence(people):
    electing.elect(meeting_id=make.a_meeting().pk, actor=people.village_head, fields={**SITI, "user": "resident"})
    next_year = make.cycle(plan_year=2029)
    asked = {
        "other_stage": make.a_meeting(kind="district"),
        "other_year": make.a_meeting(kind="subdistrict", of=next_year),
        "other_region": make.a_meeting(kind="subdistrict", region=cast.OTHER_SUBDISTRICT),
    }
    found = {code: mandates.may_speak(people.resident, meeting) for code, meeting in asked.items()}
    assert {code: answer.code for code, answer in found.items()} == {code: code for code in asked}
    assert all("Desa Kapur" in str(answer.reason) for answer in found.values())
    assert mandates.may_speak(people.neighbour, asked["other_stage"]).code == "no_mandate"
    assert mandates.may_speak(people.stranger, asked["other_stage"]).status == 401


def test_an_ended_mandate_counts_no_more_and_says_why(people):
    made, _new = electing.elect(meeting_id=make.a_meeting().pk, actor=people.village_head, fields={**SITI, "user": "resident"})
    with pytest.raises(Invalid):
        electing.end_mandate(mandate_id=made.pk, actor=people.village_head, reason="")
    with pytest.raises(Refusal):
        electing.end_mandate(mandate_id=made.pk, actor=people.facilitator, reason="Pindah domisili ke kota.")
    for _ in range(2):
        electing.end_mandate(mandate_id=made.pk, actor=people.village_head, reason="Pindah domisili ke kota.")
    answer = mandates.may_speak(people.resident, make.a_meeting(kind="subdistrict"))
    assert (answer.code, "Pindah domisili" in str(answer.reason)) == ("mandate_ended", True)


def test_no_more_delegates_than_the_stage_sends(people):
    meeting = make.a_meeting()
    meeting.cycle.windows.filter(stage="village").update(delegates=1)
    electing.elect(meeting_id=meeting.pk, actor=people.village_head, fields=SITI)
    with pytest.raises(Conflict) as refused:
        electing.elect(meeting_id=meeting.pk, actor=people.village_head, fields={**SITI, "name": "Budi", "sex": "male"})
    assert refused.value.code == "full"


def test_nobody_speaks_for_two_villages_at_one_stage(people):
    electing.elect(meeting_id=make.a_meeting().pk, actor=people.village_head, fields={**SITI, "user": "resident"})
    above = make.a_meeting(kind="subdistrict")
    paper = {"region": cast.NEXT_VILLAGE, "name": "Siti A.", "sex": "female", "basis": "BA 05/2027", "user": "resident"}
    with pytest.raises(Conflict):
        electing.accept(meeting_id=above.pk, actor=people.subdistrict_officer, fields=paper)


def test_a_delegate_from_paper_needs_the_record_and_a_village_of_the_meeting(people):
    above = make.a_meeting(kind="subdistrict")
    paper = {"region": cast.NEXT_VILLAGE, "name": "Budi", "sex": "male", "basis": "BA 05/2027", "user": "neighbour"}
    for wrong in ({"basis": ""}, {"region": cast.FAR_VILLAGE}, {"region": "x"}, {"sex": "?"}, {"user": "nobody-here"}, {"name": ""}):
        with pytest.raises(Invalid):
            electing.accept(meeting_id=above.pk, actor=people.subdistrict_officer, fields={**paper, **wrong})
    assert not Mandate.objects.exists()
    made, _new = electing.accept(meeting_id=above.pk, actor=people.subdistrict_officer, fields=paper)
    assert mandates.mandate_of(people.neighbour, above) == made
    assert electing.end_mandate(mandate_id=made.pk, actor=people.subdistrict_officer, reason="Digantikan oleh wakilnya.").ended_at


@pytest.mark.parametrize("fields", [{"stage": "village"}, {"stage": "budget"}, {"stage": None}, {"attendance": "x"}, {"sex": ""}, {"name": "\u202e"}])
def test_a_delegate_that_cannot_be_read_is_refused(people, fields):
    with pytest.raises(Invalid):
        electing.elect(meeting_id=make.a_meeting().pk, actor=people.village_head, fields={**SITI, **fields})


def decided_three(people):
    meeting = make.a_meeting()
    found = [make.proposal() for _ in range(3)]
    told.decided(meeting, found[0], people.village_head, "reserve")
    for proposal in found[1:]:
        told.decided(meeting, proposal, people.village_head)
    return meeting, found


def test_the_order_is_the_rank_priority_first_and_reserve_behind(people):
    meeting, (kept, one, two) = decided_three(people)
    order = [Place(kept.pk), Place(two.pk), Place(one.pk)]
    set_order(meeting_id=meeting.pk, actor=people.village_head, order=order, version=0)
    ranks = dict(Proposal.objects.values_list("pk", "rank"))
    assert (ranks[two.pk], ranks[one.pk], ranks[kept.pk]) == (1, 2, 3)
    again = set_order(meeting_id=meeting.pk, actor=people.village_head, order=order, version=0)
    assert again.ranked == 1, "the same order again changes nothing"
    with pytest.raises(Conflict) as refused:
        set_order(meeting_id=meeting.pk, actor=people.village_head, order=[Place(one.pk), Place(two.pk), Place(kept.pk)], version=0)
    assert refused.value.code == "version"


def test_an_order_of_another_list_is_refused(people):
    meeting, (kept, one, two) = decided_three(people)
    for order, kind in (([one, two], Conflict), ([one, two, kept, make.proposal()], Conflict), ([one, one, two], Invalid)):
        with pytest.raises(kind):
            set_order(meeting_id=meeting.pk, actor=people.village_head, order=[Place(proposal.pk) for proposal in order], version=0)
    assert not Ranking.objects.exists()


def test_leaving_the_computed_order_needs_its_sentence(people, monkeypatch):
    meeting, (kept, one, two) = decided_three(people)
    monkeypatch.setattr(computed, "within", lambda _meeting, *_lists: {one.pk: 1, two.pk: 2})
    swapped = [Place(two.pk), Place(one.pk), Place(kept.pk)]
    with pytest.raises(Invalid) as refused:
        set_order(meeting_id=meeting.pk, actor=people.village_head, order=swapped, version=0)
    assert set(refused.value.fields or {}) == {f"reason-{one.pk}", f"reason-{two.pk}"}
    said = [Place(two.pk, "Satu-satunya jalan ke sekolah."), Place(one.pk, "Menunggu hasil sengketa lahan."), Place(kept.pk)]
    set_order(meeting_id=meeting.pk, actor=people.village_head, order=said, version=0)
    assert list(Ranking.objects.values_list("computed_place", flat=True)) == [2, 1, None]


def test_a_rank_is_not_written_over_what_the_next_level_decided(people):
    meeting, (kept, one, two) = decided_three(people)
    above = make.a_meeting(kind="subdistrict")
    told.decided(above, one, people.subdistrict_officer)
    set_order(meeting_id=meeting.pk, actor=people.village_head, order=[Place(one.pk), Place(two.pk), Place(kept.pk)], version=0)
    ranks = dict(Proposal.objects.values_list("pk", "rank"))
    assert (ranks[one.pk], ranks[two.pk]) == (None, 2)


def test_a_reserved_proposal_keeps_its_place_when_it_is_forwarded_after_all(people):
    meeting, (kept, one, two) = decided_three(people)
    set_order(meeting_id=meeting.pk, actor=people.village_head, order=[Place(one.pk), Place(two.pk), Place(kept.pk)], version=0)
    told.decided(meeting, kept, people.village_head)
    assert Proposal.objects.get(pk=kept.pk).rank == 3
    told_off = Ranking.objects.filter(proposal=kept).count()
    assert told_off == 1


def test_the_computed_place_is_the_closed_panels_among_what_is_listed(people):
    meeting, (kept, one, two) = decided_three(people)
    now, elsewhere = clock.now(), make.proposal()
    panel = Panel.objects.create(
        cycle=meeting.cycle,
        stage="village",
        region=meeting.region,
        meeting=meeting,
        title="Panel desa",
        state="closed",
        seed="benih",
        as_of=now,
        opened_at=now,
        closed_at=now,
        closed_by=people.village_head,
        made_by=people.village_head,
        made_role="village_head",
        created_at=now,
        changed_at=now,
        result={"rows": [{"number": number, "place": place} for number, place in ((1, 4), (2, 1), (3, 3), (4, 2))]},
    )
    PanelEntry.objects.bulk_create(
        PanelEntry(panel=panel, proposal=proposal, number=number) for number, proposal in enumerate((kept, one, two, elsewhere), start=1)
    )
    assert computed.within(meeting, [kept.pk, one.pk, two.pk]) == {one.pk: 1, two.pk: 2, kept.pk: 3}
    Panel.objects.update(state="open")
    assert computed.within(meeting, [kept.pk, one.pk, two.pk]) == {}, "nothing is told before the panel is closed"
