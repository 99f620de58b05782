"""The features of a GeoJSON text, one at a time: a collection, a single feature, or one feature a line. gzip is unpacked.

Only the text and one feature are held at once: parsing a file of 100 MB whole would take ten times its size.
"""

import gzip
import json
import re
import zlib
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, NoReturn

#: Blanks, commas, and the record separator of RFC 8142.
_BLANK = re.compile(r"[\s,\x1e]*")
_PACKED_MOST = 1 << 30
#: WGS 84 itself, and Indonesia's own datums that lie within a metre of it: DGN95 and SRGI2013.
_SAME_AS_WGS84 = re.compile(r"(?:CRS84H?|(?:EPSG|OGC)\D*(?:[\d.]+\D+)?(?:4326|4979|4755|9470|9469))$", re.IGNORECASE)


class BadFile(Exception):  # noqa: N818 - names what is bad, like a refusal
    """The file cannot be loaded; the message names the feature and says why."""


def _no_number(text: str) -> NoReturn:
    raise BadFile(f"{text} is no coordinate.")


_DECODER = json.JSONDecoder(parse_constant=_no_number)


def text_of(path: Path) -> str:
    """The file's text. Raises BadFile."""
    try:
        content = path.read_bytes()
        if content.startswith(b"\x1f\x8b"):
            with gzip.open(path) as packed:
                content = packed.read(_PACKED_MOST + 1)
            if len(content) > _PACKED_MOST:
                raise BadFile("It unpacks to more than 1 GB.")
        if content.startswith(b"PK\x03\x04"):
            raise BadFile("It is a ZIP archive. Unpack it, and convert a shapefile to GeoJSON in WGS 84 first.")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        raise BadFile("Not JSON: the file is not UTF-8 text.") from bad
    except (EOFError, zlib.error, gzip.BadGzipFile) as bad:
        raise BadFile("Its gzip packing is damaged.") from bad
    except OSError as bad:
        raise BadFile(f"It cannot be read: {bad.strerror}.") from bad


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _decode(text: str, at: int, what: str) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as bad:
        raise BadFile(f"Not JSON: {bad.msg} at line {bad.lineno}, {what}.") from bad
    except RecursionError as bad:
        raise BadFile(f"Not GeoJSON: {what} is nested too deeply.") from bad
    except ValueError as bad:  # a number of more digits than Python converts
        raise BadFile(f"Not GeoJSON: a number {what} is too long.") from bad


def features_of(text: str) -> Iterator[Any]:
    """Each feature as parsed JSON, in the file's order. Raises BadFile, also after the last one."""
    at = _skip(text, 0)
    if text[at : at + 1] != "{":
        raise BadFile("Not GeoJSON: an object with features is needed." if text.strip() else "The file is empty.")
    if re.match(r'\{\s*"type"\s*:\s*"Feature"', text[at : at + 200]):
        yield from _one_by_one(text, at)
        return
    at, found = _skip(text, at + 1), False
    while at < len(text) and text[at] != "}":
        key, at = _decode(text, at, "at a member's name")
        at = _skip(text, text.find(":", at) + 1)
        if key == "features" and text[at : at + 1] == "[":
            found = True
            at = yield from _elements(text, at)
        else:
            value, at = _decode(text, at, f"in the member {key!r}")
            if key == "crs":
                check_crs(value)
        at = _skip(text, at)
    if not found:
        raise BadFile("Not a FeatureCollection: it has no features.")
    if at >= len(text):
        raise BadFile("Not JSON: the file ends before its last bracket.")


def _elements(text: str, at: int) -> Generator[Any, None, int]:
    """The elements of the array that begins at `at`, one by one; returns where it ends."""
    at, number = _skip(text, at + 1), 0
    while at < len(text) and text[at] != "]":
        number += 1
        element, at = _decode(text, at, f"in feature {number}")
        yield element
        at = _skip(text, at)
    if at >= len(text):
        raise BadFile(f"Not JSON: the file ends after feature {number}.")
    return at + 1


def _one_by_one(text: str, at: int) -> Iterator[Any]:
    """One feature after the other, as line-delimited files have them."""
    number = 0
    while at < len(text):
        number += 1
        element, at = _decode(text, at, f"in feature {number}")
        if isinstance(element, dict):
            check_crs(element.get("crs"))
        yield element
        at = _skip(text, at)


def check_crs(crs: Any) -> None:
    """Refuse coordinates that are not longitude and latitude: the old "crs" member says so."""
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name", properties.get("code")) if isinstance(properties, dict) else None
    if name is None:
        return
    bare = f"EPSG:{name}" if isinstance(name, int) or str(name).isdigit() else str(name).strip()
    if not _SAME_AS_WGS84.search(bare):
        raise BadFile(f"Its coordinates are in {name}; convert it to longitude and latitude in WGS 84 (EPSG:4326) first.")
