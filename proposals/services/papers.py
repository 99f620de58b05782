"""What a file is and whether it is kept: decided by its bytes, never by a name or a header. No database here.

Pictures are written anew. A PDF is kept as it came, once a process of its own found nothing in it that acts
(`proposals/papers/pdf_scan.py`); everything else is refused.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore

from django.contrib.gis.geos import Point
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.refusals import Refusal
from proposals.papers import documents, pdf_scan
from proposals.services import camera, images

PDF_TYPE = "application/pdf"
#: PDF readers take the mark anywhere in the first kilobyte; so a page with a PDF behind it is looked at as a PDF, and refused.
_MARK, _MARK_WITHIN = b"%PDF-", 1024
#: Of the wall clock: the process has its own limit of computing.
_SECONDS = pdf_scan.SECONDS_MAX + 10
#: PDFs that are looked into at the same time in a process; the next ones wait so many seconds, each in one of the few threads.
_LOOKING, _PATIENCE = BoundedSemaphore(2), 4

#: What the look into a PDF finds, in words that fit behind "It contains".
FOUND: dict[str, str | Promise] = {
    "script": gettext_lazy("a script (JavaScript)"),
    "launch": gettext_lazy("an order to open another program or file"),
    "automatic": gettext_lazy("something that acts by itself when it is opened"),
    "embedded": gettext_lazy("other files inside it"),
    "form": gettext_lazy("an interactive form (XFA)"),
    "media": gettext_lazy("film, sound or 3D content"),
    "submit": gettext_lazy("a form that sends its content away"),
    "two_files": gettext_lazy("a second file of another kind, such as a web page or an archive"),
}


@dataclass(frozen=True)
class Kept:
    """A file as it is stored: octets, what it is, and what is known of it. Pictures have pixels and a thumbnail, PDFs pages."""

    content: bytes
    content_type: str
    extension: str
    thumbnail: bytes = b""
    width: int = 0
    height: int = 0
    pages: int = 0
    taken_location: Point | None = None
    taken_at: datetime | None = None


def too_large(size: int, kind: str) -> Refusal | None:
    """The refusal (413) for a file of this many octets, or None."""
    limit = documents.most_bytes(kind)
    if size <= limit:
        return None
    sentence = _("This photo is too large: at most %(size)s MB.") if kind in documents.PHOTOS else _("This file is too large: at most %(size)s MB.")
    return Refusal(sentence % {"size": limit // (1024 * 1024)}, code="too_large", status=413)


def read(content: bytes, kind: str) -> Kept:
    """The file as it will be stored. Raises Refusal: 413 too large, 415 not of a sort that is kept, or a PDF that acts."""
    if refusal := too_large(len(content), kind):
        raise refusal
    if kind in documents.PHOTOS:
        return _photo(content, images.LONGEST_SIDE)
    if _MARK in content[:_MARK_WITHIN]:
        return Kept(content, PDF_TYPE, "pdf", pages=_pages_of(content))
    try:
        return _photo(content, images.LONGEST_SIDE_OF_A_PAGE)
    except Refusal as refusal:
        if refusal.status == 413:
            raise
        raise Refusal(_("This is neither a PDF nor a photo. Send a PDF, JPEG, PNG or WebP."), code="not_a_paper", status=415) from None


def _photo(content: bytes, longest: int) -> Kept:
    photo, written = images.rewrite(content, longest), camera.taken(content)
    return Kept(photo.content, photo.content_type, "jpg", photo.thumbnail, photo.width, photo.height, 0, written.location, written.at)


def _pages_of(content: bytes) -> int:
    """The pages of a PDF in which nothing acts."""
    pages, found = look_into(content)
    if "no_pdf" in found:
        raise Refusal(_("This PDF is broken or not whole. Make it again, or send a photo of each page."), code="broken_pdf", status=415)
    if "too_much" in found:
        raise Refusal(_("This PDF is too large or too intricate to be checked. Send it in parts."), code="too_much_pdf", status=413)
    if "encrypted" in found:
        raise Refusal(_("This PDF is locked with a password. Save it without one, then send it again."), code="locked_pdf", status=415)
    if found:
        parts = [FOUND.get(code, code) for code in found]
        sentence = _("This PDF is not taken. It contains: %(parts)s. Print it as a plain PDF, or send a photo of each page.")
        raise Refusal(sentence % {"parts": format_lazy("{}" + ", {}" * (len(parts) - 1), *parts)}, code="active_pdf", status=415)
    return pages


def look_into(content: bytes) -> tuple[int, list[str]]:
    """`(pages, keys of what was found)`, asked of a process that knows nothing of this one and ends by itself.

    Raises Refusal (503) where too many are looked into already.
    """
    command = [sys.executable, "-I", str(Path(pdf_scan.__file__).resolve())]
    if not _LOOKING.acquire(timeout=_PATIENCE):
        raise Refusal(_("Many files are being checked right now. Send it again in a moment."), code="busy", status=503, retry_after=_PATIENCE * 5)
    try:
        # no shell, our own program, and an empty environment: the reader inherits no secret
        told = subprocess.run(command, input=content, capture_output=True, timeout=_SECONDS, env={}, check=True)  # noqa: S603
        answer = json.loads(told.stdout)
    except (subprocess.SubprocessError, ValueError):
        return 0, ["too_much"]
    finally:
        _LOOKING.release()
    return int(answer["pages"]), list(answer["found"])
