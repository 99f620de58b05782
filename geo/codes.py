"""Official region codes: pure functions over the dotted form of Kepmendagri 300.2.2-2430/2025.

A code is two digits a province, then two a kabupaten or kota, two a kecamatan, four a desa (1st digit 2) or
kelurahan (1st digit 1): `61`, `61.12`, `61.12.01`, `61.12.01.2001`. The text of a code begins with its parent's.
"""

import re
from enum import StrEnum


class Level(StrEnum):
    """The four levels of government below the nation, widest first."""

    PROVINCE = "province"
    DISTRICT = "district"
    SUBDISTRICT = "subdistrict"
    VILLAGE = "village"


LEVELS: tuple[Level, ...] = tuple(Level)
_SHAPE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?", re.ASCII)


def is_code(text: str) -> bool:
    """Whether the text has the shape of an official code (it may still name no region)."""
    return _SHAPE.fullmatch(text) is not None


def dotted(text: str) -> str:
    """An official code from the same digits without dots (`6112012001`); any other text as it is, without blanks around."""
    text = text.strip()
    if re.fullmatch(r"\d{4}|\d{6}|\d{10}", text, re.ASCII) is None:
        return text
    return ".".join(part for part in (text[:2], text[2:4], text[4:6], text[6:]) if part)


def level(code: str) -> Level:
    """The level a code belongs to. Raises ValueError for a text of another shape."""
    if not is_code(code):
        message = f"not a region code: {code!r}"
        raise ValueError(message)
    return LEVELS[code.count(".")]


def parent(code: str) -> str | None:
    """The code one level up; None above a province."""
    return code.rpartition(".")[0] or None


def lineage(code: str) -> tuple[str, ...]:
    """The code and all above it, widest first: 61, 61.12, 61.12.01."""
    parts = code.split(".")
    return tuple(".".join(parts[: end + 1]) for end in range(len(parts)))


def covers(scope: str, code: str) -> bool:
    """Whether the region `scope` is `code` or lies above it. The empty scope is the nation and covers all."""
    return scope in ("", code) or code.startswith(scope + ".")


def ancestor(code: str, wanted: Level) -> str | None:
    """The code of the region at the wanted level that holds this one; None where the code itself is wider."""
    chain = lineage(code)
    position = LEVELS.index(wanted)
    return chain[position] if position < len(chain) else None
