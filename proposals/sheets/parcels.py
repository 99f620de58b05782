"""What somebody sends when they import: a sheet alone, or a ZIP with one sheet and the photos that its rows name.

Nothing is unpacked before its announced size was looked at, and nothing is read beyond that size.
"""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from django.conf import settings
from django.utils.translation import gettext as _

from proposals.sheets import FILE_MOST
from proposals.sheets.files import Unreadable

FILES_MOST = 2_000
UNPACKED_MOST = 500 * 1024 * 1024
#: Photos hardly shrink; what shrinks more than this is none.
_SHRINKS_MOST = 100
_SMALL = 1024 * 1024
_SHEETS = (".csv", ".xlsx", ".xlsm", ".tsv", ".txt")
_PHOTOS = (".jpg", ".jpeg", ".png", ".webp")
#: What systems put beside the files that people chose.
_LITTER = ("__macosx", "thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Parcel:
    """The sheet's bytes and name, and the photos by their names in lower case; each photo is read when it is asked for."""

    sheet: bytes
    name: str
    _archive: zipfile.ZipFile | None = None
    _entries: dict[str, zipfile.ZipInfo] = field(default_factory=dict)

    @property
    def photos(self) -> frozenset[str]:
        """The names of the photos that came along, in lower case."""
        return frozenset(self._entries)

    def photo(self, name: str) -> bytes:
        """The bytes of a photo; raises `Unreadable` where they are not what the archive announced."""
        entry = self._entries[name.casefold()]
        return _read(self._archive, entry) if self._archive else b""


def pack(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Several files that were sent beside each other, as one ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(PurePosixPath(name.replace("\\", "/")).name or "berkas", content)
    return out.getvalue()


def opened(content: bytes, name: str) -> Parcel:
    """The parcel in these bytes. Raises `Unreadable` with a sentence."""
    if not content.startswith(b"PK"):
        return Parcel(content, name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return Parcel(content, name)  # perhaps a damaged workbook: its own reader says so
    if any(entry.filename.startswith("xl/") or entry.filename == "mimetype" for entry in entries):
        return Parcel(content, name)
    return _sorted(archive, entries)


def _sorted(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Parcel:
    _refuse_flood(entries)
    sheets, photos = list[zipfile.ZipInfo](), dict[str, zipfile.ZipInfo]()
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        key = path.name.casefold()
        if any(part.casefold() in _LITTER for part in path.parts) or key.startswith("."):
            continue
        if path.suffix.casefold() in _SHEETS:
            sheets.append(entry)
        elif path.suffix.casefold() in _PHOTOS:
            if key in photos:
                raise Unreadable(_("Two photos in the ZIP are called %(name)s. Give each its own name.") % {"name": path.name})
            photos[key] = entry
        else:
            raise Unreadable(_("The ZIP holds %(name)s, which is neither a sheet nor a photo.") % {"name": path.name})
    if len(sheets) != 1:
        raise Unreadable(_("The ZIP must hold exactly one sheet, XLSX or CSV; this one holds %(count)d.") % {"count": len(sheets)})
    return Parcel(_read(archive, sheets[0]), PurePosixPath(sheets[0].filename).name, archive, photos)


def _refuse_flood(entries: list[zipfile.ZipInfo]) -> None:
    hollow = any(entry.file_size > _SMALL and entry.file_size > _SHRINKS_MOST * max(1, entry.compress_size) for entry in entries)
    if hollow or len(entries) > FILES_MOST or sum(entry.file_size for entry in entries) > UNPACKED_MOST:
        raise Unreadable(_("This ZIP unpacks to far more than its size, or holds too many files. Split it."))
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(_("This ZIP is locked with a password. Make it again without one."))


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """No more than was announced, and no more than such a file may have."""
    most = max(FILE_MOST, settings.PHOTO_MAX_BYTES)
    if entry.file_size > most:
        raise Unreadable(_("%(name)s in the ZIP is too large.") % {"name": PurePosixPath(entry.filename).name})
    try:
        with archive.open(entry) as part:
            content = part.read(most + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise Unreadable(_("%(name)s in the ZIP is damaged.") % {"name": PurePosixPath(entry.filename).name}) from None
    if len(content) > entry.file_size:
        raise Unreadable(_("%(name)s in the ZIP is damaged.") % {"name": PurePosixPath(entry.filename).name})
    return content
