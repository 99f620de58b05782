"""The files that parts of an upload are put together in, until the whole is here. Nothing here is ever served."""

import os
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from proposals.models import Upload

#: Below MEDIA_ROOT.
FOLDER = "uploads"


def path_of(proposal_id: UUID, sha256: str) -> Path:
    """Where the parts of a file are put together."""
    return Path(settings.MEDIA_ROOT) / FOLDER / f"{proposal_id.hex}-{sha256}.part"


def lay(path: Path, at: int, content: bytes) -> None:
    """Write at this octet and cut off what a process that died left behind it; on the disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        file.seek(at)
        file.write(content)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())


@transaction.atomic
def forget(proposal_id: UUID, sha256: str) -> None:
    """Throw away the parts of a file; the disk follows the commit."""
    gone, _by_model = Upload.objects.filter(proposal_id=proposal_id, sha256=sha256).delete()
    if gone:
        transaction.on_commit(partial(path_of(proposal_id, sha256).unlink, missing_ok=True))
