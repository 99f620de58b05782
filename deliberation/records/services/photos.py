"""Photos of a meeting: a paper that many stages ask for, and no form."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, text
from accounts.models import User
from accounts.refusals import Conflict, Missing
from accounts.scope import Person
from deliberation.masking import masked
from deliberation.meetings.rows import loaded_meeting, locked_meeting
from deliberation.models import DocumentFile, Meeting
from deliberation.policy import signed_in
from deliberation.records import files, policy
from proposals import live
from proposals.services import kept_files

PHOTOS_MOST = 20
_CAPTION_LONGEST = 160


def add_photo(*, meeting_id: UUID, actor: Person, content: bytes, caption: str = "", is_closed: bool = False) -> tuple[DocumentFile, bool]:
    """Add a photo: `(photo, whether it is new)`; the same bytes again are the same photo.

    Raises Refusal (401, 403, 404; 413, 415), Invalid and Conflict (409: not opened yet, cancelled, full).
    """
    writer = signed_in(actor)
    policy.may_add_photos(writer, loaded_meeting(meeting_id)).or_refuse()
    words = masked(text.clean(caption, field="caption", max_length=_CAPTION_LONGEST))
    sha256, kept = files.looked_into(content, DocumentFile.Kind.PHOTO)
    with kept_files.or_nothing() as written, transaction.atomic():
        meeting = locked_meeting(meeting_id)
        allowed = policy.may_add_photos(writer, meeting).or_refuse()
        held = list(DocumentFile.objects.filter(meeting=meeting, kind=DocumentFile.Kind.PHOTO))
        if (known := next((photo for photo in held if photo.sha256 == sha256), None)) is not None:
            return known, False
        if len(held) >= PHOTOS_MOST:
            raise Conflict(_("At most %(count)s photos: remove one first.") % {"count": PHOTOS_MOST}, code="full")
        photo = files.row_of(meeting, DocumentFile.Kind.PHOTO, sha256, kept, writer)
        photo.caption, photo.is_closed = words, is_closed
        files.write(photo, kept, written)
        photo.save(force_insert=True)
        _record("add_photo", meeting, photo, writer, allowed.role)
        live.announce(meeting.pk, "documents", {"photos": len(held) + 1})
    return photo, True


@transaction.atomic
def close_photo(*, meeting_id: UUID, actor: Person, sha256: str, is_closed: bool) -> DocumentFile:
    """Keep a photo from the public, or show it again. Raises Refusal (401, 403, 404)."""
    meeting, writer, photo = _mine(meeting_id, actor, sha256)
    if photo.is_closed != is_closed:
        photo.is_closed = is_closed
        photo.save(update_fields=["is_closed"])
        _record("close_photo" if is_closed else "open_photo", meeting, photo, writer, policy.may_add_photos(writer, meeting).or_refuse().role)
    return photo


@transaction.atomic
def remove_photo(*, meeting_id: UUID, actor: Person, sha256: str) -> None:
    """Take a photo away; the file goes once that is committed. Raises Refusal (401, 403, 404)."""
    meeting, writer, photo = _mine(meeting_id, actor, sha256)
    kept_files.drop(photo)
    DocumentFile.objects.filter(pk=photo.pk).delete()
    _record("remove_photo", meeting, photo, writer, policy.may_add_photos(writer, meeting).or_refuse().role)


def _mine(meeting_id: UUID, actor: Person, sha256: str) -> tuple[Meeting, User, DocumentFile]:
    meeting = locked_meeting(meeting_id)
    writer = signed_in(actor)
    policy.may_add_photos(writer, meeting).or_refuse()
    held = DocumentFile.objects.filter(meeting=meeting, kind=DocumentFile.Kind.PHOTO)
    photo = next((one for one in held if one.sha256 == sha256.lower()), None)
    if photo is None:
        raise Missing
    return meeting, writer, photo


def _record(verb: str, meeting: Meeting, photo: DocumentFile, writer: User, role: str) -> None:
    audit.record(
        actor=writer,
        role=role,
        action=f"deliberation.document.{verb}",
        subject=f"meeting:{meeting.pk}",
        region_code=meeting.region_id,
        changes={"sha256": photo.sha256, "is_closed": photo.is_closed},
    )
