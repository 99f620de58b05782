"""Two at a time: a sheet is handed in once, and what is being written when the panel closes either counts or is refused."""

import threading

import pytest
from django.db import connections

from accounts.models import AuditEntry
from accounts.refusals import Conflict
from deliberation.models import CriteriaSet, Panel, Score
from deliberation.scoring.services import closing, opening
from deliberation.scoring.services.scoring import submit_sheet
from tests.deliberation.scoring import scored
from tests.deliberation.scoring.test_panels import waiting

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*verbs):
    """Run all at the same moment; what each gave back or was refused with."""
    gate, found = threading.Barrier(len(verbs)), [None] * len(verbs)

    def run(at, verb):
        gate.wait()
        try:
            found[at] = verb()
        except Conflict as refusal:
            found[at] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(at, verb)) for at, verb in enumerate(verbs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return found


def test_a_sheet_handed_in_twice_at_once_is_handed_in_once(people):
    waiting(2)
    panel = scored.opened(people.subdistrict_officer, people.planner)
    scored.score(panel, people.planner, {1: 3, 2: 4})

    answers = at_once(*[lambda: submit_sheet(panel_id=panel.pk, actor=people.planner)] * 4)

    assert {answer.state for answer in answers} == {"submitted"}
    assert AuditEntry.objects.filter(action="deliberation.scoring.submit").count() == 1


def test_a_score_at_the_moment_of_the_close_counts_or_is_refused(people):
    waiting(1)
    panel = scored.opened(people.subdistrict_officer, people.planner, people.second_planner)
    scored.submitted(panel, people.planner, {1: 1})
    scored.score(panel, people.second_planner, {1: 5})

    sent, closed = at_once(
        lambda: submit_sheet(panel_id=panel.pk, actor=people.second_planner),
        lambda: closing.close_panel(panel_id=panel.pk, actor=people.subdistrict_officer, reason=scored.REASON),
    )

    told = Panel.objects.get(pk=panel.pk).result["rows"][0]
    assert closed.state == "closed"
    assert told["scorers"] == (1 if isinstance(sent, Conflict) else 2)
    assert Score.objects.count() == 8


def test_two_who_open_at_once_freeze_one_set_and_one_seed(people):
    waiting(1)
    panel = scored.draft(people.subdistrict_officer, people.planner)

    first, second = at_once(
        lambda: opening.open_panel(panel_id=panel.pk, actor=people.subdistrict_officer),
        lambda: opening.open_panel(panel_id=panel.pk, actor=people.planner),
    )

    assert first.seed == second.seed
    assert (CriteriaSet.objects.count(), AuditEntry.objects.filter(action="deliberation.scoring.open").count()) == (1, 1)
