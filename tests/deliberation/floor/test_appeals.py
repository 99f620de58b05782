"""Another look at what a meeting hid: once, by whoever said it, decided by a moderator who did not hide it."""

import pytest
from django.db import IntegrityError, transaction

from accounts import clock
from accounts.models import AuditEntry
from accounts.scope import offices_of
from deliberation.floor import reading, services
from deliberation.floor.services.statements import Hall
from deliberation.models import ModerationAct, Notice, Said, SaidAppeal
from deliberation.models.floor import QuestionState
from deliberation.moderation import queue
from deliberation.records.facts.talk import minutes
from frontend.waiting import count_for
from proposals.events import events_after
from tests import cast, make
from tests.deliberation.floor.room import in_session, new, refused
from tests.deliberation.talk import speaking
from tests.deliberation.test_support import in_parallel

pytestmark = pytest.mark.django_db
QUESTION = "Mengapa harga jembatan ini dua kali harga di kamus?"
REASON = "Tidak pantas dibicarakan dalam rapat."
WORDS = "Saya hanya menanyakan harga."


def hidden(room, by, person, body=QUESTION):
    asked = services.ask_question(said_id=new(), meeting_id=room.meeting.pk, actor=person, body=body)[0]
    services.hide_statement(said_id=asked.pk, actor=by, reason=REASON)
    return Said.objects.get(pk=asked.pk)


def decide(said, actor, *, restore=True, reason="Harga boleh ditanyakan siapa saja."):
    return services.decide_statement_appeal(said_id=said.pk, actor=actor, restore=restore, reason=reason)


def told(person):
    return list(Notice.objects.filter(user=person).order_by("pk").values_list("news__kind", flat=True))


def read(room, person):
    return [one.body for one in reading.said(room.meeting, person)]


def test_what_the_chair_hid_is_looked_at_again_by_a_moderator_and_stands_again_for_everybody(room, people):
    said = hidden(room, people.village_head, people.resident)
    assert (read(room, people.stranger), told(people.resident)) == ([""], ["said_hidden"])
    one = services.appeal_statement(said_id=said.pk, actor=people.resident, words=WORDS)
    assert services.appeal_statement(said_id=said.pk, actor=people.resident, words="Sekali lagi, tolong.") == one
    for person in ("village_head", "resident", "auditor", "planner", "foreign_moderator"):
        assert refused(lambda person=person: decide(said, getattr(people, person))).status == 403
    assert refused(lambda: decide(said, people.stranger)).status == 401
    decide(said, people.moderator)
    assert refused(lambda: decide(said, people.moderator, restore=False)).code == "decided"
    assert (read(room, people.stranger), told(people.resident)) == ([QUESTION], ["said_hidden", "said_restored"])
    assert [event.get("hidden") for event in events_after(room.meeting.pk, said.seq)] == [True, False]
    assert QUESTION in str(minutes(room.meeting, []))


def test_whoever_hid_it_does_not_decide_and_the_database_says_so_too(room, people):
    said = hidden(room, people.moderator, people.resident)
    services.appeal_statement(said_id=said.pk, actor=people.resident, words=WORDS)
    assert refused(lambda: decide(said, people.moderator)).code == "own_decision"
    with pytest.raises(IntegrityError), transaction.atomic():
        SaidAppeal.objects.update(decided_at=clock.now(), decided_by=people.moderator, restored=True)
    second = cast.person(username="second_moderator")
    cast.office(user=second, role="moderator", region=cast.HOME)
    assert decide(said, second, restore=False, reason="Memang menyerang pribadi warga.").restored is False
    assert (read(room, people.stranger), told(people.resident)[-1]) == ([""], "said_upheld")


