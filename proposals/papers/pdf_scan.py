"""Looks into a PDF, in a process of its own: `python pdf_scan.py < file.pdf` prints what was found as JSON.

The file comes from anybody, so whoever reads it here knows no database and no secret, and ends by itself: its memory and
its seconds are bounded by the kernel. Nothing of the file is drawn or run. Answers `{"pages": 3, "found": ["script"]}`;
`found` holds keys of `proposals.services.papers.FOUND`. Without Django, and without anything of this project.
"""

import json
import logging
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject, StreamObject

MEMORY_MAX = 1024 * 1024 * 1024
SECONDS_MAX = 15
OBJECTS_MAX = 60_000
PAGES_MAX = 400
#: Direct objects inside one another; deeper ones are made to exhaust a reader.
_DEPTH_MAX = 60

#: Actions by their /S: those that stay inside the document (GoTo, Named, URI, Thread, Hide) are no key here.
_ACTIONS = {
    "/JavaScript": "script",
    "/Launch": "launch",
    "/GoToR": "launch",
    "/GoToE": "launch",
    "/ImportData": "submit",
    "/SubmitForm": "submit",
    "/Rendition": "media",
    "/RichMediaExecute": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/GoTo3DView": "media",
}
_KEYS = {
    "/JS": "script",
    "/JavaScript": "script",
    "/XFA": "form",
    "/EmbeddedFiles": "embedded",
    "/Collection": "embedded",
    "/RichMediaContent": "media",
    "/RichMediaSettings": "media",
}
#: By /Type or /Subtype.
_KINDS = {
    "/EmbeddedFile": "embedded",
    "/FileAttachment": "embedded",
    "/RichMedia": "media",
    "/Screen": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/3D": "media",
}
#: Names so long that they stand nowhere by chance: looked for in the raw bytes too, where another reader might find
#: objects that the list of objects hides.
_RAW_NAMES = {
    b"/JavaScript": "script",
    b"/Launch": "launch",
    b"/EmbeddedFile": "embedded",
    b"/RichMedia": "media",
    b"/SubmitForm": "submit",
}
_RAW_PAGES = re.compile(rb"<script|<html|<!doctype\s+html|<\?php", re.IGNORECASE)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_HEAD = re.compile(rb"%PDF-[12]\.\d")
_BLANK = b"\r\n\t \x00"
_FILE_NAMES = ("/F", "/UF", "/DOS", "/Mac", "/Unix")


def scan(content: bytes) -> dict[str, Any]:
    """What is inside: `pages`, and `found`, the sorted keys of what is not taken. Raises what pypdf raises on broken files."""
    found = outside(content)
    if found:
        return {"pages": 0, "found": sorted(found)}
    pages, inside = _inside(content)
    return {"pages": pages, "found": sorted(found | inside)}


def outside(content: bytes) -> set[str]:
    """What the raw bytes tell: no PDF from its first octet to its last, or something else at the same time."""
    if not _HEAD.match(content):
        return {"no_pdf"}
    found = _named_in(content)
    end = content.rfind(b"%%EOF")
    if end < 0:
        found.add("no_pdf")
    elif content[end + 5 :].strip(_BLANK):
        found.add("two_files")
    if _RAW_PAGES.search(content) or zipfile.is_zipfile(BytesIO(content)):
        found.add("two_files")
    return found


def _named_in(content: bytes) -> set[str]:
    plain = _ESCAPED.sub(_unescaped, content)
    return {code for name, code in _RAW_NAMES.items() if name in plain}


def _unescaped(escape: re.Match[bytes]) -> bytes:
    return bytes([int(escape[1], 16)])


def _inside(content: bytes) -> tuple[int, set[str]]:
    reader = PdfReader(BytesIO(content), strict=False)
    if reader.is_encrypted or "/Encrypt" in reader.trailer:
        return 0, {"encrypted"}
    keys = {(number, generation) for generation, places in reader.xref.items() for number in places}
    keys |= {(number, 0) for number in reader.xref_objStm}
    if len(keys) > OBJECTS_MAX:
        return 0, {"too_much"}
    pages, found = 0, set(_in_dictionary(reader.trailer))
    for number, generation in sorted(keys):
        thing = reader.get_object(IndirectObject(number, generation, reader))
        for dictionary in _dictionaries(thing):
            found.update(_in_dictionary(dictionary))
        if isinstance(thing, StreamObject) and thing.get("/Type") == "/ObjStm":
            # readers that mend a broken list of objects find here what no list names
            found |= _named_in(thing.get_data())
        if isinstance(thing, DictionaryObject):
            pages += thing.get("/Type") == "/Page"
    if pages > PAGES_MAX:
        found.add("too_much")
    return pages, found if pages else {*found, "no_pdf"}


def _dictionaries(thing: Any, depth: int = 0) -> Iterator[Any]:
    """The object's own dictionaries, not those it only refers to: each of these is an object of its own."""
    if depth > _DEPTH_MAX:
        raise RecursionError
    if isinstance(thing, dict):
        yield thing
        for inner in thing.values():
            yield from _dictionaries(inner, depth + 1)
    elif isinstance(thing, list):
        for inner in thing:
            yield from _dictionaries(inner, depth + 1)


def _in_dictionary(given: Any) -> Iterator[str]:
    yield from (code for key, code in _KEYS.items() if key in given)
    for key in ("/Type", "/Subtype"):
        yield from _known(_KINDS, given.get(key))
    yield from _known(_ACTIONS, given.get("/S"))
    if "/OpenAction" in given and _acts(given["/OpenAction"]):
        yield "automatic"
    if _triggers(given.get("/AA")):
        yield "automatic"
    files = _resolved(given.get("/EF"))
    if isinstance(files, dict) and any(name in files for name in _FILE_NAMES):
        yield "embedded"


def _known(codes: dict[str, str], name: Any) -> Iterator[str]:
    name = _resolved(name)
    if isinstance(name, str) and name in codes:
        yield codes[name]


def _acts(action: Any) -> bool:
    """Whether what happens on opening is more than going to a page."""
    action = _resolved(action)
    return isinstance(action, dict) and _resolved(action.get("/S")) != "/GoTo"


def _triggers(given: Any) -> bool:
    """Additional actions: a dictionary whose entries are actions. A font may be called /AA as well."""
    given = _resolved(given)
    return isinstance(given, dict) and any(isinstance(action := _resolved(one), dict) and "/S" in action for one in given.values())


def _resolved(thing: Any) -> Any:
    """Behind a reference, whether or not the library has gone there by itself."""
    return thing.get_object() if hasattr(thing, "get_object") else thing


def _bounded() -> None:
    """From here on the kernel ends this process when it takes too much."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_MAX, SECONDS_MAX))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Read the file from standard input and print the answer; a broken file is `no_pdf`, one too large for us `too_much`."""
    _bounded()
    logging.disable(logging.CRITICAL)  # the reader tells every oddity of a file; we only want its objects
    try:
        answer = scan(sys.stdin.buffer.read())
    except (MemoryError, RecursionError):
        answer = {"pages": 0, "found": ["too_much"]}
    except Exception:  # noqa: BLE001 - whatever a broken file made the reader raise, it is no PDF for us
        answer = {"pages": 0, "found": ["no_pdf"]}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
