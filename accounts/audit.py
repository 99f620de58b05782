"""The journal: one entry for each thing that was done, in the transaction that did it.

Triggers keep it append-only and seal each entry into the chain of its kabupaten at commit
(accounts/migrations/0002_journal.py, docs/decisions/0004-journal.md).
"""

import json
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from accounts import clock
from accounts.models import AuditEntry, User
from accounts.roles import CITIZEN
from geo import codes

#: The chain of what belongs to no kabupaten: provinces, the nation, the platform itself.
NATIONAL = "national"
#: The role of what nobody in person did: imports, workers, commands.
SYSTEM = "system"


def chain_of(region_code: str) -> str:
    """The chain in which what happened in this region is written: its kabupaten's code, or `national`."""
    return codes.ancestor(region_code, codes.Level.DISTRICT) or NATIONAL if codes.is_code(region_code) else NATIONAL


def record(
    *,
    actor: User | AnonymousUser | None,
    role: str = "",
    action: str,
    subject: str,
    region_code: str = "",
    changes: dict[str, Any] | None = None,
    reason: str = "",
) -> AuditEntry:
    """Write one entry. Call it inside the service's transaction; outside of one it raises TransactionManagementError."""
    one = entry(actor=actor, role=role, action=action, subject=subject, region_code=region_code, changes=changes, reason=reason)
    return record_all([one])[0]


def record_all(entries: Sequence[AuditEntry]) -> list[AuditEntry]:
    """Write many entries at once, in their order. As `record` otherwise."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a journal entry belongs into the transaction of what it tells")
    return AuditEntry.objects.bulk_create(entries)


def entry(
    *,
    actor: User | AnonymousUser | None,
    role: str = "",
    action: str,
    subject: str,
    region_code: str = "",
    changes: dict[str, Any] | None = None,
    reason: str = "",
) -> AuditEntry:
    """An entry that is not written yet.

    `action` is a namespaced verb (`proposals.move.forward`), `subject` what it was done to (`proposal:6a0c…`), `role`
    the role that allowed it (`citizen` where none is named, `system` where nobody acted). `changes` may hold dates,
    decimals and UUIDs; they are kept as text.
    """
    person = actor if isinstance(actor, User) else None
    return AuditEntry(
        at=clock.now(),
        actor=person,
        role=role or (CITIZEN if person else SYSTEM),
        action=action,
        subject=subject,
        region_code=region_code,
        changes=json.loads(json.dumps(changes or {}, cls=DjangoJSONEncoder)),
        reason=reason,
        chain=chain_of(region_code),
    )
