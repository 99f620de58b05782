"""Two who issue at the same moment issue once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import AuditEntry
from deliberation.models import Document
from deliberation.records import services
from tests import cast, make
from tests.deliberation.records import stage


@pytest.mark.django_db(transaction=True)
def test_two_at_a_time_issue_one_set_of_papers_with_one_code_each(people: cast.Cast):
    meeting = stage.closed_meeting(people)
    stage.decide(meeting, make.proposal(), people.village_head)
    ready = Barrier(4)

    def press(_hand: int) -> list[str]:
        try:
            ready.wait(timeout=60)
            return [str(paper.code) for paper in services.issue(meeting_id=meeting.pk, actor=people.village_head)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(press, range(4)))

    assert all(codes == told[0] for codes in told)
    assert Document.objects.count() == len(told[0]) == 6
    assert AuditEntry.objects.filter(action="deliberation.document.issue").count() == 6
