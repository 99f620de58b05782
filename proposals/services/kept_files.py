"""Files beside their rows: written together, gone together."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Protocol

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from proposals.services.papers import Kept


class WithFiles(Protocol):
    """A row with a file and, for what can be looked at, a thumbnail."""

    file: Any
    thumbnail: Any


def write(row: WithFiles, stem: str, kept: Kept, written: list[str]) -> None:
    """Store the octets and the thumbnail under names that begin with `stem`; their names go into `written`. The row is not saved."""
    row.file.save(f"{stem}.{kept.extension}", ContentFile(kept.content), save=False)
    written.append(str(row.file.name))
    if kept.thumbnail:
        row.thumbnail.save(f"{stem}-k.jpg", ContentFile(kept.thumbnail), save=False)
        written.append(str(row.thumbnail.name))


def drop(row: WithFiles) -> None:
    """Delete both files once what takes the row away is committed. The row is not touched."""
    for file in (row.file, row.thumbnail):
        if file:
            transaction.on_commit(partial(default_storage.delete, str(file.name)))


@contextmanager
def or_nothing() -> Iterator[list[str]]:
    """Names put into the list are deleted again when the block fails, so that no file is left without its row."""
    written: list[str] = []
    try:
        yield written
    except BaseException:
        for name in written:
            default_storage.delete(name)
        raise
