"""Letters over the real protocol: to confirmed addresses, as often as was chosen, and never twice."""

import os
import signal
import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils.timezone import get_default_timezone

from accounts import clock
from deliberation import tasks
from deliberation.follows import services as follows
from deliberation.models import Letter, MailChoice, Notice
from deliberation.notices import choices, letters, sending, spreading
from deliberation.notices.backlog import backlog
from deliberation.notices.telling import notify
from tests import cast, make
from tests.deliberation.talk import post
from tests.deliberation.talk.speaking import confirmed, moved
from tests.deliberation.test_support import in_parallel

Status = Letter.Status
#: A Tuesday, ten in the morning.
TUESDAY = datetime(2027, 2, 2, 10, 0, tzinfo=get_default_timezone())


@pytest.fixture
def office(settings):
    settings.SITE_URL = "https://musrenbang.contoh.go.id"
    with post.opened(settings) as one:
        yield one


def tell(*people, key="satu", at=TUESDAY, title="Jalan Dusun Karya"):
    with clock.telling(at), transaction.atomic():
        notify(kind="reply", key=key, to=people, path="/usulan/6112-2028-0001/", facts={"who": "Siti", "title": title})


def deliver(at):
    with clock.telling(at):
        return tasks.deliver_now()


@pytest.mark.django_db
def test_one_letter_carries_all_that_is_unread_in_the_readers_language_with_a_way_out(people, office):
    address = confirmed(people.resident)
    tell(people.resident)
    tell(people.resident, key="dua", title="Jembatan <Kapur> & 100 %", at=TUESDAY + timedelta(hours=1))
    assert deliver(TUESDAY + timedelta(days=1)) == 1
    assert deliver(TUESDAY + timedelta(days=2)) == 0
    assert (len(office.mails), office.receivers) == (1, [address])
    mail, letter = office.mails[0], Letter.objects.get()
    assert mail["Message-ID"] == f"<{letter.pk}@musrenbang.contoh.go.id>"
    assert mail["Subject"] == "Musrenbang: 2 kabar"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    end = mail["List-Unsubscribe"].strip(" <>")
    text, html = mail.get_body(("plain",)).get_content(), mail.get_body(("html",)).get_content()
    assert end.startswith("https://musrenbang.contoh.go.id/akun/kabar/berhenti/")
    assert end in text
    assert "Jembatan <Kapur> & 100 %" in text
    assert "Jembatan &lt;Kapur&gt; &amp; 100 %" in html
    assert "https://musrenbang.contoh.go.id/usulan/6112-2028-0001/" in text
    assert (letter.status, Notice.objects.filter(letter=letter).count()) == (Status.SENT, 2)


@pytest.mark.django_db
def test_an_unconfirmed_address_and_one_that_was_read_here_get_no_mail(people, office):
    people.neighbour.email = "belum@contoh.id"
    people.neighbour.save(update_fields=["email"])
    confirmed(people.resident)
    tell(people.resident, people.neighbour)
    Notice.objects.filter(user=people.resident).update(seen_at=TUESDAY)
    assert deliver(TUESDAY + timedelta(days=8)) == 0
    assert (office.mails, Letter.objects.count()) == ([], 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cadence", "waits", "comes"),
    [
        ("at_once", None, timedelta(0)),
        ("daily", timedelta(hours=19, minutes=59), timedelta(hours=20)),
        ("weekly", timedelta(days=5, hours=19), timedelta(days=5, hours=20)),
        ("none", timedelta(days=29), None),
    ],
)
def test_mail_comes_as_often_as_was_chosen(people, office, cadence, waits, comes):
    confirmed(people.resident)
    with clock.telling(TUESDAY - timedelta(days=1)):
        choices.choose_mail(actor=people.resident, cadence=cadence)
    tell(people.resident)
    if waits is not None:
        assert deliver(TUESDAY + waits) == 0
    if comes is not None:
        assert deliver(TUESDAY + comes) == 1


