"""What the cells of the national export form mean: one line becomes the values of a proposal, or errors by column.

Sources: the village listing (DOMAIN 3.2 (1)), the column names of the national system (DOMAIN 5), its status strings
(DOMAIN 3.2: the text names the step a proposal waits IN; `||Ditolak` means rejected AT that step).
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts import text
from accounts.refusals import Invalid
from proposals.models.proposal import AMOUNT_MAX, VOLUME_MAX
from proposals.sheets import Line
from proposals.stages import Outcome, Stage
from proposals.words import Sector

TITLE_SHORTEST, TITLE_LONGEST = 10, 160
_PROBLEM_LONGEST, _LOCUS_LONGEST, _UNIT_LONGEST = 4000, 200, 30
#: Our name of a column and the names it has in the forms we know, the village listing's first.
COLUMNS = {
    "source_id": ("id_usulan", "id_unik"),
    "title": ("usulan", "giat_teks", "detail_gagasan"),
    "problem": ("permasalahan", "masalah", "detail_masalah"),
    "locus": ("alamat", "alamat_teks", "lokus_usulan", "detail_alamatteks"),
    "rw": ("rw",),
    "agency": ("skpd_tujuan", "nama_skpd", "detail_namaskpd"),
    "volume": ("koefisien", "detail_koefisien"),
    "amount": ("anggaran", "detail_usulanggaran"),
    "status": ("keterangan", "status_usul_teks", "detail_setstatususul"),
    "reason": ("tolak_teks",),
    "proposer": ("profil", "pengusul"),
    "plan_year": ("tahun", "tahun_anggaran"),
}
REQUIRED = ("source_id", "title", "volume", "amount")
Place = tuple[Stage, Outcome]
#: Where each status puts a proposal. "Diakomodir" is the district's answer that it stands in the plan: what pays for it
#: is decided after that, so it waits at the budget and is not called funded.
STATUSES: dict[str, Place] = {
    "": (Stage.VILLAGE, Outcome.OPEN),
    "belum diproses": (Stage.VILLAGE, Outcome.OPEN),
    "validasi mitra bappeda": (Stage.SUBDISTRICT, Outcome.OPEN),
    "diteruskan ke musrenbang kecamatan": (Stage.SUBDISTRICT, Outcome.OPEN),
    "diteruskan ke forum skpd": (Stage.AGENCY, Outcome.OPEN),
    "diteruskan ke musrenbang provinsi/kabupaten/kota": (Stage.DISTRICT, Outcome.OPEN),
    "diakomodir": (Stage.BUDGET, Outcome.OPEN),
    "tidak diakomodir": (Stage.DISTRICT, Outcome.REJECTED),
    "ditolak": (Stage.VILLAGE, Outcome.REJECTED),
    "dikembalikan": (Stage.VILLAGE, Outcome.RETURNED),
    "dibatalkan": (Stage.VILLAGE, Outcome.WITHDRAWN),
}
_REJECTED = "||ditolak"
#: First word that occurs decides; a suggestion that anybody with the right to edit may correct.
SECTOR_WORDS = (
    (Sector.DRAINAGE, ("gorong", "drainase", "saluran", "talud", "irigasi", "normalisasi")),
    (Sector.SANITATION, ("sampah", "mck", "jamban", "sanitasi", "septic", "limbah")),
    (Sector.WATER, ("air bersih", "sumur", "pdam", "pamsimas")),
    (Sector.ENERGY, ("lampu", "pju", "listrik", "penerangan")),
    (Sector.HEALTH, ("posyandu", "kesehatan", "timbangan bayi", "puskesmas", "stunting")),
    (Sector.EDUCATION, ("paud", "sekolah", "taman bacaan", "perpustakaan", "pendidikan")),
    (Sector.BUSINESS, ("usaha mikro", "umkm", "koperasi", "pasar")),
    (Sector.ROAD, ("jalan", "jembatan", "rabat", "paving", "aspal", "ampyang", "trotoar")),
    (Sector.HOUSING, ("rumah", "rtlh")),
    (Sector.FISHERY, ("perikanan", "nelayan", "tambak", "kolam ikan")),
    (Sector.FARMING, ("pertanian", "bibit", "tanaman", "pupuk", "ternak")),
    (Sector.DISASTER, ("bencana", "kebakaran", "banjir")),
    (Sector.EMPOWERMENT, ("pembinaan", "pelatihan", "pemberdayaan", "penguatan", "alat musik")),
)
_MEASURE = re.compile(r"(?P<figure>\d[\d.,]*)\s*(?P<unit>(?!e\d)[^\d\s].*)?", re.DOTALL | re.ASCII)
_MONEY = re.compile(r"(?:rp\.?\s*)?(?P<whole>\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+)(?:[.,]0{1,2})?(?:,-)?", re.IGNORECASE | re.ASCII)


class Unclear(Exception):  # noqa: N818 - it carries the sentence for one cell
    """One cell cannot be read."""


@dataclass(frozen=True)
class Wish:
    """One row of the sheet as a proposal's values. `amount` and `unit_price` in whole rupiah."""

    row: int
    source_id: str
    title: str
    problem: str
    sector: str
    locus: str
    on_behalf_of: str
    agency_name: str
    volume: Decimal
    unit: str
    amount: int
    unit_price: int | None
    stage: Stage
    outcome: Outcome
    #: The status and the reason as they stood in the sheet.
    status: str
    reason: str


