"""Photos and papers come along to the proposals that go on: rows of their own, and the same octets under their own names."""

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from django.core.files.storage import default_storage

from proposals.models import Attachment, NotApplicable, Proposal

_AT_ONCE = 500


def bring_along(pairs: Sequence[tuple[Proposal, Proposal]], *, kinds: Iterable[str] = Attachment.Kind.values) -> None:
    """Copy the attachments of these kinds from each first to each second proposal; three statements however many.

    A name begins with its proposal, so that taking a file away from one takes nothing from the other. The names are linked to
    the same octets, which cost the disk nothing; when the transaction fails they are orphans, which are swept
    (`services.sweeping`).
    """
    held: dict[UUID, list[Attachment]] = defaultdict(list)
    for row in Attachment.objects.filter(proposal__in=[whole for whole, _child in pairs], kind__in=list(kinds)).order_by("pk"):
        held[row.proposal_id].append(row)
    copies = [_copy(row, whole, child) for whole, child in pairs for row in held[whole.pk]]
    Attachment.objects.bulk_create(copies, batch_size=_AT_ONCE)


def answers_along(pairs: Sequence[tuple[Proposal, Proposal]]) -> None:
    """Copy what a village answered about papers that it does not have."""
    said: dict[UUID, list[NotApplicable]] = defaultdict(list)
    for row in NotApplicable.objects.filter(proposal__in=[whole for whole, _child in pairs]).order_by("pk"):
        said[row.proposal_id].append(row)
    NotApplicable.objects.bulk_create(_answer(row, child) for whole, child in pairs for row in said[whole.pk])


def _copy(row: Attachment, whole: Proposal, child: Proposal) -> Attachment:
    values = {field.attname: getattr(row, field.attname) for field in Attachment._meta.concrete_fields if not field.primary_key}  # noqa: SLF001
    names = {name: _linked(str(getattr(row, name)), whole.pk, child.pk) for name in ("file", "thumbnail")}
    return Attachment(**{**values, **names, "proposal_id": child.pk})


def _answer(row: NotApplicable, child: Proposal) -> NotApplicable:
    values = {field.attname: getattr(row, field.attname) for field in NotApplicable._meta.concrete_fields if not field.primary_key}  # noqa: SLF001
    return NotApplicable(**{**values, "proposal_id": child.pk})


def _linked(name: str, whole: UUID, child: UUID) -> str:
    """A further name for the same octets, beginning with the child's UUID; empty where there is no file."""
    if not name:
        return ""
    new = name.replace(whole.hex, child.hex)
    # a file that the disk has lost is as lost for the child: its row says that there was one
    with suppress(FileNotFoundError, FileExistsError):
        os.link(Path(default_storage.path(name)), Path(default_storage.path(new)))
    return new