@pytest.mark.django_db
def test_after_a_stop_of_days_what_was_due_goes_out_once(people, office):
    confirmed(people.resident)
    for day in range(4):
        tell(people.resident, key=f"hari-{day}", at=TUESDAY + timedelta(days=day))
    with clock.telling(TUESDAY + timedelta(days=4)):
        assert backlog().unwritten_seconds == 4 * 86400
    assert deliver(TUESDAY + timedelta(days=4)) == 1
    with clock.telling(TUESDAY + timedelta(days=4)):
        assert backlog().unwritten_seconds == 0


@pytest.mark.django_db
def test_who_turns_mail_on_later_is_not_sent_what_happened_before(people, office):
    confirmed(people.resident)
    with clock.telling(TUESDAY - timedelta(days=1)):
        choices.choose_mail(actor=people.resident, cadence="none")
    tell(people.resident)
    with clock.telling(TUESDAY + timedelta(days=1)):
        choices.choose_mail(actor=people.resident, cadence="at_once")
    assert deliver(TUESDAY + timedelta(days=2)) == 0


@pytest.mark.django_db
def test_a_post_office_that_is_away_costs_no_attempt_and_nothing_is_lost(people, office, settings):
    confirmed(people.resident)
    tell(people.resident)
    settings.EMAIL_PORT = post.free_port()
    morning = TUESDAY + timedelta(days=1)
    assert deliver(morning) == 0
    letter = Letter.objects.get()
    assert (letter.status, letter.attempts) == (Status.DUE, 0)
    assert "refused" in letter.error
    with clock.telling(morning + timedelta(hours=2)):
        assert backlog().letter_seconds == 7200
    settings.EMAIL_PORT = office.port
    assert deliver(morning + timedelta(days=5)) == 1


@pytest.mark.django_db
def test_a_letter_that_is_put_off_is_tried_again_later_and_later_and_then_has_failed(people, office):
    confirmed(people.resident)
    tell(people.resident)
    office.answer = lambda _envelope: "451 try later"
    moment = TUESDAY + timedelta(days=1)
    assert deliver(moment) == 0
    letter = Letter.objects.get()
    assert (letter.status, letter.attempts, letter.due_at - moment) == (Status.DUE, 1, timedelta(minutes=5))
    for attempt in range(2, sending.ATTEMPTS + 1):
        moment = letter.due_at
        deliver(moment)
        letter.refresh_from_db()
        assert letter.attempts == attempt
    assert (letter.status, letter.error) == (Status.FAILED, "451 try later")


@pytest.mark.django_db
def test_a_mailbox_that_does_not_exist_fails_at_once_and_the_next_letter_goes_out_all_the_same(people, office):
    confirmed(people.resident, "tiada@contoh.id")
    confirmed(people.neighbour)
    tell(people.resident, people.neighbour)
    assert deliver(TUESDAY + timedelta(days=1)) == 1
    assert dict(Letter.objects.values_list("user__username", "status")) == {"resident": Status.FAILED, "neighbour": Status.SENT}


@pytest.mark.django_db
def test_a_line_that_breaks_after_the_text_leaves_a_doubt_and_no_second_copy(people, office):
    confirmed(people.resident)
    tell(people.resident)
    office.breaks = True
    assert deliver(TUESDAY + timedelta(days=1)) == 0
    assert Letter.objects.get().status == Status.UNSURE
    office.breaks = False
    assert deliver(TUESDAY + timedelta(days=9)) == 0
    assert len(office.mails) == 1


@pytest.mark.django_db
def test_whose_address_is_gone_meanwhile_gets_nothing(people, office):
    confirmed(people.resident)
    tell(people.resident)
    with clock.telling(TUESDAY + timedelta(days=1)):
        letters.write_due()
        people.resident.emailaddress_set.all().delete()
        assert sending.send_due() == 0
    assert (Letter.objects.get().status, Letter.objects.get().error) == (Status.FAILED, sending.NOBODY)


@pytest.mark.django_db
def test_who_ends_mail_while_a_letter_waits_does_not_get_it(people, office):
    confirmed(people.resident)
    tell(people.resident)
    with clock.telling(TUESDAY + timedelta(days=1)):
        letters.write_due()
        choices.end_mail(token=choices.token_for(people.resident))
        assert sending.send_due() == 0
    assert (Letter.objects.get().error, office.mails) == (sending.ENDED, [])


