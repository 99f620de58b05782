"""Adding and removing photos. The file is written before the row and taken away again if the row is not kept."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, clock, text
from accounts.models import User
from accounts.refusals import Conflict, Invalid
from accounts.scope import Person
from proposals import policy
from proposals.models import Attachment, Proposal
from proposals.services import images, rows
from proposals.services.images import Photo, photo_position

_CAPTION_LONGEST = 160


def attach(
    *, proposal_id: UUID, actor: Person, content: bytes, sha256: str = "", kind: str = Attachment.Kind.PHOTO, caption: str = ""
) -> tuple[Attachment, bool]:
    """Add a photo: `(attachment, whether it is new)`. The same bytes again are the same attachment.

    Raises Refusal (401, 403, 404; 413 too large; 415 no photo), Invalid (hash or kind) and Conflict (409: full, or the
    proposal cannot be edited now). Adding a photo leaves `version` alone: it guards decisions, not pictures.
    """
    writer = rows.signed_in(actor)
    if refusal := images.too_large(len(content)):
        raise refusal
    name = _checked_name(content, sha256, kind)
    words = text.clean(caption, field="caption", max_length=_CAPTION_LONGEST)
    if (known := _room_for(proposal_id, writer, name, lock=False)) is not None:
        return known, False
    # decoding is slow: it happens after the right was asked and before the row is locked
    photo = images.rewrite(content)
    with _files_or_nothing() as written, transaction.atomic():
        if (known := _room_for(proposal_id, writer, name, lock=True)) is not None:
            return known, False
        attachment = _row(proposal_id, writer, name, photo, words)
        _write(attachment, photo, written)
        attachment.save(force_insert=True)
        _changed(attachment.proposal, writer, "proposals.photo.add", name)
    return attachment, True


def _checked_name(content: bytes, sha256: str, kind: str) -> str:
    """The SHA-256 of the bytes, which must be the one announced."""
    if kind not in Attachment.Kind.values:
        raise Invalid({"kind": [_("Choose one of the list.")]})
    actual = hashlib.sha256(content).hexdigest()
    if sha256 and sha256.lower() != actual:
        raise Invalid({"sha256": [_("The file did not arrive whole: its SHA-256 is another one. Send it again.")]})
    return actual


def _room_for(proposal_id: UUID, writer: User, name: str, *, lock: bool) -> Attachment | None:
    """Ask whether the photo may be added; returns the attachment where these very bytes are there already."""
    proposal = rows.locked(proposal_id) if lock else rows.loaded(proposal_id)
    policy.may_edit(writer, proposal).or_refuse()
    held = list(Attachment.objects.filter(proposal=proposal))
    known = next((attachment for attachment in held if attachment.sha256 == name), None)
    if known is None and len(held) >= settings.PHOTOS_PER_PROPOSAL:
        raise Conflict(_("At most %(count)s photos: remove one first.") % {"count": settings.PHOTOS_PER_PROPOSAL}, code="full")
    return known


def _row(proposal_id: UUID, writer: User, name: str, photo: Photo, caption: str) -> Attachment:
    return Attachment(
        proposal=Proposal.objects.get(pk=proposal_id),
        sha256=name,
        content_type=photo.content_type,
        size=len(photo.content),
        width=photo.width,
        height=photo.height,
        caption=caption,
        added_by=writer,
        added_at=clock.now(),
    )


def _write(attachment: Attachment, photo: Photo, written: list[str]) -> None:
    """Store both files; their names begin with the proposal's UUID, which is how they are found again when asked for."""
    stem = f"{attachment.proposal_id.hex}-{attachment.sha256[:16]}"
    attachment.file.save(f"{stem}.jpg", ContentFile(photo.content), save=False)
    written.append(str(attachment.file.name))
    attachment.thumbnail.save(f"{stem}-k.jpg", ContentFile(photo.thumbnail), save=False)
    written.append(str(attachment.thumbnail.name))


@contextmanager
def _files_or_nothing() -> Iterator[list[str]]:
    """Names put into the list are deleted again when the block fails, so that no file is left without its row."""
    written: list[str] = []
    try:
        yield written
    except BaseException:
        for name in written:
            default_storage.delete(name)
        raise


@transaction.atomic
def detach(*, proposal_id: UUID, actor: Person, sha256: str) -> bool:
    """Remove a photo; False where it was not there. The files go once the removal is committed."""
    writer = rows.signed_in(actor)
    proposal = rows.locked(proposal_id)
    policy.may_edit(writer, proposal).or_refuse()
    # compared here: what stands in an address may be no text that a database takes
    attachment = next((held for held in Attachment.objects.filter(proposal=proposal) if held.sha256 == sha256.lower()), None)
    if attachment is None:
        return False
    for file in (attachment.file, attachment.thumbnail):
        if file:
            transaction.on_commit(partial(default_storage.delete, str(file.name)))
    attachment.delete()
    _changed(proposal, writer, "proposals.photo.remove", sha256)
    return True


def _changed(proposal: Proposal, writer: User, action: str, name: str) -> None:
    Proposal.objects.filter(pk=proposal.pk).update(changed_at=clock.now())
    role = policy.standing_of(writer, proposal).first((*policy.VILLAGE_WRITERS, policy.RESIDENT, policy.AUTHOR))
    audit.record(actor=writer, role=role, action=action, subject=f"proposal:{proposal.pk}", region_code=proposal.village_id, changes={"sha256": name})


__all__ = ["attach", "detach", "photo_position"]
