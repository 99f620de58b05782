"""Comments: said once, in a capacity, numbered; hidden with a reason, the place stays."""

import uuid
from datetime import timedelta

import pytest

from accounts import clock
from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Missing
from accounts.roles import Role
from deliberation import reading, services
from deliberation.masking import MASK
from deliberation.models import Comment
from proposals.events import events_after
from proposals.models import Proposal
from proposals.stages import Outcome, Stage
from tests import cast, make
from tests.deliberation.test_support import in_parallel, refused

pytestmark = pytest.mark.django_db
REASON = "Menyebut nama tetangga."


def said(proposal, actor, body="Jalan ini perlu.", **fields):
    arguments = {"comment_id": uuid.uuid4(), "stance": "support", **fields}
    return services.comment(proposal_id=proposal.pk, actor=actor, body=body, **arguments)


def test_everybody_signed_in_comments_and_the_capacity_is_written_beside_it(people):
    proposal = make.proposal()
    capacities = {name: said(proposal, person)[0].author_role for name, person in people.people().items() if name != "stranger"}
    assert capacities["resident"] == "resident"
    assert capacities["neighbour"] == capacities["newcomer"] == capacities["next_facilitator"] == capacities["foreign_planner"] == "citizen"
    assert capacities["village_head"] == Role.VILLAGE_HEAD
    assert capacities["planner"] == Role.PLANNER
    assert refused(lambda: said(proposal, people.stranger)).status == 401


@pytest.mark.parametrize(
    ("stage", "officials"),
    [
        (Stage.VILLAGE, {"village_head"}),
        (Stage.SUBDISTRICT, {"subdistrict_officer"}),
        (Stage.AGENCY, {"agency_officer"}),
        (Stage.DISTRICT, {"planner", "second_planner"}),
        (Stage.BUDGET, {"budget_team", "second_budget_team"}),
        (Stage.DONE, set()),
    ],
)
def test_an_answer_is_official_when_the_writer_decides_where_the_proposal_stands(people, stage, officials):
    outcome = Outcome.FUNDED if stage is Stage.DONE else Outcome.OPEN
    proposal = make.proposal(stage=stage, outcome=outcome, agency=people.works_agency)
    official = {name for name, person in people.people().items() if name != "stranger" and said(proposal, person)[0].is_official}
    assert official == officials


def test_a_comment_sent_twice_by_a_bad_connection_is_there_once(people):
    proposal = make.proposal()
    first, created = said(proposal, people.resident, comment_id=uuid.UUID(int=1))
    again, created_again = said(proposal, people.resident, "Anders", comment_id=uuid.UUID(int=1))
    assert (created, created_again) == (True, False)
    assert again.body == first.body
    assert Proposal.objects.get(pk=proposal.pk).comments == Comment.objects.count() == 1
    assert len(events_after(proposal.pk, 0)) == AuditEntry.objects.count() == 1


def test_another_authors_or_another_proposals_identifier_is_a_conflict(people):
    proposal, other = make.proposals(2)
    said(proposal, people.resident, comment_id=uuid.UUID(int=1))
    for where, who in ((proposal, people.neighbour), (other, people.resident)):
        with pytest.raises(Conflict):
            said(where, who, comment_id=uuid.UUID(int=1))
    assert Proposal.objects.get(pk=other.pk).comments == 0


def test_the_number_is_the_rooms_so_that_nothing_is_missed_between_comments_and_support(people):
    proposal = make.proposal()
    first, _new = said(proposal, people.resident)
    services.support(proposal_id=proposal.pk, actor=people.resident)
    second, _new = said(proposal, people.neighbour, parent_id=first.pk, stance="question")
    assert (first.seq, second.seq) == (1, 3)
    assert events_after(proposal.pk, 2) == [
        {"seq": 3, "kind": "comment", "id": str(second.pk), "stance": "question", "parent": str(first.pk), "comments": 2}
    ]
    assert [comment.pk for comment in reading.comments(proposal, people.stranger, after=1)] == [second.pk]


def test_threads_have_one_level_so_a_reply_to_a_reply_joins_the_thread(people):
    proposal = make.proposal()
    first, _new = said(proposal, people.resident)
    reply, _new = said(proposal, people.neighbour, parent_id=first.pk)
    deeper, _new = said(proposal, people.resident, parent_id=reply.pk)
    assert deeper.parent_id == reply.parent_id == first.pk


def test_a_reply_needs_its_comment_on_this_page_and_not_hidden(people):
    proposal, other = make.proposals(2)
    elsewhere, _new = said(other, people.resident)
    for parent in (elsewhere.pk, uuid.uuid4()):
        with pytest.raises(Invalid) as refusal:
            said(proposal, people.resident, parent_id=parent)
        assert list(refusal.value.fields) == ["parent"]
    services.hide_comment(comment_id=elsewhere.pk, actor=people.moderator, reason=REASON)
    with pytest.raises(Conflict):
        said(other, people.neighbour, parent_id=elsewhere.pk)


