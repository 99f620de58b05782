"""The short code of a printed paper: twelve signs that a voice can spell and a hand can type. Pure: no Django.

31 signs without 0, O, 1, I and L, which are taken for each other. Eleven are drawn by lot (about 2.5 * 10^16 papers), the
twelfth is a check: the sum of the signs, each times its place, modulo 31. 31 is prime, so every single wrong sign and every
two signs changed for each other are noticed, wherever they stand.
"""

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12
_VALUES = {sign: value for value, sign in enumerate(ALPHABET)}
_BETWEEN = re.compile(r"[\s.\-–—_/]+")


class Mistyped(ValueError):  # noqa: N818 - an answer to who typed it, not a fault
    """No code: `why` is `length`, `sign` (with the sign in `sign`) or `check`."""

    def __init__(self, why: str, sign: str = "") -> None:
        super().__init__(why)
        self.why, self.sign = why, sign


def draw() -> str:
    """A new code, drawn from the system's own chance."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + check_of(body)


def check_of(body: str) -> str:
    """The check of eleven signs: the whole sums to nothing modulo 31 when the check counts with the place 12."""
    total = sum(place * _VALUES[sign] for place, sign in enumerate(body, start=1))
    # 12 * check = -total (mod 31); 13 undoes 12, for 12 * 13 = 156 = 5 * 31 + 1
    return ALPHABET[-total * 13 % len(ALPHABET)]


def parse(typed: str) -> str:
    """The code that somebody typed, however it is grouped or cased. Raises Mistyped."""
    code = _BETWEEN.sub("", typed).upper()
    strange = next((sign for sign in code if sign not in _VALUES), "")
    if strange:
        raise Mistyped("sign", strange)
    if len(code) != LENGTH:
        raise Mistyped("length")
    if check_of(code[:-1]) != code[-1]:
        raise Mistyped("check")
    return code


def grouped(code: str) -> str:
    """`K7QM-2XVA-9HR4`."""
    return "-".join(code[first : first + 4] for first in range(0, LENGTH, 4))
