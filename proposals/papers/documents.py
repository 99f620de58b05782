"""The kinds of files: which are pictures only, which are closed to the public, how large and how many they may be."""

from django.conf import settings

from proposals.models.attachment import Attachment

Kind = Attachment.Kind
#: Taken on the place: pictures only.
PHOTOS = frozenset({Kind.PHOTO.value, Kind.PHOTO_DURING.value, Kind.PHOTO_AFTER.value})
#: Taken while it is built, so they come when the money has been given.
WORK_PHOTOS = frozenset({Kind.PHOTO_DURING.value, Kind.PHOTO_AFTER.value})
#: They carry names, addresses, signatures and prices under negotiation: never open to everybody (docs/decisions/0105).
CLOSED = frozenset({Kind.COVER_LETTER.value, Kind.COST_PLAN.value, Kind.LAND_EVIDENCE.value, Kind.OTHER.value})
PAPERS = frozenset(Kind.values) - PHOTOS


def most_bytes(kind: str) -> int:
    """How many octets one file of this kind may have; of a kind nobody knows, as many as the largest."""
    limits = {**dict.fromkeys(PHOTOS, settings.PHOTO_MAX_BYTES), Kind.DESIGN.value: settings.DESIGN_MAX_BYTES}
    return int(limits.get(kind, settings.PAPER_MAX_BYTES)) if kind in Kind.values else largest()


def largest() -> int:
    """The limit of the kind that may be largest."""
    return max(settings.PHOTO_MAX_BYTES, settings.PAPER_MAX_BYTES, settings.DESIGN_MAX_BYTES)


def most_files(kind: str) -> int:
    """How many files of this kind a proposal may have."""
    return int(settings.PHOTOS_PER_PROPOSAL if kind in PHOTOS else settings.PAPERS_PER_KIND)


def is_open(attachment: Attachment) -> bool:
    """Whether everybody may open this file once the proposal itself is public."""
    return attachment.kind not in CLOSED and not attachment.is_closed
