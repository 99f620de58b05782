"""Two at the same moment, on real connections: one winner, one clear answer for the other, nothing twice."""

import uuid

import pytest

from accounts.models import AuditEntry
from accounts.refusals import Conflict
from proposals import services
from proposals.models import Attachment, Cycle, Proposal
from tests import make
from tests.proposals import told

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _cycle(people):
    make.cycle()


def test_of_two_deciders_one_wins_and_the_other_hears_what_happened(people):
    for _ in range(5):
        proposal = make.proposal()

        def forward(key=proposal.pk):
            return services.move(proposal_id=key, name="forward", actor=people.village_head, version=1)

        def reject(key=proposal.pk):
            return services.move(proposal_id=key, name="reject", actor=people.village_head, version=1, reason=told.REASON, reason_code="LOW_URGENCY")

        answers = told.at_once(forward, reject)
        lost = [answer for answer in answers if isinstance(answer, Exception)]
        assert len(lost) == 1
        assert isinstance(lost[0], Conflict), lost
        assert proposal.recommendations.count() == 1
        assert AuditEntry.objects.filter(subject=f"proposal:{proposal.pk}").count() == 1


def test_numbers_given_at_once_have_no_gap_and_no_twin(people):
    drafts = [told.draft(people.facilitator).pk for _ in range(12)]
    told.at_once(*[lambda key=key: services.submit(proposal_id=key, actor=people.facilitator) for key in drafts])
    numbers = sorted(Proposal.objects.values_list("number", flat=True))
    assert numbers == [f"6112-2028-{place:04d}" for place in range(1, 13)]
    assert Cycle.objects.get().numbered == 12


def test_a_submission_that_fails_takes_no_number(people):
    told.at_once(
        lambda: services.submit(proposal_id=told.draft(people.facilitator, problem="").pk, actor=people.facilitator),
        lambda: services.submit(proposal_id=told.draft(people.facilitator).pk, actor=people.facilitator),
    )
    assert list(Proposal.objects.exclude(number=None).values_list("number", flat=True)) == ["6112-2028-0001"]


def test_the_same_submission_twice_at_once_gives_one_number(people):
    draft = told.draft(people.facilitator)
    answers = told.at_once(*[lambda: services.submit(proposal_id=draft.pk, actor=people.facilitator, version=1)] * 4)
    assert sum(isinstance(answer, Conflict) for answer in answers) == 3
    assert Cycle.objects.get().numbered == 1


def test_the_same_draft_from_two_phones_is_one_row(people):
    for _ in range(5):
        key = uuid.uuid4()
        answers = told.at_once(*[lambda key=key: services.save_draft(proposal_id=key, actor=people.facilitator, fields=told.entry())] * 3)
        assert sorted(created for _row, created in answers) == [False, False, True]
        assert AuditEntry.objects.filter(subject=f"proposal:{key}").count() == 1


def test_two_that_would_join_each_other_do_not_wait_in_a_ring(people):
    one, other = make.proposal(), make.proposal()

    def join(proposal, target):
        return services.move(proposal_id=proposal.pk, name="merge", actor=people.village_head, version=1, reason=told.REASON, target_id=target.pk)

    answers = told.at_once(lambda: join(one, other), lambda: join(other, one))
    assert sum(isinstance(answer, Exception) for answer in answers) == 1
    assert Proposal.objects.filter(outcome="merged").count() == 1


def test_the_same_photo_twice_at_once_is_one_attachment_and_two_files(people, settings, tmp_path):
    from tests.proposals.pictures import jpeg

    settings.MEDIA_ROOT = tmp_path
    draft, content = told.draft(people.facilitator), jpeg()
    answers = told.at_once(*[lambda: services.attach(proposal_id=draft.pk, actor=people.facilitator, content=content)] * 3)
    assert sorted(created for _row, created in answers) == [False, False, True]
    assert Attachment.objects.count() == 1
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2