@pytest.mark.parametrize("body", ["", "   \n ", "\u200b\u202e", "a\x00b", "x" * 2001, "\ud800", None], ids=repr)
def test_a_text_that_is_none_is_refused_by_its_field(people, body):
    with pytest.raises(Invalid) as refusal:
        said(make.proposal(), people.resident, body)
    assert list(refusal.value.fields) == ["body"]
    assert Comment.objects.count() == 0


def test_a_stance_is_chosen_before_writing(people):
    for stance in ("", "like", None):
        with pytest.raises(Invalid):
            said(make.proposal(), people.resident, stance=stance)


def test_what_is_kept_is_clean_and_names_nobodys_number(people):
    comment, _new = said(make.proposal(), people.resident, "<b>Hubungi</b>\u202e 08123456789\r\n\r\n\r\nSegera")
    comment.refresh_from_db()
    assert comment.body == f"<b>Hubungi</b> {MASK}\n\nSegera"


def test_a_draft_is_nobodys_business_and_its_author_is_told_to_wait(people):
    draft = make.proposal(stage=Stage.DRAFT, author=people.facilitator)
    assert refused(lambda: said(draft, people.resident)).status == 404
    assert refused(lambda: said(draft, people.facilitator)).status == 409
    with pytest.raises(Missing):
        services.comment(proposal_id=uuid.uuid4(), actor=people.resident, body="a", comment_id=uuid.uuid4(), stance="support")


def test_after_the_decision_people_still_talk(people):
    assert said(make.proposal(outcome=Outcome.REJECTED), people.resident)[1]


def test_who_writes_faster_than_people_type_waits_a_minute(people):
    first, second = make.proposals(2)
    now = clock.now()
    with clock.telling(now):
        for number in range(6):
            said((first, second)[number % 2], people.resident)
        refusal = refused(lambda: said(first, people.resident))
        assert (refusal.status, refusal.retry_after) == (429, 61)
        assert said(first, people.neighbour)[1]
    with clock.telling(now + timedelta(seconds=61)):
        assert said(first, people.resident)[1]


def test_only_a_moderator_of_the_region_hides(people):
    comment, _new = said(make.proposal(), people.resident)
    through = set()
    for name, person in people.people().items():
        refusal = refused(lambda person=person: services.hide_comment(comment_id=comment.pk, actor=person, reason=REASON))
        if refusal is None:
            through.add(name)
        else:
            assert refusal.status == (401 if name == "stranger" else 403), name
    assert through == {"moderator"}


def test_hiding_needs_a_reason_tells_every_page_and_the_first_reason_stays(people):
    proposal = make.proposal()
    comment, _new = said(proposal, people.resident)
    with pytest.raises(Invalid):
        services.hide_comment(comment_id=comment.pk, actor=people.moderator, reason="jelek")
    services.hide_comment(comment_id=comment.pk, actor=people.moderator, reason=REASON)
    again = services.hide_comment(comment_id=comment.pk, actor=people.moderator, reason="Alasan yang lain sama sekali.")
    assert again.hidden_reason == REASON
    assert events_after(proposal.pk, 1) == [{"seq": 2, "kind": "comment", "id": str(comment.pk), "hidden": True, "comments": 1}]
    assert AuditEntry.objects.filter(action="deliberation.comment.hide").count() == 1


def test_the_place_of_a_hidden_comment_stays_and_its_text_is_for_moderators_and_auditors(people):
    proposal = make.proposal()
    comment, _new = said(proposal, people.resident, "Rahasia tetangga")
    services.hide_comment(comment_id=comment.pk, actor=people.moderator, reason=REASON)
    readers = {name for name, person in people.people().items() if reading.comments(proposal, person)[0].body}
    assert readers == {"moderator", "auditor"}
    assert reading.stances(proposal) == {}


@pytest.mark.django_db(transaction=True)
def test_the_same_comment_sent_by_many_connections_at_once_appears_once():
    people = cast.build()
    proposal, other = make.proposals(2)
    jobs = [lambda: said(proposal, people.resident, comment_id=uuid.UUID(int=1))] * 20
    jobs += [lambda: said(other, people.neighbour, comment_id=uuid.UUID(int=1))] * 20
    failures = in_parallel(jobs)
    assert {type(failure) for failure in failures} <= {Conflict}
    assert len(failures) == 20
    assert Comment.objects.count() == sum(Proposal.objects.values_list("comments", flat=True)) == 1


@pytest.mark.django_db(transaction=True)
def test_many_who_write_at_once_are_numbered_without_gaps():
    cast.build()
    proposal = make.proposal()
    writers = [cast.resident_of(username=f"warga{number}") for number in range(8)]
    assert in_parallel([lambda who=who: said(proposal, who) for who in writers for _ in range(5)]) == []
    assert sorted(Comment.objects.values_list("seq", flat=True)) == list(range(1, 41))
    assert Proposal.objects.get(pk=proposal.pk).comments == 40
