"""Units of volume in one spelling, and what a length or an area is in each of them. Pure: no Django.

Sheets, forms and budgets write one metre as "m", "M1", "m'", "mtr" and "meter lari"; the register keeps "m". A unit that
is not known here (an "unit", a "paket", forty "orang") is kept as it was written, blanks aside.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class Kind(StrEnum):
    """What a unit measures."""

    LENGTH = "length"
    AREA = "area"
    VOLUME = "volume"
    COUNT = "count"


@dataclass(frozen=True)
class Unit:
    """A unit as the register writes it; `size` is one of it in metres, square metres or cubic metres (1 for counts)."""

    code: str
    kind: Kind
    size: Fraction
    spellings: tuple[str, ...] = ()


#: Every unit that has more than one spelling. Spellings are compared without case, blanks, dots and carets.
UNITS = (
    Unit("m", Kind.LENGTH, Fraction(1), ("m1", "m'", "m'1", "mtr", "mt", "meter", "metre", "meterlari", "mlari", "meterpanjang", "mpanjang")),
    Unit("km", Kind.LENGTH, Fraction(1000), ("kilo", "kilometer", "kilometre")),
    Unit("cm", Kind.LENGTH, Fraction(1, 100), ("centimeter", "sentimeter")),
    Unit(
        "m2",
        Kind.AREA,
        Fraction(1),
        ("meter2", "mtr2", "meterpersegi", "mpersegi", "meterkuadrat", "squaremeter", "squaremetre", "sqm", "meterbujursangkar"),
    ),
    Unit("are", Kind.AREA, Fraction(100), ("ar",)),
    Unit("ha", Kind.AREA, Fraction(10_000), ("hektar", "hektare", "hectare", "hektar2")),
    Unit("km2", Kind.AREA, Fraction(1_000_000), ("kilometer2", "kilometerpersegi", "kmpersegi")),
    Unit("m3", Kind.VOLUME, Fraction(1), ("meter3", "mtr3", "meterkubik", "mkubik", "kubik", "cubicmeter", "cubicmetre")),
    Unit("liter", Kind.VOLUME, Fraction(1, 1000), ("litre", "ltr")),
    Unit("unit", Kind.COUNT, Fraction(1), ("units",)),
    Unit("buah", Kind.COUNT, Fraction(1), ("bh", "bua", "buah/unit")),
    Unit("paket", Kind.COUNT, Fraction(1), ("pkt", "pket", "package")),
    Unit("orang", Kind.COUNT, Fraction(1), ("org", "jiwa", "person", "people")),
    Unit("kelompok", Kind.COUNT, Fraction(1), ("klp", "kelmpk")),
    Unit("titik", Kind.COUNT, Fraction(1), ("ttk",)),
    Unit("ls", Kind.COUNT, Fraction(1), ("lumpsum", "lumsum", "lsum")),
    Unit("KK", Kind.COUNT, Fraction(1), ("kepalakeluarga", "household", "households")),
    Unit("kegiatan", Kind.COUNT, Fraction(1), ("keg", "kgt")),
    Unit("set", Kind.COUNT, Fraction(1), ("sets",)),
    Unit("ruang", Kind.COUNT, Fraction(1), ("rg", "ruangan", "lokal")),
    Unit("petak", Kind.COUNT, Fraction(1), ("ptk",)),
)

_APOSTROPHES = re.compile('[\u2018\u2019\u2032\u02b9\u02bc\u00b4\u0060"]')
_BLANKS = re.compile(r"\s+")
_NOISE = re.compile(r"[\s.^_-]+")


def _key(text: str) -> str:
    """What two spellings of a unit have in common: `M²` and `m ^2` are `m2`."""
    folded = unicodedata.normalize("NFKC", _APOSTROPHES.sub("'", text)).casefold()
    return _NOISE.sub("", folded)


_BY_KEY = {_key(spelling): unit for unit in UNITS for spelling in (unit.code, *unit.spellings)}


def find(text: str) -> Unit | None:
    """The unit that a text names; None for one that is not known here."""
    return _BY_KEY.get(_key(text))


def normal(text: str) -> str:
    """The unit's one spelling; a unit that is not known keeps its own, blanks aside."""
    known = find(text)
    return known.code if known else _BLANKS.sub(" ", text).strip()


def same(one: str, other: str) -> bool:
    """Whether two texts name the same unit."""
    known, compared = find(one), find(other)
    return known is compared if known or compared else _key(one) == _key(other)


def measured(size: Decimal, kind: Kind, unit: str) -> Fraction | None:
    """A length in metres or an area in square metres in another unit; None where the unit measures something else."""
    known = find(unit)
    return Fraction(size) / known.size if known and known.kind is kind else None
