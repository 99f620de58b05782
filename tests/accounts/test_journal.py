"""The journal: it only grows, it seals itself, and it notices what was done to it."""

import threading
import uuid
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from accounts import audit, clock, journal
from accounts.models import AuditChain, AuditEntry
from tests import cast

sealed = pytest.mark.django_db(transaction=True)


def written(region: str = cast.VILLAGE, **changes) -> AuditEntry:
    with transaction.atomic():
        entry = audit.record(actor=None, action="test.write", subject="test:1", region_code=region, changes=changes)
    entry.refresh_from_db()
    return entry


def tamper(sql: str, *values) -> None:
    """What somebody does who owns the tables."""
    with connection.cursor() as cursor:
        for table in ("accounts_auditentry", "accounts_auditchain"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql, values)
        for table in ("accounts_auditentry", "accounts_auditchain"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def verify() -> str:
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_journal", stdout=out, stderr=err)
    except CommandError:
        return err.getvalue()
    return out.getvalue()


@sealed
def test_each_kabupaten_has_its_own_chain_because_one_chain_would_make_the_nation_wait_in_line():
    first, foreign, second, national = written(), written(cast.FOREIGN_VILLAGE), written(cast.HOME), written("61")
    assert [(entry.chain, entry.position) for entry in (first, foreign, second, national)] == [
        ("61.12", 1),
        ("61.71", 1),
        ("61.12", 2),
        ("national", 1),
    ]
    assert first.previous == ""
    assert second.previous == first.hash
    assert AuditChain.objects.get(pk="61.12").hash == second.hash
    assert "unbroken" in verify()


@sealed
def test_python_computes_the_same_hash_as_the_database_for_any_text():
    with transaction.atomic():
        audit.record(
            actor=None,
            action="test.write",
            subject="a,b:3",
            region_code=cast.VILLAGE,
            reason="“Kapur” 1:x, 𝄞\n é",
            changes={"amount": [10**15, None], "zz": {"a": 1.50, "b": [True, "é\t\\"]}, "id": uuid.uuid4(), "at": clock.now()},
        )
    assert journal.first_break("61.12") == (1, None)


@sealed
def test_entries_of_one_transaction_are_sealed_in_the_order_they_were_written():
    with transaction.atomic():
        entries = [audit.record(actor=None, action="test.write", subject=f"test:{n}", region_code=cast.HOME) for n in range(20)]
    places = dict(AuditEntry.objects.values_list("pk", "position"))
    assert [places[entry.pk] for entry in entries] == list(range(1, 21))


@sealed
def test_what_was_rolled_back_leaves_no_gap():
    with transaction.atomic():
        audit.record(actor=None, action="test.write", subject="kept", region_code=cast.HOME)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            audit.record(actor=None, action="test.write", subject="undone", region_code=cast.HOME)
            raise ZeroDivisionError
        audit.record(actor=None, action="test.write", subject="kept too", region_code=cast.HOME)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record(actor=None, action="test.write", subject="undone", region_code=cast.HOME)
        raise ZeroDivisionError
    written()
    assert list(AuditEntry.objects.values_list("position", flat=True)) == [1, 2, 3]
    assert journal.first_break("61.12") == (3, None)


@sealed
def test_sealing_early_and_going_on_keeps_the_chain_whole():
    with transaction.atomic(), connection.cursor() as cursor:
        audit.record(actor=None, action="test.write", subject="early", region_code=cast.HOME)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        audit.record(actor=None, action="test.write", subject="at once", region_code=cast.HOME)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        audit.record(actor=None, action="test.write", subject="late", region_code=cast.ELSEWHERE)
        audit.record(actor=None, action="test.write", subject="late", region_code=cast.HOME)
    assert journal.first_break("61.12") == (3, None)
    assert journal.first_break("61.71") == (1, None)


def test_an_entry_outside_a_transaction_is_refused_because_it_could_tell_of_what_never_happened(transactional_db):
    with pytest.raises(TransactionManagementError):
        audit.record(actor=None, action="test.write", subject="test:1")


@sealed
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE accounts_auditentry SET reason = 'another'",
        "UPDATE accounts_auditentry SET hash = '' , position = NULL",
        "UPDATE accounts_auditentry SET hash = hash",
        "DELETE FROM accounts_auditentry",
        "UPDATE accounts_auditchain SET position = 0",
        "UPDATE accounts_auditchain SET position = position + 1",
        "DELETE FROM accounts_auditchain",
        "INSERT INTO accounts_auditchain VALUES ('99.99', 0, '')",
    ],
)
def test_nothing_is_changed_or_removed(sql):
    written()
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute(sql)


@sealed
def test_not_even_before_its_seal_is_an_entry_changed():
    with pytest.raises(IntegrityError), transaction.atomic():
        entry = audit.record(actor=None, action="test.write", subject="test:1", region_code=cast.HOME)
        AuditEntry.objects.filter(pk=entry.pk).update(reason="another")


@sealed
@pytest.mark.parametrize("forged", [{"hash": "f" * 64}, {"position": 1}, {"previous": "f" * 64}])
def test_an_entry_that_brings_its_own_seal_is_refused(forged):
    with pytest.raises(IntegrityError):
        AuditEntry.objects.create(at=clock.now(), action="test.forge", subject="test:1", region_code=cast.HOME, chain="61.12", **forged)


@sealed
def test_an_entry_cannot_choose_another_chain_than_its_regions():
    entry = AuditEntry.objects.create(at=clock.now(), action="test.forge", subject="test:1", region_code=cast.HOME, chain="99.99")
    entry.refresh_from_db()
    assert entry.chain == "61.12"


