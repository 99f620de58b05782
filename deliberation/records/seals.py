"""Checking a paper: is what is stored what was issued? Three witnesses: the snapshot itself, its row, and the journal."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import AuditEntry
from accounts.refusals import Missing, Refusal
from deliberation.models import Document
from deliberation.records import canonical, short_code


@dataclass(frozen=True)
class Seal:
    """What the check found. `snapshot_sha256` is counted anew from what is stored; the journal's is sealed in its chain."""

    snapshot_sha256: str
    stored_sha256: str
    journal_sha256: str

    @property
    def holds(self) -> bool:
        """Whether all three say the same."""
        return self.snapshot_sha256 == self.stored_sha256 == self.journal_sha256


def found(typed: str) -> Document:
    """The issued paper of a code. Raises Refusal: 400 with what is wrong about the typing, 404 where there is none."""
    try:
        code = short_code.parse(typed)
    except short_code.Mistyped as wrong:
        raise Refusal(_said(wrong), code="mistyped", status=400) from None
    document = Document.objects.filter(code=code).select_related("meeting__region", "meeting__cycle", "meeting__agency").first()
    if document is None:
        raise Missing(_("No paper was issued with this code. Compare it with the print once more; a paper with another code is not one of ours."))
    return document


def _said(wrong: short_code.Mistyped) -> str:
    if wrong.why == "sign":
        return _("A code never contains “%(sign)s”. It has digits from 2 to 9 and letters without I, L and O.") % {"sign": wrong.sign[:1]}
    if wrong.why == "length":
        return _("A code has twelve signs, in three groups of four.")
    return _("One of the signs was mistyped: the code does not fit its check sign. Compare it with the print.")


def seal_of(document: Document) -> Seal:
    """Count the hash anew and ask the journal; one query."""
    entries = AuditEntry.objects.filter(
        subject=f"document:{document.pk}", action__in=["deliberation.document.issue", "deliberation.document.correct"]
    )
    told = entries.order_by("at", "pk").values_list("changes", flat=True).first() or {}
    return Seal(_counted(document), document.sha256, str(told.get("sha256", "")))


def _counted(document: Document) -> str:
    try:
        return canonical.digest(document.snapshot)
    except TypeError:
        return ""


def which_file(document: Document, sha256: str) -> str:
    """What a file with this hash is: `pdf`, `scan`, or empty where it is none of this paper's; one query."""
    if sha256 and sha256 == document.pdf_sha256:
        return "pdf"
    return "scan" if sha256 and document.scans.filter(sha256=sha256).exists() else ""


def hash_of(parts: Iterable[bytes]) -> str:
    """SHA-256 of a file that is looked at piece by piece and not kept."""
    counted = hashlib.sha256()
    for part in parts:
        counted.update(part)
    return counted.hexdigest()
