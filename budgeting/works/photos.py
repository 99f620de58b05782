"""Photos of a work in its course: decoded, made small and written anew; of the camera's words only place and time are kept."""

from typing import Any
from uuid import UUID

from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock, text
from accounts.models import User
from accounts.refusals import Allowed, Conflict, Denied, Invalid, Missing
from accounts.scope import Person
from budgeting.models import FundedWork, Progress, WorkPhoto
from budgeting.words import PhotoMoment
from budgeting.works import policy, rows
from deliberation.masking import masked
from proposals.models import Attachment
from proposals.services import attachments, kept_files, papers
from proposals.services.rows import signed_in
from proposals.similar import nearness

#: Of one work; a report brings a few.
MOST = 60
_CAPTION_LONGEST = 160


def add_photo(
    *, work_id: UUID, actor: Person, content: bytes, moment: str, sha256: str = "", caption: str = "", progress_id: UUID | None = None
) -> tuple[WorkPhoto, bool]:
    """Add a photo, `(photo, whether it is new)`. The same bytes again are the same photo.

    Raises Refusal (401, 403, 404; 413 too large; 415 no picture), Invalid (hash, moment, report) and Conflict (409: full).
    """
    adder = signed_in(actor)
    work = rows.loaded(work_id)
    policy.may_report(adder, work).or_refuse()
    if not isinstance(moment, str) or moment not in PhotoMoment.values:
        raise Invalid({"moment": [_("Say when it was taken: before, during or after the work.")]})
    name = attachments.checked_name(content, sha256)
    words = masked(text.clean(caption, field="caption", max_length=_CAPTION_LONGEST))
    # looking inside is slow: it happens after the right was asked and before the row is locked
    kept = papers.read(content, Attachment.Kind.PHOTO)
    with kept_files.or_nothing() as written, transaction.atomic():
        work = rows.locked(work_id)
        allowed = policy.may_report(adder, work).or_refuse()
        if (known := _room_for(work, name)) is not None:
            return known, False
        photo = WorkPhoto(work=work, progress=_report(work, progress_id), moment=moment, sha256=name, caption=words)
        photo.width, photo.height, photo.taken_location, photo.taken_at = kept.width, kept.height, kept.taken_location, kept.taken_at
        photo.distance_m = metres_between(kept.taken_location, work.location)
        photo.added_by, photo.added_at = adder, clock.now()
        kept_files.write(photo, f"{work.pk.hex}-{name[:16]}", kept, written)
        photo.save(force_insert=True)
        _changed(photo, adder, allowed, "photo.add")
    return photo, True


@transaction.atomic
def remove_photo(*, work_id: UUID, actor: Person, sha256: str) -> bool:
    """Take a photo away that one added oneself, or as the planner; False where it was not there. The journal keeps that it was."""
    remover = signed_in(actor)
    work = rows.locked(work_id)
    allowed = policy.may_report(remover, work).or_refuse()
    photo = next((one for one in work.photos.all() if one.sha256 == sha256.lower()), None)
    if photo is None:
        return False
    if photo.added_by_id != remover.pk and allowed.role != "planner":
        Denied(_("A photo is taken away by who added it, or by the planner."), code="not_yours").or_refuse()
    kept_files.drop(photo)
    WorkPhoto.objects.filter(pk=photo.pk).delete()
    _changed(photo, remover, allowed, "photo.remove")
    return True


def metres_between(one: Point | None, other: Point | None) -> int | None:
    """How far two places lie apart on the globe, in whole metres; None where one is not known."""
    if one is None or other is None:
        return None
    return nearness.metres_between((one.x, one.y), (other.x, other.y))


def _room_for(work: FundedWork, name: str) -> WorkPhoto | None:
    held = list(work.photos.all())
    known = next((photo for photo in held if photo.sha256 == name), None)
    if known is None and len(held) >= MOST:
        raise Conflict(_("At most %(count)s photos: remove one first.") % {"count": MOST}, code="full")
    return known


def _report(work: FundedWork, progress_id: UUID | None) -> Progress | None:
    if progress_id is None:
        return None
    found = work.progress.filter(pk=progress_id).first()
    if found is None:
        raise Missing(_("There is no such report about this work."))
    return found


def _changed(photo: WorkPhoto, actor: User, allowed: Allowed, verb: str) -> None:
    changes: dict[str, Any] = {"sha256": photo.sha256, "moment": photo.moment, "distance_m": photo.distance_m}
    FundedWork.objects.filter(pk=photo.work_id).update(changed_at=clock.now())
    rows.record(photo.work, actor, allowed, verb, changes)