@dataclass
class _Reader:
    """Reads cells by our names and collects errors by the sheet's own names."""

    line: Line
    errors: dict[str, str] = field(default_factory=dict)

    def column(self, name: str) -> str:
        return next((column for column in COLUMNS[name] if column in self.line.cells), COLUMNS[name][0])

    def cell(self, name: str, longest: int, *, lines: bool = False) -> str:
        column = self.column(name)
        value = self.line.cells.get(column, "")
        try:
            clean = text.clean(value, field=column, max_length=longest, lines=lines)
        except Invalid as error:
            self.fail(name, (error.fields or {}).get(column, [str(error)])[0])
            return ""
        if not clean and name in REQUIRED:
            self.fail(name, _("This cell must not be empty."))
        return clean

    def fail(self, name: str, sentence: str) -> None:
        self.errors.setdefault(self.column(name), sentence)


def wish_of(line: Line, *, plan_year: int) -> Wish | dict[str, str]:
    """The proposal that a line describes, or its errors: the sheet's column and a sentence."""
    if line.error:
        return dict([line.error])
    reader = _Reader(line)
    year = reader.cell("plan_year", 8)
    if year not in {"", str(plan_year)}:
        reader.fail("plan_year", _("This row is for another plan year."))
    title, problem = title_and_problem(reader.cell("title", 4000), reader.cell("problem", _PROBLEM_LONGEST, lines=True))
    if title and len(title) < TITLE_SHORTEST:
        reader.fail("title", _("Write a title of at least 10 characters, so that others know what it is about."))
    if len(problem) > _PROBLEM_LONGEST:
        reader.fail("problem", _("Title and problem together are longer than 4000 characters."))
    status = reader.cell("status", 200)
    stage, outcome = _attempt(reader, "status", place_of, status) or (Stage.VILLAGE, Outcome.OPEN)
    volume, unit = _attempt(reader, "volume", measure, reader.cell("volume", 80)) or (Decimal(1), "")
    amount = _attempt(reader, "amount", rupiah, reader.cell("amount", 40)) or 1
    price = amount / volume
    wish = Wish(
        row=line.number,
        source_id=reader.cell("source_id", 80),
        title=title,
        problem=problem,
        sector=sector_of(f"{title} {problem}"),
        locus=_locus(reader.cell("locus", _LOCUS_LONGEST), reader.cell("rw", 20)),
        on_behalf_of=reader.cell("proposer", 120),
        agency_name=reader.cell("agency", 160),
        volume=volume,
        unit=unit,
        amount=amount,
        unit_price=int(price) if price == price.to_integral_value() else None,
        stage=stage,
        outcome=outcome,
        status=status,
        reason=reader.cell("reason", 1500, lines=True),
    )
    return reader.errors or wish


def _attempt(reader: _Reader, name: str, read, value: str):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    if reader.column(name) in reader.errors:
        return None
    try:
        return read(value)
    except Unclear as error:
        reader.fail(name, str(error))
        return None


def title_and_problem(title: str, problem: str) -> tuple[str, str]:
    """A title of bearable length; what is cut off stays at the head of the problem, what is too short takes from it."""
    if len(title) > TITLE_LONGEST:
        return title[: TITLE_LONGEST - 1].rsplit(" ", 1)[0] + "…", f"{title}\n\n{problem}".strip()
    if title and len(title) < TITLE_SHORTEST and problem:
        joined = f"{title}: {problem.splitlines()[0]}"
        return (joined if len(joined) <= TITLE_LONGEST else joined[: TITLE_LONGEST - 1].rsplit(" ", 1)[0] + "…"), problem
    return title, problem


def _locus(address: str, rw: str) -> str:
    if not rw or re.search(rf"\bRW\s*0*{re.escape(rw.lstrip('0'))}\b", address, re.IGNORECASE):
        return address
    return f"{address}, RW {rw}".strip(", ")[:_LOCUS_LONGEST]


def sector_of(words: str) -> str:
    """The sector whose word occurs first in the table; empty where none does."""
    lower = words.lower()
    return next((sector.value for sector, known in SECTOR_WORDS if any(word in lower for word in known)), "")


def place_of(status: str) -> Place:
    """Stage and outcome of a status; raises `Unclear` for one that nobody documented."""
    lower = " ".join(status.lower().split())
    if lower.endswith(_REJECTED):
        step = lower.removesuffix(_REJECTED).strip()
        if step in STATUSES:
            return STATUSES[step][0], Outcome.REJECTED
    if lower not in STATUSES:
        raise Unclear(_("This status is not known: %(status)s.") % {"status": status})
    return STATUSES[lower]


def measure(coefficient: str) -> tuple[Decimal, str]:
    """`35 Orang` -> 35, orang; `1 Paket x 2 Lokasi` -> 2, paket x lokasi; `569.5 m` and `569,5 m` -> 569.5, m."""
    volume, units = Decimal(1), list[str]()
    for part in re.split(r"\s+[xX×*]\s+", coefficient):
        found = _MEASURE.fullmatch(part.strip())
        if found is None:
            raise Unclear(_("Write the volume as a number and a unit, for example 3 unit."))
        volume *= _figure(found["figure"])
        unit = " ".join((found["unit"] or "").split())
        units += [unit.lower() if unit.istitle() else unit] if unit else []
    if not 0 < volume <= VOLUME_MAX or volume != volume.quantize(Decimal("0.001")):
        raise Unclear(_("Volume must be more than zero, with at most three decimals."))
    joined = " x ".join(units)
    if len(joined) > _UNIT_LONGEST:
        raise Unclear(_("The unit is too long."))
    return volume, joined


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
    value = int(re.sub(r"\D", "", found["whole"]))
    if not 0 < value <= AMOUNT_MAX:
        raise Unclear(_("Amount must be more than zero, and no more than any budget could hold."))
    return value


def missing_columns(columns: tuple[str, ...]) -> list[str]:
    """The columns without which no row can be read, by the village listing's names."""
    return [COLUMNS[name][0] for name in REQUIRED if not any(known in columns for known in COLUMNS[name])]
