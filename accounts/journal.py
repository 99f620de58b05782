"""Walking the journal: every hash is computed again here, in Python, from the documented text of the entry.

The database computes the same in `accounts_journal_hash` (migration 0002). Two implementations, so that a mistake or a
manipulation in one of them shows. Canonical text: docs/accounts.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256

from django.db.models import F, OuterRef, Q, Subquery, TextField
from django.db.models.functions import Cast

from accounts.models import AuditChain, AuditEntry

FORMAT = "1"
#: Entries held in memory at a time.
CHUNK = 2000


@dataclass(frozen=True)
class Break:
    """The first entry of a chain that is not what was written, and in what way."""

    chain: str
    position: int | None
    entry_id: str
    fault: str


def canonical(entry: AuditEntry, changes_text: str) -> bytes:
    """One netstring a field (`octets:text,`) in the order of docs/accounts.md; `changes_text` is the jsonb's own text."""
    at = entry.at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")
    fields = (
        FORMAT,
        entry.chain,
        str(entry.position),
        entry.previous,
        str(entry.pk),
        at,
        "" if entry.actor_id is None else str(entry.actor_id),
        entry.role,
        entry.action,
        entry.subject,
        entry.region_code,
        changes_text,
        entry.reason,
    )
    return b"".join(b"%d:%s," % (len(octets), octets) for octets in (field.encode() for field in fields))


def digest(entry: AuditEntry, changes_text: str) -> str:
    """The SHA-256 of the canonical text, in hexadecimal."""
    return sha256(canonical(entry, changes_text)).hexdigest()


def chains() -> list[str]:
    """Every chain that has an entry or a head, in order."""
    named = set(AuditChain.objects.values_list("code", flat=True))
    return sorted(named | set(AuditEntry.objects.order_by().values_list("chain", flat=True).distinct()))


def first_break(chain: str) -> tuple[int, Break | None]:
    """How many entries were walked, and where the chain breaks first; memory stays flat however long it is."""
    head = AuditChain.objects.filter(pk=chain).first()
    expected, previous = 1, ""
    for entry in _entries(chain):
        fault = _fault(entry, expected, previous) or _differs_from_head(entry, head)
        if fault:
            return expected - 1, Break(chain, entry.position, str(entry.pk), fault)
        expected, previous = expected + 1, entry.hash
    return expected - 1, _loose_end(chain, head, expected - 1)


def _entries(chain: str) -> Iterator[AuditEntry]:
    rows = AuditEntry.objects.filter(chain=chain, position__isnull=False).annotate(changes_text=Cast("changes", TextField())).defer("changes")
    return rows.order_by("position").iterator(chunk_size=CHUNK)


def _fault(entry: AuditEntry, expected: int, previous: str) -> str:
    if entry.position != expected:
        return f"removed or moved: place {expected} is empty" if (entry.position or 0) > expected else "inserted before the beginning"
    if entry.previous != previous:
        return "inserted, removed or moved: it does not follow the entry before it"
    if entry.hash != digest(entry, entry.changes_text):  # type: ignore[attr-defined]
        return "changed: its hash is not that of its content"
    return ""


def _differs_from_head(entry: AuditEntry, head: AuditChain | None) -> str:
    """The chain as a whole may have been computed anew; its head remembers."""
    if head is not None and entry.position == head.position and entry.hash != head.hash:
        return "changed: it is not the entry that the chain's head remembers"
    return ""


def _loose_end(chain: str, head: AuditChain | None, walked: int) -> Break | None:
    if walked < (head.position if head else 0):
        return Break(chain, walked + 1, "", "removed: the end of the chain is missing")
    at_head = AuditChain.objects.filter(pk=OuterRef("chain")).values("position")
    beyond = Q(position__isnull=True) | Q(head__isnull=True) | Q(position__gt=F("head"))
    entry = AuditEntry.objects.filter(chain=chain).annotate(head=Subquery(at_head)).filter(beyond).order_by("position").first()
    return Break(chain, entry.position, str(entry.pk), "inserted: it was never sealed, or the chain's head does not know it") if entry else None
