"""What waits for a moderator, what is reported, and another look: each once, each by whom it should be."""

import uuid
from datetime import timedelta

import pytest

from accounts import clock
from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Missing
from accounts.scope import offices_of
from deliberation import reading, services
from deliberation.models import Appeal, Comment, ModerationAct, Notice, Question, Report
from deliberation.moderation import appealing, deciding, queue, reporting, screening
from proposals.events import events_after
from tests import cast, make
from tests.deliberation.talk.speaking import answered, said
from tests.deliberation.test_support import in_parallel, refused

pytestmark = pytest.mark.django_db
REASON = "Menyebut nama warga."


def second_moderator(people):
    person = cast.person(username="second_moderator")
    cast.office(user=person, role="moderator", region=cast.HOME)
    return person


def test_the_first_post_of_somebody_unknown_waits_and_nobody_but_the_author_reads_it(people):
    proposal = make.proposal()
    comment = said(proposal, people.newcomer)
    proposal.refresh_from_db()
    assert (comment.seq, proposal.comments, events_after(proposal.pk, 0)) == (None, 0, [])
    assert reading.comments(proposal, people.newcomer) == []
    assert reading.stances(proposal) == {}
    assert (Question.objects.count(), Notice.objects.count()) == (0, 0)
    assert [row.pk for row in queue.held(offices_of(people.moderator))] == [comment.pk]
    assert list(queue.held(offices_of(people.foreign_moderator))) == []


def test_whom_the_village_knows_and_who_holds_an_office_do_not_wait(people):
    proposal = make.proposal()
    for person in (people.resident, people.neighbour, people.village_head, people.foreign_planner):
        assert said(proposal, person).seq is not None


@pytest.mark.parametrize(
    ("body", "waits"),
    [
        ("Lihat https://contoh.test/a", True),
        ("lihat www.contoh.test", True),
        ("cek toko-murah.co.id ya", True),
        ("javascript://alert", True),
        ("Rp400.000.000 untuk 500 m", False),
        ("Dusun Karya RT.03/RW.01, dekat surau.Ibu-ibu setuju", False),
    ],
)
def test_links_of_a_new_account_wait_also_where_the_village_knows_the_person(people, body, waits):
    assert (said(make.proposal(), people.resident, body, "support").seq is None) is waits


def test_an_account_that_is_no_longer_new_may_lead_to_pages(people):
    people.resident.date_joined = clock.now() - screening.NEW_FOR - timedelta(days=1)
    people.resident.save(update_fields=["date_joined"])
    proposal = make.proposal()
    for _turn in range(screening.NEW_UNTIL):
        said(proposal, people.resident, "Setuju.", "support")
    assert said(proposal, people.resident, "Lihat https://contoh.test", "support").seq is not None


def test_where_nobody_moderates_nothing_waits_for_ever(people):
    foreign = make.proposal(village=cast.FOREIGN_VILLAGE, author=people.foreign_planner)
    assert said(foreign, people.newcomer).seq is None
    people.foreign_moderator.assignments.update(ends_on=clock.today() - timedelta(days=1))
    assert said(foreign, people.newcomer).seq is not None


def test_what_is_let_through_gets_its_number_is_told_and_asks_from_that_day_on(people):
    proposal = make.proposal()
    comment = said(proposal, people.newcomer)
    approved = deciding.approve_comment(comment_id=comment.pk, actor=people.moderator)
    deciding.approve_comment(comment_id=comment.pk, actor=people.moderator)
    proposal.refresh_from_db()
    assert (approved.seq, proposal.comments) == (1, 1)
    assert Question.objects.get().pk == comment.pk
    assert list(Notice.objects.filter(user=people.newcomer).values_list("news__kind", flat=True)) == ["approved"]
    assert [event["kind"] for event in events_after(proposal.pk, 0)] == ["comment"]
    assert said(proposal, people.newcomer).seq is not None


def test_the_same_uuid_again_is_the_comment_that_waits(people):
    proposal, key = make.proposal(), uuid.uuid4()
    arguments = {"comment_id": key, "proposal_id": proposal.pk, "actor": people.newcomer, "body": "Setuju.", "stance": "support"}
    assert [services.comment(**arguments)[1] for _turn in range(3)] == [True, False, False]
    assert ModerationAct.objects.count() == 1


