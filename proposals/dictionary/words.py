"""What a work's name tells of its sector, kind and unit, where a sheet does not say. Pure but for the words on the screen.

Nothing here is silent: each answer comes with the word it rests on, and the dry run of an import shows both.
"""

import re
from dataclasses import dataclass

from proposals.words import Sector, WorkKind

#: Words of each sector as they stand in the names of works. The earliest in the name decides, the longer of two that begin together:
#: in "paving jalan dengan saluran" the road is the work, in "lampu jalan" the lamp.
SECTOR_WORDS: dict[Sector, tuple[str, ...]] = {
    Sector.ROAD: (
        "jalan", "jembatan", "rabat", "paving", "aspal", "hotmix", "lapen", "trotoar", "marka", "rambu", "zebra cross", "parkir", "portal",
        "gang", "titian", "plat duiker", "penetrasi", "telford", "makadam",
    ),
    Sector.DRAINAGE: (
        "drainase", "gorong", "saluran", "selokan", "talud", "turap", "bronjong", "irigasi", "normalisasi", "parit", "box culvert", "u ditch",
        "pintu air", "tanggul", "sungai", "plengsengan",
    ),
    Sector.WATER: ("air bersih", "air minum", "sumur", "pdam", "pamsimas", "perpipaan", "tandon", "penampungan air", "mata air", "spam"),
    Sector.SANITATION: ("sampah", "mck", "jamban", "sanitasi", "septic", "septik", "limbah", "ipal", "tps", "toilet", "kebersihan"),
    Sector.ENERGY: ("pju", "lampu", "listrik", "penerangan", "panel surya", "biogas", "jaringan tegangan"),
    Sector.HEALTH: ("posyandu", "kesehatan", "puskesmas", "polindes", "pustu", "poskesdes", "stunting", "ambulans", "gizi", "imunisasi", "lansia"),
    Sector.EDUCATION: ("paud", "sekolah", "ruang kelas", "taman bacaan", "perpustakaan", "pendidikan", "beasiswa", "buku", "tk ", "madrasah", "guru"),
    Sector.BUSINESS: ("umkm", "usaha mikro", "koperasi", "pasar", "kios", "pariwisata", "wisata", "perdagangan", "industri rumah", "modal usaha"),
    Sector.FISHERY: ("perikanan", "nelayan", "tambak", "kolam ikan", "bibit ikan", "tambatan perahu", "keramba", "cold box", "kotak pendingin"),
    Sector.FARMING: (
        "pertanian", "petani", "kelompok tani", "usaha tani", "bibit", "benih", "pupuk", "ternak", "traktor", "perontok", "sawah", "tanaman",
        "perkebunan", "lumbung pangan", "hand sprayer", "embung",
    ),
    Sector.HOUSING: ("rumah", "rtlh", "permukiman", "taman", "ruang terbuka", "makam", "pagar"),
    Sector.GOVERNMENT: ("kantor desa", "balai desa", "balai dusun", "pos kamling", "kantor", "aparatur", "sistem informasi desa", "gapura"),
    Sector.TRANSPORT: ("dermaga", "steher", "perahu penyeberangan", "penyeberangan sungai", "kapal", "pelabuhan", "speedboat", "tambatan speed"),
    Sector.DISASTER: ("bencana", "kebakaran", "banjir", "longsor", "mitigasi", "damkar", "sumur kebakaran", "hidran", "evakuasi"),
    Sector.EMPOWERMENT: (
        "pelatihan", "pembinaan", "pemberdayaan", "penguatan", "penyuluhan", "sosialisasi", "pendampingan", "pkk", "karang taruna", "difabel",
        "disabilitas", "kerajinan", "rumah ibadah", "masjid", "gereja", "seni budaya", "alat musik", "olahraga", "lapangan",
    ),
}  # fmt: skip
#: What an agency's name tells of the sector, where the work's own name says nothing.
AGENCY_SECTORS: tuple[tuple[str, Sector], ...] = (
    ("kebersihan", Sector.SANITATION),
    ("lingkungan hidup", Sector.SANITATION),
    ("perumahan", Sector.HOUSING),
    ("permukiman", Sector.HOUSING),
    ("bina marga", Sector.ROAD),
    ("pekerjaan umum", Sector.ROAD),
    ("sumber daya air", Sector.DRAINAGE),
    ("pendidikan", Sector.EDUCATION),
    ("perpustakaan", Sector.EDUCATION),
    ("kesehatan", Sector.HEALTH),
    ("perikanan", Sector.FISHERY),
    ("kelautan", Sector.FISHERY),
    ("pertanian", Sector.FARMING),
    ("pangan", Sector.FARMING),
    ("peternakan", Sector.FARMING),
    ("perindustrian", Sector.BUSINESS),
    ("perdagangan", Sector.BUSINESS),
    ("koperasi", Sector.BUSINESS),
    ("pariwisata", Sector.BUSINESS),
    ("tenaga kerja", Sector.EMPOWERMENT),
    ("sosial", Sector.EMPOWERMENT),
    ("pemberdayaan", Sector.EMPOWERMENT),
    ("pemuda", Sector.EMPOWERMENT),
    ("perhubungan", Sector.TRANSPORT),
    ("bencana", Sector.DISASTER),
    ("kebakaran", Sector.DISASTER),
    ("kominfo", Sector.GOVERNMENT),
    ("komunikasi", Sector.GOVERNMENT),
)
_GRANT = ("hibah", "bantuan", "modal usaha", "beasiswa", "bansos", "santunan", "stimulan")
_SERVICE = (
    "pelatihan", "pembinaan", "penyuluhan", "sosialisasi", "pendampingan", "pembentukan", "penguatan", "kursus", "bimbingan", "lomba", "festival",
    "pemberdayaan", "pemeriksaan", "pelayanan", "imunisasi", "penyelenggaraan",
)  # fmt: skip
#: Units that the names of works are counted in, the first that fits.
_UNITS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("orang", ("pelatihan", "kursus", "bimbingan", "beasiswa", "penyuluhan", "sosialisasi")),
    ("titik", ("pju", "lampu", "penerangan jalan", "hidran")),
    (
        "unit",
        (
            "taman bacaan",
            "jembatan",
            "sumur",
            "gerobak",
            "rambu",
            "jamban",
            "mck",
            "tandon",
            "portal",
            "rumah",
            "kantor",
            "pos kamling",
            "gapura",
            "gedung",
        ),
    ),
    ("m3", ("pengurugan", "urugan", "timbunan", "galian")),
    ("m2", ("taman", "lapangan", "lahan parkir", "parkir", "zebra cross", "marka")),
    ("ruang", ("ruang kelas", "ruang")),
    ("m", ("jalan", "rabat", "paving", "trotoar", "saluran", "drainase", "selokan", "talud", "turap", "irigasi", "parit", "pagar", "pipa")),
    ("kelompok", ("pembentukan", "kelompok", "pembinaan")),
)


