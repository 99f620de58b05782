"""One way to write a value down, so that the same facts always have the same SHA-256. Pure: no Django.

JSON with keys in the order of their code points, no blanks, UTF-8 as it is (RFC 8785 for what occurs here: texts, whole
numbers, booleans, nothing, lists and objects). A fraction has more than one way to be written, so it is refused:
snapshots keep volumes as text and money as whole rupiah.
"""

import hashlib
import json
from typing import Any


def canonical(value: Any) -> bytes:
    """The octets that are hashed. Raises TypeError for a fraction or anything that JSON has no word for."""
    _refuse_fractions(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical form, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _refuse_fractions(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("a snapshot holds no fractions")
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("keys of a snapshot are texts")
        for inner in value.values():
            _refuse_fractions(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _refuse_fractions(inner)