@sealed
def test_a_table_of_the_same_name_in_the_callers_session_does_not_stand_in_for_the_journal():
    written()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE accounts_auditchain (code text, position bigint, hash text)")
        try:
            written()
        finally:
            cursor.execute("DROP TABLE pg_temp.accounts_auditchain")
    assert journal.first_break("61.12") == (2, None)


@sealed
def test_only_a_test_database_may_be_emptied():
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'accounts_journal_keep_all'")
        assert r"LIKE 'test\_%'" in cursor.fetchone()[0]
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgtype & 32 > 0 AND tgrelid = 'accounts_auditentry'::regclass")
        assert cursor.fetchall() == [("journal_keep_all",)]


TAMPERINGS = {
    "changed": "UPDATE accounts_auditentry SET reason = 'another' WHERE position = 3",
    "changed a moment": "UPDATE accounts_auditentry SET at = at + interval '1 microsecond' WHERE position = 3",
    "changed what changed": """UPDATE accounts_auditentry SET changes = '{"amount": 1}' WHERE position = 3""",
    "removed": "DELETE FROM accounts_auditentry WHERE position = 3",
    "reordered": """
        UPDATE accounts_auditentry SET position = 99 WHERE position = 3;
        UPDATE accounts_auditentry SET position = 3 WHERE position = 4;
        UPDATE accounts_auditentry SET position = 4 WHERE position = 99
    """,
    "inserted": """
        UPDATE accounts_auditentry SET position = -position WHERE position >= 3;
        UPDATE accounts_auditentry SET position = 1 - position WHERE position < 0;
        INSERT INTO accounts_auditentry (id, at, role, action, subject, region_code, changes, reason, chain, position, previous, hash)
        SELECT gen_random_uuid(), at, role, action, subject, region_code, changes, reason, chain, 3, previous, hash
        FROM accounts_auditentry WHERE position = 2
    """,
    "moved to another chain": "UPDATE accounts_auditentry SET chain = '61.71', region_code = '61.71' WHERE position >= 3",
}


@sealed
@pytest.mark.parametrize("sql", TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_a_journal_that_its_owner_changed_is_found_out_at_the_first_bad_place(sql):
    for number in range(5):
        written(amount=number)
    tamper(sql)
    _length, fault = journal.first_break("61.12")
    assert fault is not None
    assert fault.position in {3, 4}
    assert fault.chain == "61.12"
    assert "61.12: breaks at place" in verify()
    with pytest.raises(CommandError):
        call_command("verify_journal", stdout=StringIO(), stderr=StringIO())


@sealed
def test_cutting_off_the_end_is_found_out_by_the_head():
    for _ in range(3):
        written()
    tamper("DELETE FROM accounts_auditentry WHERE position = 3")
    assert journal.first_break("61.12")[1].fault == "removed: the end of the chain is missing"


@sealed
def test_a_chain_computed_anew_is_found_out_by_the_head():
    entry = written()
    entry.reason = "another"
    tamper("UPDATE accounts_auditentry SET reason = %s, hash = %s", entry.reason, journal.digest(entry, "{}"))
    assert "head remembers" in journal.first_break("61.12")[1].fault


@sealed
def test_an_entry_appended_behind_the_seal_is_found_out():
    written()
    tamper(
        "INSERT INTO accounts_auditentry (id, at, role, action, subject, region_code, changes, reason, chain, previous, hash)"
        " SELECT gen_random_uuid(), at, role, action, subject, region_code, changes, reason, chain, '', '' FROM accounts_auditentry"
    )
    assert "never sealed" in journal.first_break("61.12")[1].fault


@sealed
def test_writers_of_the_same_two_chains_in_opposite_order_neither_block_each_other_nor_break_the_chain():
    failures: list[Exception] = []

    def write(regions: tuple[str, str]) -> None:
        try:
            for _ in range(15):
                with transaction.atomic():
                    for region in regions:
                        audit.record(actor=None, action="test.write", subject="test:1", region_code=region)
        except Exception as error:  # noqa: BLE001 - told to the test below
            failures.append(error)
        finally:
            connection.close()

    pairs = [(cast.HOME, cast.ELSEWHERE), (cast.ELSEWHERE, cast.HOME)] * 3
    threads = [threading.Thread(target=write, args=(pair,)) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
    assert [journal.first_break(chain) for chain in ("61.12", "61.71")] == [(90, None), (90, None)]


@sealed
def test_a_holder_of_a_chain_waits_for_no_foreign_key_because_its_check_runs_before_the_seal():
    """Entry first, row with a deferred foreign key second: the key's check must not come after the chain is taken."""
    people = cast.build()
    ready, go = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                type(people.newcomer).objects.select_for_update().get(pk=people.newcomer.pk)
                ready.set()
                go.wait(10)
                audit.record(actor=None, action="test.write", subject="holder", region_code=cast.HOME)
        finally:
            connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    ready.wait(10)
    threading.Timer(0.3, go.set).start()
    with transaction.atomic():
        audit.record(actor=None, action="test.write", subject="writer", region_code=cast.HOME)
        cast.residency(user=people.newcomer, status="refused")
    holder.join(10)
    assert journal.first_break("61.12") == (2, None)


def test_tokens_are_printed_alone_and_only_for_accounts_that_may_sign_in(people):
    out = StringIO()
    call_command("create_token", "planner", stdout=out)
    assert len(out.getvalue().split()) == 1
    with pytest.raises(CommandError, match="no account"):
        call_command("create_token", "nobody")
    people.planner.is_active = False
    people.planner.save(update_fields=["is_active"])
    with pytest.raises(CommandError, match="no longer"):
        call_command("create_token", "planner")
