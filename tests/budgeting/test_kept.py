"""What was calculated stays: guards of the database, hashes, and the same list from the same inputs."""

import uuid

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from budgeting import services
from budgeting.models import AllocationLine, AllocationRun, LedgerEntry
from budgeting.runs.inputs import sha256_of
from tests.budgeting.conftest import calculated

Status = AllocationRun.Status
pytestmark = pytest.mark.django_db


def test_inputs_that_do_not_fit_their_hash_fail_with_the_reason_and_leave_no_line(people, ceiling, waiting):
    run = services.request_run(ceiling_id=ceiling.pk, rule="greedy", actor=people.planner)
    forged = AllocationRun(
        **{f.attname: getattr(run, f.attname) for f in AllocationRun._meta.fields if f.name not in {"id", "inputs_sha256"}}, inputs_sha256="0" * 64
    )
    forged.save(force_insert=True)
    failed = services.perform_run(forged.pk)
    assert (failed.status, failed.lines.count()) == (Status.FAILED, 0)
    assert "SHA-256" in failed.failure


def test_the_same_list_comes_out_of_the_same_inputs(people, ceiling, waiting, capsys):
    run = calculated(people, ceiling)
    assert sha256_of(run.inputs) == run.inputs_sha256
    assert services.replay(run) == []
    call_command("replay_run", str(run.pk))
    assert run.inputs_sha256 in capsys.readouterr().out
    with pytest.raises(CommandError, match="no run"):
        call_command("replay_run", str(uuid.uuid4()))


def test_a_replay_notices_a_forged_line(people, ceiling, waiting):
    run = calculated(people, ceiling)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE budgeting_allocationline DISABLE TRIGGER line_2_only_grows")
        cursor.execute("UPDATE budgeting_allocationline SET amount = 7 WHERE run_id = %s AND rank = 2", [str(run.pk)])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE budgeting_allocationline ENABLE TRIGGER line_2_only_grows")
    assert len(services.replay(run)) == 1
    with pytest.raises(CommandError, match="rank 2"):
        call_command("replay_run", str(run.pk))


def _tamperings(run):
    line = run.lines.first()
    return {
        "change a line": lambda: AllocationLine.objects.filter(pk=line.pk).update(amount=1),
        "remove a line": lambda: AllocationLine.objects.filter(pk=line.pk).delete(),
        "add a line": lambda: AllocationLine.objects.create(
            run=run, proposal_id=line.proposal_id, rank=99, verdict="funded", cost=1, amount=1, supports=0, reason_code="FUNDED_FULL"
        ),
        "change the inputs": lambda: AllocationRun.objects.filter(pk=run.pk).update(inputs={}),
        "change the sum": lambda: AllocationRun.objects.filter(pk=run.pk).update(spent=1),
        "go back": lambda: AllocationRun.objects.filter(pk=run.pk).update(status="queued"),
        "remove the run": lambda: AllocationRun.objects.filter(pk=run.pk)._raw_delete("default"),
    }


@pytest.mark.parametrize(
    "tampering", ["change a line", "remove a line", "add a line", "change the inputs", "change the sum", "go back", "remove the run"]
)
def test_a_calculated_run_cannot_be_changed_even_past_the_services(people, ceiling, waiting, tampering):
    run = calculated(people, ceiling)
    with pytest.raises(IntegrityError), transaction.atomic():
        _tamperings(run)[tampering]()


def test_the_ledger_only_grows_and_is_never_overdrawn_even_past_the_services(people, ceiling, waiting):
    services.publish_run(run_id=calculated(people, ceiling).pk, actor=people.budget_team)
    entry = LedgerEntry.objects.first()
    too_much = LedgerEntry(ceiling=ceiling, kind="commit", amount=50_000_001, proposal=waiting[1], actor=people.planner, at=entry.at)
    for tamper in (
        lambda: LedgerEntry.objects.filter(pk=entry.pk).update(amount=1),
        lambda: LedgerEntry.objects.filter(pk=entry.pk).delete(),
        too_much.save,
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            tamper()