@dataclass(frozen=True)
class Guess:
    """An answer that no sheet gave: the value, and the word of the name or the agency that it rests on ("" for the last resort)."""

    value: str
    word: str = ""
    #: Whether the word stands in the agency's name instead of the work's.
    by_agency: bool = False


def _words(text: str) -> str:
    """Lower case with one blank between words and around the text, so that a word is found as a word."""
    return f" {' '.join(re.sub(r'[^0-9a-z²³]+', ' ', text.casefold()).split())} "


def sector_of(name: str, agency: str = "") -> Guess | None:
    """The sector whose word stands first in the name; else what the agency is for; None where neither says anything."""
    text = _words(name)
    found = [
        (place, -len(word), sector.value, word.strip())
        for sector, words in SECTOR_WORDS.items()
        for word in words
        if (place := text.find(f" {word.strip()}")) >= 0
    ]
    if found:
        _place, _length, sector, word = min(found)
        return Guess(sector, word)
    office = _words(agency)
    return next((Guess(sector.value, word, by_agency=True) for word, sector in AGENCY_SECTORS if word in office), None)


def kind_of(name: str) -> Guess:
    """A grant or a service by its words; else physical work, without a word to show for it."""
    text = _words(name)
    for kind, words in ((WorkKind.SERVICE, _SERVICE), (WorkKind.GRANT, _GRANT)):
        if word := next((word for word in words if f" {word}" in text), ""):
            return Guess(kind.value, word)
    return Guess(WorkKind.PHYSICAL.value)


def unit_of(name: str) -> Guess:
    """What such works are counted in; a package where nothing tells."""
    text = _words(name)
    found = ((unit, word) for unit, words in _UNITS for word in words if f" {word}" in text)
    unit, word = next(found, ("paket", ""))
    return Guess(unit, word)