def test_a_newcomer_cannot_fill_the_queue(people):
    proposal, now = make.proposal(), clock.now()
    for number in range(screening.HELD_AT_ONCE):
        with clock.telling(now + timedelta(minutes=number)):
            said(proposal, people.newcomer)
    with clock.telling(now + timedelta(hours=1)), pytest.raises(Conflict):
        said(proposal, people.newcomer)


def test_what_waits_cannot_be_answered_or_reported(people):
    held = said(make.proposal(), people.newcomer)
    with pytest.raises(Invalid):
        answered(held, people.resident)
    with pytest.raises(Conflict):
        reporting.report_comment(comment_id=held.pk, actor=people.resident, reason="insult")


def test_one_report_a_person_whatever_is_pressed(people):
    comment = said(make.proposal(), people.resident)
    for reason in ("insult", "advert", "insult"):
        reporting.report_comment(comment_id=comment.pk, actor=people.neighbour, reason=reason)
    reporting.report_comment(comment_id=comment.pk, actor=people.newcomer, reason="other", words="Ini bukan tentang jalan.")
    assert Report.objects.count() == 2
    assert [row.pk for row in queue.reported(offices_of(people.moderator))] == [comment.pk]
    assert AuditEntry.objects.filter(action="deliberation.comment.report").count() == 2


@pytest.mark.parametrize(("reason", "words"), [("", ""), ("rude", ""), ("other", ""), ("other", "pendek"), ("insult", "x" * 301)])
def test_a_report_needs_a_reason_that_says_something(people, reason, words):
    comment = said(make.proposal(), people.resident)
    with pytest.raises(Invalid):
        reporting.report_comment(comment_id=comment.pk, actor=people.neighbour, reason=reason, words=words)


def test_nobody_reports_themselves_what_is_hidden_or_without_a_name(people):
    comment = said(make.proposal(), people.resident)
    assert refused(lambda: reporting.report_comment(comment_id=comment.pk, actor=people.stranger, reason="insult")).status == 401
    with pytest.raises(Conflict):
        reporting.report_comment(comment_id=comment.pk, actor=people.resident, reason="insult")
    services.hide_comment(comment_id=comment.pk, actor=people.moderator, reason=REASON)
    with pytest.raises(Conflict):
        reporting.report_comment(comment_id=comment.pk, actor=people.neighbour, reason="insult")


def test_a_campaign_of_reports_has_to_wait(people, monkeypatch):
    monkeypatch.setattr(reporting, "REPORTS_A_DAY", 1)
    first, second = (said(make.proposal(), people.resident) for _turn in range(2))
    reporting.report_comment(comment_id=first.pk, actor=people.neighbour, reason="insult")
    assert refused(lambda: reporting.report_comment(comment_id=second.pk, actor=people.neighbour, reason="insult")).status == 429


def test_leaving_a_comment_standing_settles_its_reports(people):
    comment = said(make.proposal(), people.resident)
    reporting.report_comment(comment_id=comment.pk, actor=people.neighbour, reason="insult")
    for _turn in range(2):
        deciding.keep_comment(comment_id=comment.pk, actor=people.moderator)
    assert list(queue.reported(offices_of(people.moderator))) == []
    assert ModerationAct.objects.filter(kind="kept").count() == 1


def test_many_are_decided_at_once_and_those_of_others_are_passed_over(people):
    proposal = make.proposal()
    held = [said(proposal, cast.person(username=f"tamu-{number}")) for number in range(3)]
    deciding.hide_comment(comment_id=held[0].pk, actor=people.moderator, reason=REASON)
    ids = [comment.pk for comment in held] + [uuid.uuid4()]
    assert deciding.decide_many(comment_ids=ids, verb="approve", actor=people.moderator) == (2, 2)
    assert Comment.objects.public().count() == 2
    assert deciding.decide_many(comment_ids=ids, verb="hide", actor=people.moderator, reason=REASON) == (2, 2)
    assert refused(lambda: deciding.decide_many(comment_ids=[held[0].pk], verb="keep", actor=people.resident)) is None
    for arguments in (
        {"verb": "drop", "comment_ids": ids},
        {"verb": "approve", "comment_ids": []},
        {"verb": "hide", "comment_ids": ids, "reason": "x"},
    ):
        with pytest.raises(Invalid):
            deciding.decide_many(actor=people.moderator, **arguments)


