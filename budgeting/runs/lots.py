"""Who goes first among equals by a lot that anybody draws again: the order of SHA-256(seed + number). Pure."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any


def lot(seed: str, number: str) -> str:
    """The lot of a proposal as 64 hexadecimal digits; the lower one goes first."""
    return hashlib.sha256(f"{seed}{number}".encode()).hexdigest()


def names_of(numbers: Iterable[str], seed: str) -> dict[str, str]:
    """The ids under which a rule sees the proposals: their numbers, or their lots where a seed is given."""
    return {number: lot(seed, number) if seed else number for number in numbers}


def put_back(told: Any, numbers: Mapping[str, str]) -> Any:
    """What a rule told, with numbers again in place of lots, however deep they stand."""
    if isinstance(told, str):
        return numbers.get(told, told)
    if isinstance(told, Mapping):
        return {put_back(key, numbers): put_back(value, numbers) for key, value in told.items()}
    if isinstance(told, list | tuple):
        return [put_back(value, numbers) for value in told]
    return told
