"""The worker: asked once however much is told, comes back in the morning, and shares its work with others."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts import clock
from deliberation import tasks
from deliberation.follows import services as follows
from deliberation.models import News, Notice
from deliberation.notices import letters, spreading
from deliberation.notices.telling import notify, tell_followers
from musrenbang import checks
from tests import cast, make
from tests.deliberation.talk.speaking import confirmed
from tests.deliberation.test_support import in_parallel

pytestmark = pytest.mark.django_db(transaction=True)
FACTS = {"who": "Siti", "title": "Jalan"}


@pytest.fixture
def people():
    return cast.build()


def waiting():
    return DBTaskResult.objects.filter(task_path=tasks.deliver.module_path, status=TaskResultStatus.READY)


def test_a_worker_is_asked_once_however_much_is_told(people):
    for turn in range(3):
        with transaction.atomic():
            notify(kind="reply", key=f"a{turn}", to=[people.resident], path="/", facts=FACTS)
            notify(kind="reply", key=f"b{turn}", to=[people.resident], path="/", facts=FACTS)
    assert waiting().count() == 1


def test_the_worker_spreads_and_comes_back_in_the_morning_for_what_a_digest_waits_for(people):
    confirmed(people.resident)
    proposal = make.proposal()
    follows.follow(actor=people.resident, proposal_id=proposal.pk)
    with transaction.atomic():
        tell_followers(kind="reply", key="a", proposal=proposal, facts=FACTS)
    call_command("db_worker", "--batch", "--no-startup-delay", "--interval", "0")
    assert Notice.objects.get().user == people.resident
    (later,) = waiting()
    assert later.run_after == letters.next_slot(clock.now())
    tasks.deliver_later(later.run_after + timedelta(hours=1))
    assert waiting().count() == 1


def test_without_anything_to_wait_for_nobody_comes_back(people):
    with transaction.atomic():
        notify(kind="reply", key="a", to=[people.resident], path="/", facts=FACTS)
    call_command("db_worker", "--batch", "--no-startup-delay", "--interval", "0")
    assert waiting().count() == 0


def test_four_workers_tell_every_follower_once(people, monkeypatch):
    monkeypatch.setattr(spreading, "SPREAD_AT_ONCE", 3)
    proposals = make.proposals(4)
    for number in range(10):
        person = cast.resident_of(username=f"pengikut-{number}")
        follows.follow(actor=person, region_code=cast.HOME)
        follows.follow(actor=person, proposal_id=proposals[0].pk)
    with transaction.atomic():
        for one in proposals:
            tell_followers(kind="reply", key=f"{one.pk}", proposal=one, facts=FACTS)
    assert in_parallel([spreading.spread_all] * 4, hands=4) == []
    assert spreading.spread_all() == 0
    assert Notice.objects.count() == 40
    assert News.objects.filter(spread_at__isnull=True).count() == 0


@pytest.mark.parametrize(
    ("url", "tls", "found"),
    [
        ("https://musrenbang.contoh.go.id", True, []),
        ("http://127.0.0.1:8000", False, []),
        ("http://127.0.0.1:8000", True, ["musrenbang.W002"]),
        ("http://musrenbang.contoh.go.id", True, ["musrenbang.W002"]),
        ("musrenbang.contoh.go.id", False, ["musrenbang.E005"]),
        ("https://contoh.go.id/musrenbang", False, ["musrenbang.E005"]),
    ],
)
def test_an_address_that_no_mail_can_lead_to_is_told_before_the_start(settings, url, tls, found):
    settings.SITE_URL, settings.BEHIND_TLS = url, tls
    assert [message.id for message in checks.mails_lead_to_the_site()] == found
