"""Supporters follow a proposal to the one it goes on in: once, by the law of a direct support, and told where they came from."""

import uuid

import pytest

from accounts.models import AuditEntry, Residency, User
from accounts.refusals import Conflict
from deliberation import reading, services
from deliberation.models import Comment, Support
from proposals import services as register
from proposals.events import events_after
from proposals.models import Proposal
from proposals.stages import Outcome
from tests import cast, make
from tests.proposals import told
from tests.proposals.test_splitting import TWO, split


@pytest.fixture(autouse=True)
def _cycles(people):
    make.cycle(plan_year=2027)
    make.cycle()


def supporters(proposal) -> set[str]:
    rows = Support.objects.filter(proposal=proposal)
    assert Proposal.objects.get(pk=proposal.pk).supports == rows.count()
    return set(rows.values_list("user__username", flat=True))


def supported(*people, **fields) -> Proposal:
    proposal = make.proposal(**fields)
    for person in people:
        services.support(proposal_id=proposal.pk, actor=person)
    return proposal


def merge(proposal, target, head) -> None:
    told.move(proposal, "merge", head, reason=told.REASON, target_id=target.pk)


def test_who_supports_both_counts_once_and_the_others_come_along(people):
    siti = cast.resident_of(username="siti")
    proposal, target = supported(people.resident, siti), supported(siti)
    merge(proposal, target, people.village_head)
    assert supporters(target) == {"resident", "siti"}
    assert supporters(proposal) == {"resident", "siti"}, "what was given there stays on record there"
    assert Support.objects.get(proposal=target, user=people.resident).via == proposal
    assert reading.support_via(people.resident, target) == proposal
    assert reading.support_via(siti, target) is None, "she pressed there herself"
    assert events_after(target.pk, 0)[-1] == {"seq": 2, "kind": "support", "supports": 2}
    entry = AuditEntry.objects.get(action="deliberation.support.follow")
    assert (entry.subject, entry.changes["came"], entry.changes["supports"]) == (f"proposal:{target.pk}", 1, 2)


def test_support_that_came_along_can_be_taken_back(people):
    proposal, target = supported(people.resident), make.proposal()
    merge(proposal, target, people.village_head)
    assert services.withdraw_support(proposal_id=target.pk, actor=people.resident) == 0
    assert supporters(target) == set()


def test_support_of_what_goes_on_elsewhere_is_neither_given_nor_taken_back(people):
    old = Proposal.objects.get(pk=supported(people.resident, of=make.open_cycle(plan_year=2027)).pk)
    old.cycle.windows.update(opens_at=make.clock.now() - 4 * make.MONTH, closes_at=make.clock.now() - make.MONTH)
    register.carry_over(proposal_id=old.pk, actor=people.facilitator, plan_year=2028)
    whole = supported(people.resident)
    split(Proposal.objects.get(pk=whole.pk), people.village_head)
    for closed in (old, whole):
        for act in (services.support, services.withdraw_support):
            with pytest.raises(Conflict):
                act(proposal_id=closed.pk, actor=people.resident)


def test_residents_of_another_village_stay_where_they_are(people):
    proposal, target = supported(people.neighbour, village=cast.NEXT_VILLAGE), make.proposal()
    head = cast.person(username="next_head")
    cast.office(user=head, role="village_head", region=cast.NEXT_VILLAGE)
    merge(proposal, target, head)
    assert supporters(target) == set(), "only residents of a proposal's own village support it"


@pytest.mark.parametrize("change", ["moved away", "shut out"])
def test_who_may_not_support_any_more_does_not_follow(people, change):
    proposal, target = supported(people.resident), make.proposal()
    if change == "moved away":
        Residency.objects.filter(user=people.resident).update(status=Residency.Status.ENDED)
    else:
        User.objects.filter(pk=people.resident.pk).update(is_active=False)
    merge(proposal, target, people.village_head)
    assert supporters(target) == set()


def test_every_part_has_the_supporters_of_the_whole(people):
    whole = supported(people.resident)
    for part in split(Proposal.objects.get(pk=whole.pk), people.village_head, TWO):
        assert supporters(part) == {"resident"}


def test_a_carried_over_draft_keeps_its_supporters_and_tells_nobody(people):
    proposal = supported(people.resident, of=make.open_cycle(plan_year=2027))
    told.move(proposal, "reject", people.village_head, reason=told.REASON, reason_code="LOW_URGENCY")
    draft, _new = register.carry_over(proposal_id=proposal.pk, actor=people.facilitator, plan_year=2028)
    assert supporters(draft) == {"resident"}
    assert events_after(draft.pk, 0) == [], "of a draft nobody is told"
    sent = register.submit(proposal_id=draft.pk, actor=people.facilitator).proposal
    assert services.support(proposal_id=sent.pk, actor=people.resident) == 1, "pressing again counts nobody twice"


def test_following_costs_the_same_for_many_supporters(people):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in (1, 2, 12):
        proposal, target = make.proposals(2)
        for place in range(number):
            services.support(proposal_id=proposal.pk, actor=cast.resident_of(username=f"warga{number}-{place}"))
        with CaptureQueriesContext(connection) as asked:
            merge(proposal, target, people.village_head)
        counts.append(len(asked))
        assert len(supporters(target)) == number
    assert counts[1] == counts[2], counts


def test_comments_stay_where_they_were_written_and_are_read_with_their_origin(people, django_assert_num_queries):
    lines = [make.proposals(2) for _ in range(3)]
    target = make.proposal()
    for place, (one, other) in enumerate(lines):
        for proposal in (one, other):
            said = {"body": f"Jalan ini putus lagi, {place}.", "stance": "support"}
            services.comment(comment_id=uuid.uuid4(), proposal_id=proposal.pk, actor=people.resident, **said)
            merge(proposal, target, people.village_head)
    target.refresh_from_db()
    assert (target.comments, Comment.objects.filter(proposal=target).count()) == (0, 0), "counted once, where they stand"
    with django_assert_num_queries(2):
        found = reading.inherited(target, people.stranger)
    assert {said.proposal_id for said in found} == {proposal.pk for line in lines for proposal in line}
    assert {said.seq for said in found} == {1}


def test_what_a_moderator_hid_stays_hidden_on_the_pages_that_come_after(people):
    proposal, target = make.proposals(2)
    said, _new = services.comment(comment_id=uuid.uuid4(), proposal_id=proposal.pk, actor=people.resident, body="Kata kasar.", stance="criticism")
    services.hide_comment(comment_id=said.pk, actor=people.moderator, reason="Menghina seseorang.")
    merge(proposal, target, people.village_head)
    assert reading.inherited(target, people.stranger)[0].body == ""
    assert reading.inherited(target, people.moderator)[0].body == "Kata kasar."


def test_a_merged_one_is_refused_for_support_and_its_outcome_told(people):
    proposal = make.proposal(outcome=Outcome.SPLIT)
    with pytest.raises(Conflict):
        services.support(proposal_id=proposal.pk, actor=people.resident)
