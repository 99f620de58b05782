"""A paper on A4: from a snapshot to HTML, and from there to PDF. Nothing is read but our own style and letters.

The same snapshot gives the same octets: no date of today, no random identifier, fonts from the packages of the set-up. What a
newer release of a library would set otherwise does not matter, because the octets are kept from the day they are made.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from deliberation.models import Document
from deliberation.records import typeset
from deliberation.records.numerals import written_day
from deliberation.records.short_code import grouped

_HERE = Path(__file__).parent
_FONTS = Path(settings.BASE_DIR) / "node_modules" / "@fontsource-variable" / "plus-jakarta-sans" / "files"
#: All that a paper may load, by name.
ASSETS = {
    "plus-jakarta-sans-latin.woff2": _FONTS / "plus-jakarta-sans-latin-wght-normal.woff2",
    "plus-jakarta-sans-latin-ext.woff2": _FONTS / "plus-jakarta-sans-latin-ext-wght-normal.woff2",
}
#: Tagged for screen readers (ISO 14289).
VARIANT = "pdf/ua-1"
#: Of the wall clock; the process has its own limit of computing.
_SECONDS = typeset.SECONDS_MAX + 60


class NotSetError(Exception):
    """The pages could not be set: too much, or something that the library cannot draw."""


def html_of(document: Document) -> str:
    """The issued paper as HTML, whole; from its snapshot alone."""
    facts = document.snapshot or {}
    return _html(facts, code=grouped(document.code or ""), sha256=document.sha256)


def html_of_draft(facts: dict[str, Any]) -> str:
    """A paper as it would look now, marked as a draft."""
    return _html(facts, code="", sha256="")


def _html(facts: dict[str, Any], *, code: str, sha256: str) -> str:
    address = str(facts.get("check_address", ""))
    context = {
        "facts": facts,
        "body": body_of(facts),
        "code": code,
        "sha256": sha256,
        "address": address,
        "shown_address": _shown(address),
        "issued": facts.get("issued", ""),
        "unverified": ", ".join(_unverified(facts)),
    }
    with translation.override("id"):
        return render_to_string("records/paper.html", context)


def _unverified(facts: dict[str, Any]) -> list[str]:
    """The clauses that rest on local law and that nobody has held against it; the closing sentence rests on none."""
    clauses = [clause for clause in facts.get("clauses", []) if not clause["verified"] and clause["place"] != "penutup"]
    return [clause["heading"] or "dasar pelaksanaan" for clause in clauses]


def body_of(facts: dict[str, Any]) -> str:
    """The template that says this paper."""
    return f"records/{'addendum' if 'corrects' in facts else facts['kind']}.html"


def _shown(address: str) -> str:
    """Without the letters that nobody types."""
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}".rstrip("/")


def pdf_of(html: str) -> tuple[bytes, int]:
    """The pages of a paper and how many they are. A second for a small one, many for hundreds of lines; call it in a worker.

    Raises NotSetError where the process that sets them ended without a paper.
    """
    job = {"html": html, "css": (_HERE / "paper.css").read_text(), "assets": {name: str(path) for name, path in ASSETS.items()}, "variant": VARIANT}
    command = [sys.executable, "-I", str(Path(typeset.__file__).resolve())]
    # no shell, our own program, and hardly an environment: it inherits no secret, and its letters carry no date of today
    environment = {"SOURCE_DATE_EPOCH": "0", "LANG": "C.UTF-8", "HOME": tempfile.gettempdir()}
    try:
        told = subprocess.run(command, input=json.dumps(job).encode(), capture_output=True, timeout=_SECONDS, env=environment, check=True)  # noqa: S603
    except subprocess.SubprocessError as error:
        raise NotSetError from error
    pages, _line, content = told.stdout.partition(b"\n")
    return content, int(pages)


def day_of_issue(moment: Any) -> str:
    """`11 Februari 2027 pukul 13.05`."""
    return f"{written_day(moment.date())} pukul {moment:%H.%M}"
