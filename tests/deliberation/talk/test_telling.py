"""News are written with what they tell, once, and reach whoever follows, however many and whoever is stopped."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from accounts import clock
from accounts.refusals import Conflict, Invalid, Missing, Refusal
from deliberation import services as talk
from deliberation.follows import services as follows
from deliberation.models import Follow, News, Notice
from deliberation.notices import inbox, spreading
from deliberation.notices.kinds import KINDS, sentence
from deliberation.notices.telling import notify
from proposals import services as register
from proposals.models import Proposal
from proposals.services import Verdict, move_by_run
from proposals.stages import Outcome, Stage
from tests import cast, make
from tests.deliberation.talk.speaking import answered, moved, said

pytestmark = pytest.mark.django_db


def told(user):
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("news__kind", flat=True))


def test_a_refused_change_tells_nobody(people):
    proposal = make.proposal(stage=Stage.SUBDISTRICT)
    follows.follow(actor=people.resident, proposal_id=proposal.pk)
    with pytest.raises(Refusal):
        moved(proposal, people.village_head)
    assert News.objects.count() == 0


def test_a_change_that_fails_later_takes_its_news_back(people):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        notify(kind="reply", key="a", to=[people.resident], path="/", facts={"who": "a", "title": "b"})
        1 / 0  # noqa: B018
    assert (News.objects.count(), Notice.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_news_outside_of_a_transaction_are_refused(people):
    with pytest.raises(TransactionManagementError):
        notify(kind="reply", key="a", to=[], path="/", facts={})


def test_the_same_thing_told_twice_tells_once_and_nobody_hears_of_what_they_did_themselves(people):
    for _turn in range(2):
        notify(kind="reply", key="a", to=[people.resident, people.neighbour], path="/", facts={"who": "a", "title": "b"}, actor=people.neighbour)
    assert (News.objects.count(), told(people.resident), told(people.neighbour)) == (1, ["reply"], [])


def test_a_kind_without_a_sentence_is_a_mistake_of_ours_and_is_heard_at_once(people):
    with pytest.raises(ValueError, match="no sentence"):
        notify(kind="whatever", key="a", to=[people.resident], path="/")


def test_a_fact_that_the_sentence_needs_is_missed_by_who_tells_not_by_who_reads(people):
    with pytest.raises(KeyError):
        notify(kind="reply", key="a", to=[people.resident], path="/", facts={"title": "Jalan"})
    assert News.objects.count() == 0


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_a_sentence_that_its_facts_fill(kind):
    codes = {"step": "forward", "stage": "agency", "role": "planner", "when": "2027-02-03T02:00:00+00:00", "due": "2027-02-17"}
    facts = {name: codes.get(name, "Musdes") for name in re.findall(r"%\((\w+)\)s", str(KINDS[kind]))}
    assert "%" not in sentence(kind, facts)
    assert sentence("of a later version", {}) != ""


def test_an_invitation_that_is_read_after_its_meeting_says_that_it_was():
    facts = {"meeting": "Musdes Kapur", "place": "Balai Desa", "when": (clock.now() - timedelta(hours=1)).isoformat()}
    assert sentence("invitation", facts).startswith("Anda diundang ke “Musdes Kapur”, yang dijadwalkan ")
    ahead = {**facts, "when": (clock.now() + timedelta(hours=1)).isoformat()}
    assert "dijadwalkan" not in sentence("invitation", ahead)


def test_followers_of_the_proposal_its_region_and_its_sector_hear_of_a_move_once(people):
    proposal = make.proposal(stage=Stage.VILLAGE)
    follows.follow(actor=people.resident, proposal_id=proposal.pk)
    follows.follow(actor=people.resident, region_code=cast.VILLAGE)
    follows.follow(actor=people.neighbour, region_code=cast.HOME, sector=proposal.sector)
    follows.follow(actor=people.newcomer, region_code=cast.HOME, sector="water")
    follows.follow(actor=people.auditor, region_code=cast.OTHER_SUBDISTRICT)
    follows.follow(actor=people.village_head, region_code=cast.VILLAGE)
    moved(proposal, people.village_head)
    assert Notice.objects.count() == 0
    assert spreading.spread_all() == 1
    assert Notice.objects.count() == 2
    assert (told(people.resident), told(people.neighbour)) == (["step"], ["step"])
    assert spreading.spread_all() == 0


def test_a_worker_that_was_stopped_goes_on_behind_the_last_one_told(people, monkeypatch):
    proposal = make.proposal()
    followers = [cast.resident_of(username=f"pengikut-{number}") for number in range(5)]
    for person in followers:
        follows.follow(actor=person, proposal_id=proposal.pk)
    monkeypatch.setattr(spreading, "SPREAD_AT_ONCE", 2)
    moved(proposal, people.village_head)
    assert spreading._spread_some() == 0
    assert Notice.objects.count() == 2
    assert spreading.spread_all() == 1
    assert Notice.objects.count() == 5


def test_who_may_no_longer_sign_in_is_told_nothing(people):
    proposal = make.proposal()
    follows.follow(actor=people.resident, proposal_id=proposal.pk)
    people.resident.is_active = False
    people.resident.save(update_fields=["is_active"])
    moved(proposal, people.village_head)
    spreading.spread_all()
    assert Notice.objects.count() == 0


def test_who_sends_a_proposal_in_follows_it_until_that_is_ended(people):
    draft = make.proposal(stage=Stage.DRAFT, author=people.facilitator, dictionary_entry=make.dictionary_entry())
    register.submit(proposal_id=draft.pk, actor=people.facilitator)
    kept = Follow.objects.get(user=people.facilitator, proposal=draft)
    draft.refresh_from_db()
    moved(draft, people.village_head, "return", reason="Lengkapi dahulu surat lahan dan fotonya.")
    spreading.spread_all()
    assert told(people.facilitator) == ["step"]
    follows.unfollow(actor=people.facilitator, follow_id=kept.pk)
    register.submit(proposal_id=draft.pk, actor=people.facilitator)
    assert Follow.objects.count() == 0


def test_followers_come_along_where_a_proposal_goes_on_in_another(people):
    first, second = make.proposals(2, stage=Stage.SUBDISTRICT)
    follows.follow(actor=people.resident, proposal_id=first.pk)
    follows.follow(actor=people.neighbour, proposal_id=first.pk)
    follows.follow(actor=people.neighbour, proposal_id=second.pk)
    moved(first, people.subdistrict_officer, "merge", reason="Ruas yang sama, cukup satu usulan.", target_id=second.pk)
    assert set(Follow.objects.filter(proposal=second).values_list("user", flat=True)) == {people.resident.pk, people.neighbour.pk}


def test_a_reply_is_told_to_who_began_the_thread_and_an_official_answer_to_followers_too(people):
    proposal = make.proposal()
    question = said(proposal, people.resident)
    follows.follow(actor=people.newcomer, proposal_id=proposal.pk)
    answered(question, people.neighbour)
    answered(question, people.village_head)
    spreading.spread_all()
    assert told(people.resident) == ["reply", "answer"]
    assert told(people.newcomer) == ["answer"]
    assert told(people.village_head) == ["question"]


def test_hiding_tells_the_author_alone(people):
    comment = said(make.proposal(), people.resident, stance="criticism")
    talk.hide_comment(comment_id=comment.pk, actor=people.moderator, reason="Menyebut nama warga.")
    assert told(people.resident) == ["hidden"]
    assert Notice.objects.count() == 1


def test_following_twice_is_once_and_a_draft_or_nothing_is_not_followed(people):
    proposal, draft = make.proposal(), make.proposal(stage=Stage.DRAFT)
    assert follows.follow(actor=people.resident, proposal_id=proposal.pk) == follows.follow(actor=people.resident, proposal_id=proposal.pk)
    with pytest.raises(Refusal) as refusal:
        follows.follow(actor=people.resident, proposal_id=draft.pk)
    assert refusal.value.status == 404
    with pytest.raises(Conflict):
        follows.follow(actor=people.facilitator, proposal_id=draft.pk)
    for wrong in ({"region_code": "99.99"}, {"region_code": "'; --"}, {"region_code": cast.HOME, "sector": "x"}, {}):
        with pytest.raises(Invalid):
            follows.follow(actor=people.resident, **wrong)
    with pytest.raises(Refusal) as refusal:
        follows.follow(actor=people.stranger, proposal_id=proposal.pk)
    assert refusal.value.status == 401


def test_nobody_ends_what_another_follows_nor_opens_anothers_news(people):
    kept = follows.follow(actor=people.resident, region_code=cast.HOME)
    follows.unfollow(actor=people.neighbour, follow_id=kept.pk)
    assert Follow.objects.count() == 1
    notify(kind="reply", key="a", to=[people.resident], path="/usulan/1/", facts={"who": "a", "title": "b"})
    notice = Notice.objects.get()
    with pytest.raises(Missing):
        inbox.open_notice(actor=people.neighbour, notice_id=notice.pk)
    assert (inbox.open_notice(actor=people.resident, notice_id=notice.pk), inbox.unread(people.resident)) == ("/usulan/1/", 0)


def test_who_follows_everything_is_asked_to_end_some_first(people, monkeypatch):
    monkeypatch.setattr(follows, "FOLLOWS_A_PERSON", 1)
    follows.follow(actor=people.resident, region_code=cast.HOME)
    with pytest.raises(Conflict):
        follows.follow(actor=people.resident, region_code=cast.VILLAGE)


def test_telling_many_moves_costs_no_statement_a_proposal(people, django_assert_max_num_queries):

    rows = make.proposals(30, stage=Stage.BUDGET)
    for row in rows[:10]:
        said(row, cast.resident_of(username=f"penanya-{row.number}"))
    verdicts = [Verdict(row.pk, "not_fund", "Pagu habis sebelum urutan ini.") for row in rows]
    with django_assert_max_num_queries(32), transaction.atomic():
        move_by_run(verdicts=verdicts, actor=people.budget_team)
    assert News.objects.filter(kind="step").count() == 30
    assert Proposal.objects.filter(outcome=Outcome.NOT_FUNDED).count() == 30