@pytest.mark.parametrize("name", ["resident", "planner", "foreign_moderator", "auditor", "stranger"])
def test_only_a_moderator_of_the_region_decides(people, name):
    comment = said(make.proposal(), people.newcomer)
    actor = getattr(people, name)
    for verb in (deciding.approve_comment, deciding.keep_comment):
        assert refused(lambda verb=verb: verb(comment_id=comment.pk, actor=actor)).status in {401, 403}


def test_another_moderator_than_who_hid_it_decides_an_appeal_and_the_text_stands_again(people):
    proposal = make.proposal()
    comment = said(proposal, people.resident)
    services.hide_comment(comment_id=comment.pk, actor=people.moderator, reason=REASON)
    with pytest.raises(Missing):
        appealing.appeal(comment_id=comment.pk, actor=people.neighbour, words="Saya ingin membacanya.")
    one = appealing.appeal(comment_id=comment.pk, actor=people.resident, words="Tidak ada nama di dalamnya.")
    assert appealing.appeal(comment_id=comment.pk, actor=people.resident, words="Sekali lagi saya minta.") == one
    assert refused(lambda: appealing.decide_appeal(comment_id=comment.pk, actor=people.moderator, restore=True, reason=REASON)).status == 403
    other = second_moderator(people)
    appealing.decide_appeal(comment_id=comment.pk, actor=other, restore=True, reason="Benar, tidak ada nama.")
    with pytest.raises(Conflict):
        appealing.decide_appeal(comment_id=comment.pk, actor=other, restore=False, reason=REASON)
    assert reading.comments(proposal, people.stranger)[0].body == comment.body
    assert list(Notice.objects.filter(user=people.resident).order_by("pk").values_list("news__kind", flat=True)) == ["hidden", "restored"]


def test_what_was_never_let_through_is_published_when_the_appeal_succeeds(people):
    comment = said(make.proposal(), people.newcomer)
    services.hide_comment(comment_id=comment.pk, actor=people.moderator, reason=REASON)
    appealing.appeal(comment_id=comment.pk, actor=people.newcomer, words="Ini pertanyaan biasa saja.")
    appealing.decide_appeal(comment_id=comment.pk, actor=second_moderator(people), restore=True, reason="Pertanyaan biasa.")
    comment.refresh_from_db()
    assert (comment.seq, comment.hidden_at) == (1, None)
    assert Question.objects.filter(pk=comment.pk).exists()


def test_an_appeal_is_asked_once_in_the_life_of_a_comment(people):
    comment = said(make.proposal(), people.resident)
    with pytest.raises(Conflict):
        appealing.appeal(comment_id=comment.pk, actor=people.resident, words="Belum disembunyikan sebenarnya.")
    services.hide_comment(comment_id=comment.pk, actor=people.moderator, reason=REASON)
    appealing.appeal(comment_id=comment.pk, actor=people.resident, words="Tidak ada nama di dalamnya.")
    appealing.decide_appeal(comment_id=comment.pk, actor=second_moderator(people), restore=False, reason="Nama tetap disebut.")
    assert (Appeal.objects.count(), Comment.objects.get(pk=comment.pk).hidden_at is not None) == (1, True)


def test_the_public_counts_of_a_month_stay_what_they_were(people):
    comment = said(make.proposal(), people.resident)
    reporting.report_comment(comment_id=comment.pk, actor=people.neighbour, reason="insult")
    services.hide_comment(comment_id=comment.pk, actor=people.moderator, reason=REASON)
    appealing.appeal(comment_id=comment.pk, actor=people.resident, words="Tidak ada nama di dalamnya.")
    appealing.decide_appeal(comment_id=comment.pk, actor=second_moderator(people), restore=True, reason="Benar, tidak ada nama.")
    (month,) = queue.months_of(cast.HOME)
    assert {kind: month.counts[kind] for kind in ("reported", "hidden", "appealed", "restored")} == dict.fromkeys(
        ("reported", "hidden", "appealed", "restored"), 1
    )
    assert queue.months_of(cast.ELSEWHERE) == []


@pytest.mark.django_db(transaction=True)
def test_two_moderators_at_once_let_one_comment_through_once():
    people = cast.build()
    comment = said(make.proposal(), people.newcomer)
    other = second_moderator(people)
    jobs = [lambda who=who: deciding.approve_comment(comment_id=comment.pk, actor=who) for who in (people.moderator, other) * 4]
    assert in_parallel(jobs) == []
    comment.proposal.refresh_from_db()
    assert (comment.proposal.comments, ModerationAct.objects.filter(kind="approved").count()) == (1, 1)
