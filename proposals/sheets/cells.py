"""What single cells of the national export form mean: amounts, volumes, statuses, flags. Pure.

What is meant is read; what could mean two things is `Unclear`. The status strings are DOMAIN 3.2: the text names the step a
proposal waits IN, and `||Ditolak` behind it means rejected AT that step.
"""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from proposals.models.proposal import AMOUNT_MAX, VOLUME_MAX
from proposals.stages import Outcome, Stage

_UNIT_LONGEST = 30
Place = tuple[Stage, Outcome]
#: Where each status puts a proposal. "Diakomodir" is the district's answer that it stands in the plan: what pays for it
#: is decided after that, so it waits at the budget and is not called funded.
STATUSES: dict[str, Place] = {
    "": (Stage.VILLAGE, Outcome.OPEN),
    "belum diproses": (Stage.VILLAGE, Outcome.OPEN),
    "validasi mitra bappeda": (Stage.SUBDISTRICT, Outcome.OPEN),
    "diteruskan ke musrenbang kecamatan": (Stage.SUBDISTRICT, Outcome.OPEN),
    "diteruskan ke forum skpd": (Stage.AGENCY, Outcome.OPEN),
    "diteruskan ke forum perangkat daerah": (Stage.AGENCY, Outcome.OPEN),
    "diteruskan ke musrenbang provinsi/kabupaten/kota": (Stage.DISTRICT, Outcome.OPEN),
    "diteruskan ke musrenbang kabupaten/kota": (Stage.DISTRICT, Outcome.OPEN),
    "diteruskan ke musrenbang kabupaten": (Stage.DISTRICT, Outcome.OPEN),
    "diteruskan ke musrenbang kota": (Stage.DISTRICT, Outcome.OPEN),
    "diakomodir": (Stage.BUDGET, Outcome.OPEN),
    "tidak diakomodir": (Stage.DISTRICT, Outcome.REJECTED),
    "ditolak": (Stage.VILLAGE, Outcome.REJECTED),
    "dikembalikan": (Stage.VILLAGE, Outcome.RETURNED),
    "dibatalkan": (Stage.VILLAGE, Outcome.WITHDRAWN),
}
_REJECTED = re.compile(r"\s*\|\|\s*ditolak$")
_FIGURE = re.compile(r"(?P<figure>\d[\d.,]*)\s*(?P<unit>(?!e[+-]?\d)[^\d\s].*)?", re.DOTALL | re.ASCII | re.IGNORECASE)
#: `2 Paket x 3 bulan`, `100x2 m`, `100m x2m`: a sign of times between a blank or a figure and the next figure; or after a unit, between blanks.
_TIMES = re.compile(r"\s+[xX×*]\s+|(?<=[\d\s])[xX×*]\s*(?=\d)")
#: A multiplication that was not taken apart or not finished, or a drawing's "P=100": no unit.
_MIXED = re.compile(r"[xX×*]\s*\d|[=:;]|^[xX×*]$")
_MONEY = re.compile(
    r"(?:(?:rp|idr)\.?\s*)?(?P<whole>\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)(?:[.,](?:0{1,2}|0{4,6}))?(?:,-|\.-|,--|-)?",
    re.IGNORECASE | re.ASCII,
)
_YES, _NO = frozenset({"1", "ya", "y", "true", "benar"}), frozenset({"", "0", "tidak", "t", "n", "false", "salah", "-", "null"})


class Unclear(Exception):  # noqa: N818 - it carries the sentence for one cell
    """One cell cannot be read."""


def place_of(status: str) -> Place:
    """Stage and outcome of a status; raises `Unclear` for one that nobody documented."""
    lower = " ".join(status.casefold().split())
    step, rejected = _REJECTED.subn("", lower)
    if step not in STATUSES:
        raise Unclear(_("This status is not known: %(status)s.") % {"status": status})
    stage, outcome = STATUSES[step]
    return (stage, Outcome.REJECTED) if rejected else (stage, outcome)


def flag(text: str) -> bool:
    """A column that says yes or no."""
    lower = text.strip().casefold()
    if lower not in _YES | _NO:
        raise Unclear(_("Write 1 for yes or 0 for no."))
    return lower in _YES


def measure(coefficient: str) -> tuple[Decimal, str]:
    """`35 Orang` -> 35, orang; `1 Paket x 2 Lokasi` -> 2, paket x lokasi; `569.5 m` and `569,5 m` -> 569.5, m."""
    volume, units = Decimal(1), list[str]()
    for part in _TIMES.split(coefficient):
        found = _FIGURE.fullmatch(part.strip())
        if found is None:
            raise Unclear(_("Write the volume as a number and a unit, for example 3 unit."))
        volume *= _figure(found["figure"])
        unit = " ".join((found["unit"] or "").split()).strip(".")
        if _MIXED.search(unit):
            raise Unclear(_("Write the volume as a number and a unit, for example 3 unit."))
        units += [unit.lower() if unit.istitle() else unit] if unit else []
    if not 0 < volume <= VOLUME_MAX or volume != volume.quantize(Decimal("0.001")):
        raise Unclear(_("Volume must be more than zero, with at most three decimals."))
    joined = " x ".join(units)
    if len(joined) > _UNIT_LONGEST:
        raise Unclear(_("The unit is too long."))
    return volume, joined


def volume_of(written: str, *, exact: bool = False) -> Decimal:
    """A bare volume: `12,5`, `1250`; `exact`: the file holds it as a number, so its point is a decimal point."""
    volume = Decimal(written) if exact and re.fullmatch(r"\d{1,12}(\.\d{1,6})?", written) else _figure(written)
    if not 0 < volume <= VOLUME_MAX or volume != volume.quantize(Decimal("0.001")):
        raise Unclear(_("Volume must be more than zero, with at most three decimals."))
    return volume


def _figure(text_: str) -> Decimal:
    """A number; a single mark before exactly three digits could be either kind of mark, and is refused."""
    if re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", text_):
        raise Unclear(_("%(text)s can be read in two ways. Write thousands without a mark.") % {"text": text_})
    if re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+(,\d+)?", text_):
        text_ = text_.replace(".", "")
    if not re.fullmatch(r"\d{1,12}([.,]\d{1,6})?", text_):
        raise Unclear(_("Write the volume as a number and a unit, for example 3 unit."))
    return Decimal(text_.replace(",", "."))


def rupiah(amount: str) -> int:
    """Whole rupiah: `10500000`, `Rp 10.500.000`, `10.500.000,00`. A fraction of a rupiah is refused."""
    found = _MONEY.fullmatch(amount.strip())
    if found is None:
        raise Unclear(_("Amount must be whole rupiah, for example 481000000."))
    value = int(re.sub(r"\D", "", found["whole"])[:20])
    if not 0 < value <= AMOUNT_MAX:
        raise Unclear(_("Amount must be more than zero, and no more than any budget could hold."))
    return value


def is_nothing(text: str) -> bool:
    """Whether a cell holds a zero or a dash: the national system writes them where there is nothing."""
    return not text.strip() or re.fullmatch(r"-+|(?:rp\.?\s*)?0+(?:[.,]0+)?(?:,-)?|null|none|nan", text.strip(), re.IGNORECASE) is not None
