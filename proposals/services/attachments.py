"""Adding and removing files. A file is written before its row and taken away again if the row is not kept."""

import hashlib
import re
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, clock, text
from accounts.models import User
from accounts.refusals import Allowed, Conflict, Invalid, Missing
from accounts.scope import Person
from proposals.models import Attachment, Proposal
from proposals.papers import documents
from proposals.papers import policy as file_policy
from proposals.services import kept_files, papers, part_files, rows
from proposals.services.papers import Kept

_CAPTION_LONGEST = 160
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


def attach(
    *,
    proposal_id: UUID,
    actor: Person,
    content: bytes,
    sha256: str = "",
    kind: str = Attachment.Kind.PHOTO,
    caption: str = "",
    is_closed: bool = False,
) -> tuple[Attachment, bool]:
    """Add a photo or a paper: `(attachment, whether it is new)`. The same bytes again are the same attachment.

    Raises Refusal (401, 403, 404; 413 too large; 415 not kept), Invalid (hash or kind) and Conflict (409: full, or nothing
    can be added now). Adding a file leaves `version` alone: it guards decisions, not pictures.
    """
    writer = rows.signed_in(actor)
    check_kind(kind)
    if refusal := papers.too_large(len(content), kind):
        raise refusal
    name = checked_name(content, sha256)
    words = text.clean(caption, field="caption", max_length=_CAPTION_LONGEST)
    if (known := room_for(proposal_id, writer, name, kind, lock=False)) is not None:
        return known, False
    # looking inside is slow: it happens after the right was asked and before the row is locked
    kept = papers.read(content, kind)
    with kept_files.or_nothing() as written, transaction.atomic():
        if (known := room_for(proposal_id, writer, name, kind, lock=True)) is not None:
            return known, False
        attachment = _row(proposal_id, writer, name, kept)
        attachment.kind, attachment.caption, attachment.is_closed = kind, words, is_closed
        _write(attachment, kept, written)
        attachment.save(force_insert=True)
        part_files.forget(proposal_id, name)  # sent whole after all, or in parts until now
        _changed(attachment, writer, "add", file_policy.may_attach(writer, attachment.proposal, kind).or_refuse())
    return attachment, True


def attach_brought(*, proposal_id: UUID, writer: User, role: str, content: bytes) -> bool:
    """A photo that came with a sheet, for a proposal that this sheet made: the right was asked for the sheet as a whole.

    False where it is there already, or the proposal is full. Raises Refusal (413 too large, 415 no photo).
    """
    if refusal := papers.too_large(len(content), Attachment.Kind.PHOTO):
        raise refusal
    name = checked_name(content, "")
    kept = papers.read(content, Attachment.Kind.PHOTO)
    with kept_files.or_nothing() as written, transaction.atomic():
        held = set(Attachment.objects.filter(proposal=rows.locked(proposal_id), kind=Attachment.Kind.PHOTO).values_list("sha256", flat=True))
        if name in held or len(held) >= documents.most_files(Attachment.Kind.PHOTO):
            return False
        attachment = _row(proposal_id, writer, name, kept)
        _write(attachment, kept, written)
        attachment.save(force_insert=True)
        part_files.forget(proposal_id, name)  # sent whole after all, or in parts until now
        _changed(attachment, writer, "add", Allowed(role))
    return True


def check_kind(kind: object) -> None:
    """Raise Invalid unless it is a kind of file."""
    if not isinstance(kind, str) or kind not in Attachment.Kind.values:
        raise Invalid({"kind": [_("Choose one of the list.")]})


def checked_sha256(announced: str) -> str:
    """A SHA-256 as it is kept, or Invalid: what stands in an address may be anything."""
    if not _SHA256.fullmatch(announced.lower()):
        raise Invalid({"sha256": [_("Name the file by its SHA-256: 64 digits and letters from a to f.")]})
    return announced.lower()


def checked_name(content: bytes, sha256: str) -> str:
    """The SHA-256 of the bytes, which must be the one announced."""
    actual = hashlib.sha256(content).hexdigest()
    if sha256 and sha256.lower() != actual:
        raise Invalid({"sha256": [_("The file did not arrive whole: its SHA-256 is another one. Send it again.")]})
    return actual


