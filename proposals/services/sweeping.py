"""Files that belong to nobody: left by a process that died between file and row, or half sent and never finished."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from proposals.models import Attachment, Upload
from proposals.services import part_files

_AT_ONCE = 500
#: What attachments are stored below; nothing else is looked at.
_KEPT = "proposals"


@dataclass
class Swept:
    """What was found, by its path below MEDIA_ROOT, with its octets together."""

    orphans: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    octets: int = 0


def sweep(*, before: datetime, delete: bool) -> Swept:
    """Files last touched before a moment that no row names, and uploads that nobody went on with since.

    Younger ones are left: their row may be on its way. With `delete` they are gone afterwards.
    """
    swept = Swept()
    for path in _orphans(before):
        swept.orphans.append(_below(path))
        swept.octets += _taken(path, delete=delete)
    for path in _stale_parts(before, delete=delete):
        swept.parts.append(_below(path))
        swept.octets += _taken(path, delete=delete)
    return swept


def _orphans(before: datetime) -> Iterator[Path]:
    files = _old_files(_KEPT, before)
    while paths := list(islice(files, _AT_ONCE)):
        names = [_below(path) for path in paths]
        rows = Attachment.objects.filter(Q(file__in=names) | Q(thumbnail__in=names)).values_list("file", "thumbnail")
        known = {name for row in rows for name in row}
        yield from (path for path, name in zip(paths, names, strict=True) if name not in known)


def _stale_parts(before: datetime, *, delete: bool) -> Iterator[Path]:
    stale = Upload.objects.filter(changed_at__lt=before)
    if delete:
        stale.delete()
        awaited = Upload.objects.all()
    else:
        awaited = Upload.objects.exclude(pk__in=stale)
    going_on = {part_files.path_of(proposal_id, sha256) for proposal_id, sha256 in awaited.values_list("proposal_id", "sha256")}
    yield from (path for path in _old_files(part_files.FOLDER, before) if path not in going_on)


def _old_files(folder: str, before: datetime) -> Iterator[Path]:
    for place, _folders, names in os.walk(Path(settings.MEDIA_ROOT) / folder):
        for name in sorted(names):
            path = Path(place) / name
            if path.stat().st_mtime < before.timestamp():
                yield path


def _below(path: Path) -> str:
    return path.relative_to(settings.MEDIA_ROOT).as_posix()


def _taken(path: Path, *, delete: bool) -> int:
    size = path.stat().st_size
    if delete:
        path.unlink(missing_ok=True)
    return size
