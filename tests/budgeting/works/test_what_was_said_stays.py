"""What was said of a work stays, whoever writes: the database itself refuses to change it, past every service."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from accounts import clock
from budgeting.models import Confirmation, WorkPhoto
from budgeting.works import photos, reporting, saying
from tests.budgeting.works.conftest import said
from tests.budgeting.works.test_saying import REASON, done, say
from tests.proposals.pictures import jpeg

pytestmark = pytest.mark.django_db

_TAMPERED = {
    "a report is changed": "UPDATE budgeting_progress SET physical_percent = 1",
    "a report is taken away": "DELETE FROM budgeting_progress",
    "an answer is changed": "UPDATE budgeting_disputeanswer SET text = 'Sudah beres.'",
    "an answer is taken away": "DELETE FROM budgeting_disputeanswer",
    "a word is turned": "UPDATE budgeting_confirmation SET verdict = 'confirm'",
    "a reason is changed": "UPDATE budgeting_confirmation SET reason = 'Bukan apa-apa.'",
    "a word is turned while it is taken back": "UPDATE budgeting_confirmation SET verdict = 'confirm', superseded_at = now()",
    "a word is taken away": "DELETE FROM budgeting_confirmation",
    "a photo is exchanged": "UPDATE budgeting_workphoto SET file = 'works/2027/01/lain.jpg'",
    "a photo is moved nearer": "UPDATE budgeting_workphoto SET distance_m = 0",
}


@pytest.fixture
def told(people, road, tmp_path, settings):
    """Built, photographed, disputed and answered."""
    settings.MEDIA_ROOT = tmp_path
    done(people, road)
    photos.add_photo(work_id=road.pk, actor=people.agency_officer, content=jpeg(), moment="after")
    say(road, people.resident, "dispute", REASON)
    saying.answer(work_id=road.pk, actor=people.agency_officer, id=uuid.uuid4(), text_said="Dipasang minggu depan bersama warga.")
    return road


@pytest.mark.parametrize("what", _TAMPERED)
def test_nobody_changes_what_was_said_not_even_by_hand_in_the_database(told, what):
    with pytest.raises(DatabaseError, match="refused"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TAMPERED[what])


def test_a_word_that_was_taken_back_never_comes_into_force_again(people, told):
    say(told, people.resident, "confirm")
    taken_back = Confirmation.objects.filter(work=told, superseded_at__isnull=False)
    for moment in (None, clock.now()):
        with pytest.raises(DatabaseError, match="taken back once"), transaction.atomic():
            taken_back.update(superseded_at=moment)


def test_what_the_services_rightly_do_goes_on(people, told):
    say(told, people.resident, "confirm")
    assert [(word.verdict, word.superseded_at is None) for word in told.confirmations.order_by("at")] == [("dispute", False), ("confirm", True)]
    reporting.report(work_id=told.pk, actor=people.agency_officer, **said(physical_percent=90, note="Papan lantai dilepas lagi."))
    assert photos.remove_photo(work_id=told.pk, actor=people.agency_officer, sha256=WorkPhoto.objects.get().sha256)
