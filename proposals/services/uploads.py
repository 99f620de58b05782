"""Files that come in parts over a bad line. The row says how much of the part file counts; both are there after a restart.

A part that overlaps what is there already is taken for the rest of it: the SHA-256 decides at the end whether the whole
is right. So a part may be sent twice, and two senders of the same file help each other. Only a gap is refused.
"""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import User
from accounts.refusals import Conflict, Invalid, Refusal
from accounts.scope import Person
from proposals.models import Attachment, Upload
from proposals.papers import policy as file_policy
from proposals.services import attachments, papers, rows
from proposals.services.part_files import forget, lay, path_of

_BUSY = 503


@dataclass(frozen=True)
class Progress:
    """How many octets of a file are here. `size` is 0 where nothing was sent yet; with `attachment` it is whole and kept."""

    received: int = 0
    size: int = 0
    attachment: Attachment | None = None
    is_new: bool = False


@dataclass(frozen=True)
class Part:
    """Octets of a file of `size` octets, the first of them at place `first`."""

    first: int
    size: int
    content: bytes


class Gap(Conflict):
    """The part does not follow what is here (409); `received` says where to go on."""

    def __init__(self, received: int) -> None:
        super().__init__(_("A part is missing before this one. Go on at byte %(received)d.") % {"received": received}, code="gap")
        self.received = received


def progress(*, proposal_id: UUID, actor: Person, sha256: str, kind: str = Attachment.Kind.PHOTO) -> Progress:
    """How much of a file is here, for who may send it. Raises Refusal (401, 403, 404), Invalid and Conflict."""
    writer = rows.signed_in(actor)
    name = attachments.checked_sha256(sha256)
    proposal = rows.loaded(proposal_id)
    kept = Attachment.objects.filter(proposal=proposal, sha256=name).first()
    attachments.check_kind(kind)
    file_policy.may_attach(writer, proposal, kept.kind if kept else kind).or_refuse()
    if kept is not None:
        return Progress(kept.size, kept.size, kept)
    coming = Upload.objects.filter(proposal=proposal, sha256=name).first()
    return Progress(coming.received, coming.size) if coming else Progress()


def append(
    *, proposal_id: UUID, actor: Person, sha256: str, part: Part, kind: str = Attachment.Kind.PHOTO, caption: str = "", is_closed: bool = False
) -> Progress:
    """Take a part of a file; the last one makes the attachment.

    Raises Refusal (401, 403, 404; 413 and 415 as `attach`), Invalid (hash, kind, range), Gap (409: where to go on) and
    Conflict (409: another size was announced, too much on its way, full, nothing can be added now).
    """
    writer = rows.signed_in(actor)
    attachments.check_kind(kind)
    name = attachments.checked_sha256(sha256)
    if refusal := papers.too_large(part.size, kind):
        raise refusal
    if part.size < 1 or part.first < 0 or part.first + len(part.content) > part.size:
        raise Invalid({"range": [_("The part reaches beyond the file. Send Content-Range: bytes first-last/size.")]})
    if (known := attachments.room_for(proposal_id, writer, name, kind, lock=False)) is not None:
        forget(proposal_id, name)  # begun once more while another sender was finishing it
        return Progress(part.size, part.size, known)
    received = _write(proposal_id, writer, name, part)
    if received < part.size:
        return Progress(received, part.size)
    kept, is_new = _finish(proposal_id, writer, name, kind, caption, is_closed=is_closed)
    return Progress(part.size, part.size, kept, is_new)


@transaction.atomic
def _write(proposal_id: UUID, writer: User, name: str, part: Part) -> int:
    """Lay the part behind what counts already, under the row's lock; the octets that count now."""
    upload = _locked(proposal_id, writer, name, part.size)
    if upload.size != part.size:
        raise Conflict(_("This file was announced with another size. Send it anew."), code="another_size")
    if part.first > upload.received:
        raise Gap(upload.received)
    fresh = part.content[upload.received - part.first :]
    if fresh:
        lay(path_of(proposal_id, name), upload.received, fresh)
        upload.received += len(fresh)
        upload.changed_at = clock.now()
        upload.save(update_fields=["received", "changed_at"])
    return upload.received


def _locked(proposal_id: UUID, writer: User, name: str, size: int) -> Upload:
    """The upload under lock; begun where there is none and the person has room for one more."""
    found = Upload.objects.select_for_update().filter(proposal_id=proposal_id, sha256=name).first()
    if found is not None:
        return found
    # who begins two at once waits here, so that both are counted
    User.objects.select_for_update(no_key=True).get(pk=writer.pk)
    held = Upload.objects.filter(started_by=writer).aggregate(files=Count("pk"), octets=Sum("size"))
    if held["files"] >= settings.UPLOADS_PER_PERSON or (held["octets"] or 0) + size > settings.UPLOAD_BYTES_PER_PERSON:
        raise Conflict(
            _("Too many of your files are half sent. Finish one of them first; after two days they are forgotten."), code="too_many_uploads"
        )
    now = clock.now()
    Upload.objects.bulk_create(
        [Upload(proposal_id=proposal_id, sha256=name, size=size, started_by=writer, started_at=now, changed_at=now)], ignore_conflicts=True
    )
    return Upload.objects.select_for_update().get(proposal_id=proposal_id, sha256=name)


def _finish(proposal_id: UUID, writer: User, name: str, kind: str, caption: str, *, is_closed: bool) -> tuple[Attachment, bool]:
    """Make the attachment of the whole file. What is refused is thrown away: sent again it would be refused again.

    Not where nobody had time to look at it (503): `bytes */size` asks again for the end.
    """
    is_done = True
    try:
        content = path_of(proposal_id, name).read_bytes()
    except FileNotFoundError:
        content = b""  # another sender has finished it, or the disk was lost: the hash tells
    try:
        return attachments.attach(
            proposal_id=proposal_id, actor=writer, content=content, sha256=name, kind=kind, caption=caption, is_closed=is_closed
        )
    except Refusal as refusal:
        is_done = refusal.status != _BUSY
        kept = Attachment.objects.filter(proposal_id=proposal_id, sha256=name).first()
        if kept is None:
            raise
        return kept, False
    finally:
        if is_done:
            forget(proposal_id, name)


__all__ = ["Gap", "Part", "Progress", "append", "progress"]
