"""Numbers of people's phones and papers are masked in whatever the public reads of a meeting, a ballot, a vote."""

import pytest

from accounts import clock
from accounts.refusals import Invalid
from deliberation.ballots.services.closing import close_ballot
from deliberation.ballots.services.paper_roll import PaperVoter, mark_paper_voters
from deliberation.ballots.services.publishing import annul_ballot
from deliberation.floor import services as floor
from deliberation.floor.services.turns import Speaker
from deliberation.masking import MASK
from deliberation.meetings.services.planning import plan
from deliberation.meetings.services.stepping import step
from deliberation.models import VoterMark
from deliberation.roll.names import KEY_MAX, key
from tests import cast, make
from tests.deliberation.ballots import drawn_up as up
from tests.deliberation.floor.room import in_session, new
from tests.deliberation.meetings import told

pytestmark = pytest.mark.django_db
PHONE = "0812 3456 7890"
WHY = f"Hubungi Pak Basri di {PHONE} untuk penjelasan lebih lanjut."


def test_reasons_titles_and_names_carry_no_telephone_number(people):
    ballot = up.opened(people.village_head)
    assert PHONE not in close_ballot(ballot_id=ballot.pk, actor=people.village_head, reason=WHY).closed_reason
    assert PHONE not in annul_ballot(ballot_id=ballot.pk, actor=people.village_head, reason=WHY).annul_reason
    cancelled = step(meeting_id=make.a_meeting(state="planned").pk, name="cancel", actor=people.village_head, reason=WHY)
    assert MASK in cancelled.cancelled_reason
    room = in_session(people)
    put, _new = floor.put_motion(motion_id=new(), meeting_id=room.meeting.pk, actor=people.village_head, text=WHY, manner="hands")
    assert PHONE not in put.text
    speaker = Speaker(name=f"Basri {PHONE}", sex="male")
    turn, _new = floor.ask_for_floor(turn_id=new(), meeting_id=room.meeting.pk, actor=people.facilitator, speaker=speaker)
    assert PHONE not in turn.name


def test_a_long_name_with_a_long_hint_is_told_as_that_and_breaks_nothing(people):
    ballot = up.opened(people.village_head)
    voter = PaperVoter(name="Aminah " * 16, village=cast.VILLAGE, hint="RT 03 RW 02 Dusun Karya sebelah barat masjid raya")
    with pytest.raises(Invalid):
        mark_paper_voters(ballot_id=ballot.pk, actor=people.facilitator, voters=[voter])
    assert not VoterMark.objects.exists()


def test_a_sign_that_stands_for_a_whole_phrase_makes_no_key_that_is_too_long():
    assert len(key("\ufdfa" * 100)) <= KEY_MAX


@pytest.mark.parametrize("year", [1, 1999, 2101, 9998])
def test_nobody_meets_or_votes_at_the_ends_of_the_calendar(people, year):
    moment = clock.now().replace(year=year, day=1)
    make.open_cycle()
    with pytest.raises(Invalid):
        plan(meeting_id=new(), actor=people.village_head, fields=told.plan(starts_at=moment))
    with pytest.raises(Invalid):
        up.draft(people.village_head, opens_at=min(moment, clock.now()), closes_at=max(moment, clock.now()))


def test_an_account_that_nobody_knows_puts_no_link_onto_the_wall_of_a_hall(people):
    room = in_session(people)
    body = "Lihat hadiah bantuan desa di bantuan-desa.xyz sekarang juga."
    with pytest.raises(Invalid):
        floor.ask_question(said_id=new(), meeting_id=room.meeting.pk, actor=cast.person(username="akun_baru"), body=body)
    asked, _new = floor.ask_question(said_id=new(), meeting_id=room.meeting.pk, actor=people.resident, body=body)
    assert asked.seq
