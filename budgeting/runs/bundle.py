"""A published run as one file with which anybody calculates again, without a database. Pure.

A ZIP archive, the same bytes from the same run: `inputs.json` and `result.json` in their canonical text, `overrides.json`,
`lines.csv`, `problem.pb` where there are ballots, explanations in both languages, and `SHA256SUMS` over all of them.
"""

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from budgeting.runs.inputs import canonical
from budgeting.runs.result import Telling, differences, result_of, to_nobody

INPUTS, RESULT, SUMS = "inputs.json", "result.json", "SHA256SUMS"
#: What a bundle may hold, unpacked: it comes from strangers, too. All of a kabupaten with 20,000 ballots is 10 MB in eight members.
UNPACKED_MAX, MEMBERS_MAX = 512 * 1024 * 1024, 20
_READ_BY_PIECES = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_PLAIN = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}")
#: The oldest moment that a ZIP knows: when a file was made tells nothing about what is in it.
_ALWAYS = (1980, 1, 1, 0, 0, 0)


class BadBundleError(ValueError):
    """The file is not a whole bundle; the message says where."""


def packed(members: Mapping[str, str]) -> bytes:
    """The archive of these texts, with their sums. The same texts give the same bytes."""
    texts = {name: text.encode() for name, text in members.items()}
    sums = "".join(f"{hashlib.sha256(body).hexdigest()}  {name}\n" for name, body in sorted(texts.items()))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in sorted({**texts, SUMS: sums.encode()}.items()):
            about = zipfile.ZipInfo(name, _ALWAYS)
            about.compress_type, about.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(about, body)
    return file.getvalue()


def unpacked(body: bytes) -> dict[str, bytes]:
    """The members of an archive. Raises BadBundleError for anything that `packed` would not write."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            _bounded(archive.infolist())
            members = {about.filename: _read_out(archive, about) for about in archive.infolist()}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise BadBundleError(f"this is no whole ZIP archive: {error}") from error
    missing = [name for name in (INPUTS, RESULT, SUMS) if name not in members]
    if missing:
        raise BadBundleError(f"{missing[0]} is missing")
    return members


def _bounded(listed: Sequence[zipfile.ZipInfo]) -> None:
    """Judge an archive by its list, before anything of it is unpacked.

    A name is a plain one: no folder, no way up, no drive, nothing twice. A member is stored or deflated: the other ways of packing
    cannot be read a piece at a time.
    """
    if len(listed) > MEMBERS_MAX:
        raise BadBundleError(f"it has {len(listed)} members, more than {MEMBERS_MAX}")
    together = sum(about.file_size for about in listed)
    if together > UNPACKED_MAX:
        raise BadBundleError(f"its members are {together} bytes together, more than {UNPACKED_MAX}")
    for about in listed:
        # as it is written in the archive: `filename` has lost what follows a NUL
        if not _PLAIN.fullmatch(about.orig_filename):
            raise BadBundleError(f"{about.orig_filename!r} is no plain file name")
        if about.compress_type not in _READ_BY_PIECES:
            raise BadBundleError(f"{about.filename} is packed in a way that no bundle is")
    if len({about.filename for about in listed}) < len(listed):
        raise BadBundleError("a member stands in it twice")


def _read_out(archive: zipfile.ZipFile, about: zipfile.ZipInfo) -> bytes:
    """A member as long as it is listed, never more: the list is the sender's word, and read whole, two gigabytes would come out of two megabytes."""
    with archive.open(about) as member:
        # one sign more than listed, so that its end is seen and its checksum asked for
        return member.read(about.file_size + 1)


def broken(members: Mapping[str, bytes]) -> list[str]:
    """The members that do not fit their sums, in words."""
    parts = (line.partition("  ") for line in members[SUMS].decode(errors="replace").splitlines())
    sums = {name: told for told, _gap, name in parts if name}
    listed = {name for name in members if name != SUMS}
    found = [f"{name} is not listed in {SUMS}" for name in sorted(listed - set(sums))]
    found += [f"{name} is listed in {SUMS} and missing" for name in sorted(set(sums) - listed)]
    return found + [
        f"{name} does not fit its SHA-256" for name in sorted(listed & set(sums)) if hashlib.sha256(members[name]).hexdigest() != sums[name]
    ]


def replayed(members: Mapping[str, bytes], tell: Telling = to_nobody) -> tuple[list[str], bytes]:
    """Every difference between the result in the bundle and the one that its inputs give, and the latter's bytes.

    Raises BadBundleError where inputs or result cannot be read, BadProblemError where they make no sense.
    """
    inputs, kept = _read(members, INPUTS), _read(members, RESULT)
    try:
        again = result_of(inputs, tell)
    except (KeyError, TypeError, AttributeError) as error:
        raise BadBundleError(f"{INPUTS} does not have the shape of inputs: {error}") from error
    text = canonical(again).encode()
    if text == members[RESULT]:
        return [], text
    try:
        found = differences(kept, again)
    except (KeyError, TypeError, AttributeError) as error:
        raise BadBundleError(f"{RESULT} does not have the shape of a result: {error}") from error
    same = kept.get("software") != again["software"] or kept.get("format") == 1
    return found or ([] if same else [f"{RESULT} is written in another way, with the same content"]), text


def _read(members: Mapping[str, bytes], name: str) -> dict[str, Any]:
    try:
        told = json.loads(members[name])
    except (ValueError, RecursionError) as error:
        raise BadBundleError(f"{name} is not JSON: {error}") from error
    if not isinstance(told, dict):
        raise BadBundleError(f"{name} is not an object")
    return told
