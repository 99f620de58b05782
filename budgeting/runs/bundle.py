"""A published run as one file with which anybody calculates again, without a database. Pure.

A ZIP archive, the same bytes from the same run: `inputs.json` and `result.json` in their canonical text, `overrides.json`,
`lines.csv`, `problem.pb` where there are ballots, explanations in both languages, and `SHA256SUMS` over all of them.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from budgeting.runs.inputs import canonical
from budgeting.runs.result import Telling, differences, result_of, to_nobody

INPUTS, RESULT, SUMS = "inputs.json", "result.json", "SHA256SUMS"
#: No member may be larger: a bundle comes from strangers, too.
MEMBER_MAX = 512 * 1024 * 1024
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
            large = [about.filename for about in archive.infolist() if about.file_size > MEMBER_MAX]
            if large:
                raise BadBundleError(f"{large[0]} is larger than {MEMBER_MAX} bytes")
            members = {about.filename: archive.read(about) for about in archive.infolist() if not about.is_dir()}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise BadBundleError(f"this is no whole ZIP archive: {error}") from error
    missing = [name for name in (INPUTS, RESULT, SUMS) if name not in members]
    if missing:
        raise BadBundleError(f"{missing[0]} is missing")
    return members


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
    again = result_of(inputs, tell)
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
    except ValueError as error:
        raise BadBundleError(f"{name} is not JSON: {error}") from error
    if not isinstance(told, dict):
        raise BadBundleError(f"{name} is not an object")
    return told