@pytest.mark.django_db(transaction=True)
def test_four_senders_at_once_send_every_letter_once(office):
    people = cast.build()
    many = [cast.resident_of(username=f"penerima-{number:02d}") for number in range(12)]
    for person in many:
        confirmed(person)
    tell(*many, people.resident)
    office.hangs = 0.05
    assert in_parallel([lambda: deliver(TUESDAY + timedelta(days=1))] * 4, hands=4) == []
    assert sorted(office.receivers) == sorted(f"{person.username}@contoh.id" for person in many)
    assert set(Letter.objects.values_list("status", "attempts")) == {(Status.SENT, 1)}


@pytest.mark.django_db(transaction=True)
def test_a_sender_killed_between_sending_and_marking_sends_nothing_twice(office):
    people = cast.build()
    confirmed(people.resident)
    with transaction.atomic():
        notify(kind="reply", key="satu", to=[people.resident], path="/", facts={"who": "Siti", "title": "Jalan"})
    choices.choose_mail(actor=people.neighbour, cadence="daily")
    MailChoice.objects.create(user=people.resident, cadence="at_once", since=clock.now() - timedelta(days=1))
    office.hangs = 60
    sender = _sender(office)
    post.until(lambda: len(office.mails) == 1)
    os.kill(sender.pid, signal.SIGKILL)
    sender.wait(10)
    assert Letter.objects.get().status == Status.SENDING
    office.hangs = 0
    call_command("send_digests")
    with clock.telling(clock.now() + sending.PATIENCE + timedelta(minutes=1)):
        call_command("send_digests")
        call_command("send_digests")
    assert Letter.objects.get().status == Status.UNSURE
    assert len(office.mails) == 1


def _sender(office):
    """`manage.py send_digests` as a process of its own, on the tests' database."""
    one = connection.settings_dict
    url = f"postgis://{one['USER']}:{one['PASSWORD']}@{one['HOST']}:{one['PORT']}/{one['NAME']}"
    own = {**os.environ, "DATABASE_URL": url, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(office.port)}
    return subprocess.Popen([sys.executable, "manage.py", "send_digests"], cwd=project.BASE_DIR, env=own, stdout=subprocess.DEVNULL)


@pytest.mark.django_db
def test_the_link_in_a_letter_ends_mail_without_signing_in_and_looking_at_it_does_not(people):
    path = f"/akun/kabar/berhenti/{choices.token_for(people.resident)}/"
    program = Client(enforce_csrf_checks=True)
    assert program.get(path).status_code == 200
    assert choices.cadence_of(people.resident) == "daily"
    for _turn in range(2):
        assert program.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert choices.cadence_of(people.resident) == "none"
    forged = choices.token_for(people.neighbour).replace(str(people.neighbour.pk), str(people.resident.pk), 1)
    assert program.post(f"/akun/kabar/berhenti/{forged}/").status_code == 404
    assert program.get("/akun/kabar/berhenti/x/").status_code == 404


@pytest.mark.django_db
def test_the_alarm_stands_in_the_metrics(people, client):
    confirmed(people.resident)
    tell(people.resident)
    words = client.get("/metrics").content.decode()
    for name in ("musrenbang_news_unspread_seconds", "musrenbang_news_unwritten_seconds", "musrenbang_letters_waiting_seconds"):
        assert f"\n{name} " in words
    assert 'musrenbang_letters{status="unsure"} 0.0' in words


@pytest.mark.django_db
def test_a_letter_about_a_return_carries_its_reason_because_the_village_has_to_act_on_it(people, office):
    confirmed(people.resident)
    proposal = make.proposal(author=people.resident)
    follows.follow(actor=people.resident, proposal_id=proposal.pk)
    reason = "Surat hibah lahan belum dilampirkan, lengkapi lebih dulu."
    moved(proposal, people.village_head, "return", reason=reason)
    spreading.spread_all()
    deliver(clock.now() + timedelta(days=2))
    assert f"Alasan: {reason}" in office.mails[0].get_body(("plain",)).get_content()