def test_it_is_asked_for_by_whoever_said_it_while_it_is_hidden_and_with_a_reason(room, people):
    said = hidden(room, people.village_head, people.resident)
    assert refused(lambda: services.appeal_statement(said_id=said.pk, actor=people.neighbour, words=WORDS)).status == 404
    assert refused(lambda: services.appeal_statement(said_id=said.pk, actor=people.stranger, words=WORDS)).status == 401
    for words in ("", "pendek", "x" * 501):
        assert "words" in refused(lambda words=words: services.appeal_statement(said_id=said.pk, actor=people.resident, words=words)).fields
    shown = services.ask_question(said_id=new(), meeting_id=room.meeting.pk, actor=people.resident, body=QUESTION)[0]
    assert refused(lambda: services.appeal_statement(said_id=shown.pk, actor=people.resident, words=WORDS)).code == "not_hidden"
    assert refused(lambda: decide(said, people.moderator)).status == 404, "nobody has asked"
    assert SaidAppeal.objects.count() == 0


def test_a_first_question_that_the_chair_hid_is_let_through_under_a_new_number(room, people):
    said = hidden(room, people.village_head, people.newcomer)
    assert (said.state, read(room, people.resident)) == (QuestionState.HELD, [])
    services.appeal_statement(said_id=said.pk, actor=people.newcomer, words=WORDS)
    decide(said, people.moderator)
    again = Said.objects.get(pk=said.pk)
    assert (again.state, again.seq > said.seq, read(room, people.resident)) == (QuestionState.OPEN, True, [QUESTION])


def test_what_the_note_taker_wrote_for_the_hall_tells_nobody_and_is_nobodys_to_appeal(room, people):
    said, _new = services.record_statement(
        said_id=new(), meeting_id=room.meeting.pk, actor=people.facilitator, body="Ucapan kasar.", hall=Hall(name="Bu Halimah")
    )
    services.hide_statement(said_id=said.pk, actor=people.village_head, reason=REASON)
    assert Notice.objects.count() == 0
    assert refused(lambda: services.appeal_statement(said_id=said.pk, actor=people.facilitator, words=WORDS)).status == 404


def test_it_waits_on_the_moderators_desk_and_is_counted_in_public_and_in_the_journal(room, people):
    said = hidden(room, people.village_head, people.newcomer)
    services.appeal_statement(said_id=said.pk, actor=people.newcomer, words=WORDS)
    assert [one.pk for one in queue.appealed_in_meetings(offices_of(people.moderator))] == [said.pk]
    assert list(queue.appealed_in_meetings(offices_of(people.foreign_moderator))) == []
    assert (count_for(people.moderator), count_for(people.foreign_moderator)) == (1, 0)
    decide(said, people.moderator)
    assert count_for(people.moderator) == 0
    (month,) = queue.months_of(cast.VILLAGE)
    assert {kind.value: month.counts[kind] for kind in queue.COUNTED} == {
        "held": 1, "approved": 0, "reported": 0, "hidden": 1, "appealed": 1, "restored": 1,
    }  # fmt: skip
    assert queue.months_of(cast.HOME)[0].in_order() == month.in_order()
    entries = AuditEntry.objects.filter(subject=f"said:{said.pk}").order_by("at").values_list("action", "reason")
    assert [(action.rsplit(".", 1)[1], reason) for action, reason in entries] == [
        ("question", ""), ("hide", REASON), ("appeal", ""), ("restore", "Harga boleh ditanyakan siapa saja."),
    ]  # fmt: skip


def test_an_act_is_about_one_thing(room, people):
    said = hidden(room, people.village_head, people.resident)
    comment = speaking.said(make.proposal(), people.resident)
    for about in ({}, {"said": said, "comment": comment}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ModerationAct.objects.create(village_id=cast.VILLAGE, kind="hidden", at=clock.now(), **about)


@pytest.mark.django_db(transaction=True)
def test_two_moderators_at_once_have_one_winner_and_one_told_so():
    people = cast.build()
    room = in_session(people)
    said = hidden(room, people.village_head, people.resident)
    services.appeal_statement(said_id=said.pk, actor=people.resident, words=WORDS)
    second = cast.person(username="second_moderator")
    cast.office(user=second, role="moderator", region=cast.HOME)
    failures = in_parallel([lambda: decide(said, people.moderator), lambda: decide(said, second, restore=False)], hands=2)
    assert [failure.code for failure in failures] == ["decided"]
    one = SaidAppeal.objects.get()
    assert (Said.objects.get().hidden_at is None) == one.restored
    assert ModerationAct.objects.filter(kind__in=["restored", "upheld"]).count() == 1