def room_for(proposal_id: UUID, writer: User, name: str, kind: str, *, lock: bool) -> Attachment | None:
    """Ask whether the file may be added; returns the attachment where these very bytes are there already."""
    proposal = rows.locked(proposal_id) if lock else rows.loaded(proposal_id)
    file_policy.may_attach(writer, proposal, kind).or_refuse()
    held = list(Attachment.objects.filter(proposal=proposal))
    known = next((attachment for attachment in held if attachment.sha256 == name), None)
    most = documents.most_files(kind)
    if known is None and sum(attachment.kind == kind for attachment in held) >= most:
        sentence = _("At most %(count)s photos: remove one first.") if kind in documents.PHOTOS else _("At most %(count)s files of this kind.")
        raise Conflict(sentence % {"count": most}, code="full")
    return known


def _row(proposal_id: UUID, writer: User, name: str, kept: Kept) -> Attachment:
    return Attachment(
        proposal=Proposal.objects.select_related("cycle").get(pk=proposal_id),
        sha256=name,
        content_type=kept.content_type,
        size=len(kept.content),
        width=kept.width,
        height=kept.height,
        pages=kept.pages,
        taken_location=kept.taken_location,
        taken_at=kept.taken_at,
        added_by=writer,
        added_at=clock.now(),
    )


def _write(attachment: Attachment, kept: Kept, written: list[str]) -> None:
    """Names of files begin with the proposal's UUID, which is how they are found again."""
    kept_files.write(attachment, f"{attachment.proposal_id.hex}-{attachment.sha256[:16]}", kept, written)


@transaction.atomic
def detach(*, proposal_id: UUID, actor: Person, sha256: str) -> bool:
    """Remove a file; False where it was not there. The files go once the removal is committed.

    Raises Refusal (401, 403, 404) and Conflict (409: it cannot be taken away now).
    """
    writer = rows.signed_in(actor)
    proposal = rows.locked(proposal_id)
    # compared here: what stands in an address may be no text that a database takes
    held = Attachment.objects.filter(proposal=proposal).select_related("proposal__cycle")
    attachment = next((one for one in held if one.sha256 == sha256.lower()), None)
    allowed = file_policy.may_detach(writer, proposal, attachment).or_refuse()
    if attachment is None:
        return False
    kept_files.drop(attachment)
    Attachment.objects.filter(pk=attachment.pk).delete()
    _changed(attachment, writer, "remove", allowed)
    return True


@transaction.atomic
def close(*, proposal_id: UUID, actor: Person, sha256: str, is_closed: bool) -> Attachment:
    """Keep a file that is otherwise public to those who write and decide, or open it again.

    Raises Refusal (401, 403, 404) and Conflict; Invalid for a kind that is never public.
    """
    writer = rows.signed_in(actor)
    proposal = rows.locked(proposal_id)
    held = Attachment.objects.filter(proposal=proposal).select_related("proposal__cycle")
    attachment = next((one for one in held if one.sha256 == sha256.lower()), None)
    kind = attachment.kind if attachment else documents.Kind.PHOTO
    allowed = file_policy.may_attach(writer, proposal, kind).or_refuse()
    if attachment is None:
        raise Missing
    if kind in documents.CLOSED:
        raise Invalid({"is_closed": [_("Files of this kind are never public.")]})
    if attachment.is_closed != is_closed:
        attachment.is_closed = is_closed
        attachment.save(update_fields=["is_closed"])
        _changed(attachment, writer, "close" if is_closed else "open", allowed)
    return attachment


def _changed(attachment: Attachment, writer: User, verb: str, allowed: Allowed) -> None:
    """The proposal was touched; the journal keeps what with. Photos before the work keep their own name there."""
    proposal = attachment.proposal
    Proposal.objects.filter(pk=proposal.pk).update(changed_at=clock.now())
    is_photo = attachment.kind == documents.Kind.PHOTO
    audit.record(
        actor=writer,
        role=allowed.role,
        action=f"proposals.{'photo' if is_photo else 'paper'}.{verb}",
        subject=f"proposal:{proposal.pk}",
        region_code=proposal.village_id,
        changes={"sha256": attachment.sha256} if is_photo else {"sha256": attachment.sha256, "kind": attachment.kind},
    )


__all__ = ["attach", "attach_brought", "check_kind", "checked_name", "checked_sha256", "close", "detach", "room_for"]
