"""Which column of a sheet means what: the names in the national forms, however they are written. Pure.

Our own form names its columns in `sheet_form`.

Sources: the village listing (DOMAIN 3.2 (1)) and the column names of the national system (DOMAIN 5).
"""

import re
import unicodedata
from collections.abc import Sequence

from proposals.sheets import form as sheet_form

#: Our name of a column and the names it has, the preferred first: the first that holds something is taken.
COLUMNS: dict[str, tuple[str, ...]] = {
    "source_id": ("id_usulan", "id_unik", "id_usul", "kode_usulan", "no_usulan", "nomor_usulan", "nomor_id", "id"),
    "title": (
        "usulan", "giat_teks", "detail_gagasan", "gagasan", "kamus_usulan", "nama_usulan", "judul_usulan", "judul", "uraian_usulan",
        "usulan_kegiatan", "kegiatan_usulan", "usulan_pekerjaan", "nama_kegiatan", "uraian_kegiatan", "kegiatan", "nama_pekerjaan", "pekerjaan",
    ),
    "problem": (
        "permasalahan", "masalah", "detail_masalah", "uraian_permasalahan_dan_usulan", "permasalahan_dan_usulan", "uraian_permasalahan",
        "uraian_masalah", "masalah_dan_usulan", "latar_belakang_masalah",
    ),
    "objective": ("tujuan_usul", "detail_tujuanusul", "tujuan_usulan", "tujuan"),
    "locus": (
        "alamat", "alamat_teks", "detail_alamatteks", "lokus_usulan", "lokasi_alamat", "alamat_lokasi", "lokasi_usulan", "lokasi_kegiatan",
        "lokasi_pekerjaan", "lokasi", "lokus",
    ),
    "rt": ("rt",),
    "rw": ("rw",),
    "agency": (
        "skpd_tujuan", "nama_skpd", "detail_namaskpd", "nama_skpd_awal", "opd_tujuan", "perangkat_daerah", "perangkat_daerah_tujuan", "nama_opd",
        "opd_pelaksana", "skpd_pelaksana", "dinas_tujuan", "skpd", "opd",
    ),
    "volume": ("koefisien", "detail_koefisien"),
    "figure": ("volume", "usulvolume", "usul_volume", "detail_usulvolume", "detail_volume", "volume_usulan", "vol", "rekomendasi_volume"),
    "unit": ("satuan", "detail_satuan", "satuan_usulan", "satuan_volume", "rekomendasi_satuan"),
    "amount": (
        "anggaran", "usulanggaran", "usul_anggaran", "detail_usulanggaran", "detail_anggaran", "pagu", "pagu_usulan", "pagu_anggaran",
        "usulan_anggaran", "anggaran_usulan", "nilai_usulan", "rekomendasi_pagu", "estimasi_anggaran",
        "perkiraan_anggaran", "jumlah_anggaran", "nilai_anggaran", "kebutuhan_anggaran", "perkiraan_biaya", "estimasi_biaya", "usulan_biaya",
        "jumlah_biaya", "biaya",
    ),
    "status": ("status_usul_teks", "detail_setstatususul", "status_usulan", "status", "keterangan"),
    "reason": ("tolak_teks", "batal_teks", "alasan_penolakan", "alasan"),
    "proposer": ("profil", "pengusul", "nama_pengusul"),
    "plan_year": ("tahun", "tahun_anggaran"),
    "rejected": ("is_tolak",),
    "withdrawn": ("is_batal",),
    "returned": ("is_kembalikan", "kembalikan"),
    "latitude": ("detail_latpeta", "latpeta", "lat", "latitude", "lintang"),
    "longitude": ("detail_langpeta", "detail_lngpeta", "langpeta", "lngpeta", "lon", "lng", "long", "longitude", "bujur"),
    "village": ("kelurahan", "desa", "desa_kelurahan", "kelurahan_desa", "nama_kelurahan", "nama_desa", "detail_lurahteks"),
    "village_code": ("kode_desa", "kode_kelurahan", "kode_wilayah"),
    "subdistrict": ("kecamatan", "nama_kecamatan", "subdistrict_name", "detail_camatteks", "distrik"),
}  # fmt: skip
#: The levels whose advice stands in columns of its own, in the order in which they speak.
ADVISERS = ("lurah", "mitra", "camat", "skpd", "tapd")
ADVICE = tuple(f"rekom_{adviser}_{part}" for adviser in ADVISERS for part in ("rekomendasi", "koefisien", "anggaran"))
REQUIRED = ("source_id", "title", "volume", "amount")
_FIELD_OF = {alias: name for name, aliases in COLUMNS.items() for alias in aliases} | {name: name for name in ADVICE}
_SEARCHED = 40
#: A row is taken for the header where so many of its cells are names we know.
_LEAST = 3
_BRACKETS = re.compile(r"\([^()]*\)")


def named(cell: str) -> str:
    """A header cell as we compare it: `Anggaran (Rp)` -> anggaran, `SKPD Tujuan` -> skpd_tujuan, `No.` -> no."""
    letters = unicodedata.normalize("NFKC", cell).casefold()
    return re.sub(r"[\W_]+", "_", _BRACKETS.sub(" ", letters)).strip("_") or re.sub(r"[\W_]+", "_", letters).strip("_")


def is_known(name: str) -> bool:
    """Whether a column of this name is read in any form."""
    return name in _FIELD_OF or name in sheet_form.KEY_OF


def is_read(name: str, *, ours: bool) -> bool:
    """Whether a column of this name is read in our form, or in the national one."""
    return (name in sheet_form.KEY_OF and sheet_form.BY_KEY[sheet_form.KEY_OF[name]].is_read) if ours else name in _FIELD_OF


def known_fields(names: Sequence[str]) -> int:
    """How many different things these columns tell, in the form in which they tell most."""
    forms: tuple[dict[str, str], ...] = (_FIELD_OF, sheet_form.KEY_OF)
    return max(len({fields[name] for name in names if name in fields}) for fields in forms)


def find_header(rows: Sequence[Sequence[str]]) -> tuple[int, int, list[str]]:
    """Where the header is among the first rows: its place, how many rows it takes (1 or 2), its names.

    Titles may stand above it. Where nothing looks like a header, it is the first row that is not empty.
    """
    first = next((place for place, row in enumerate(rows) if any(row)), 0)
    best = (first, 1, [named(cell) for cell in rows[first]] if rows else [])
    score = max(known_fields(best[2]), _LEAST - 1)
    singles = [(place, 1, [named(cell) for cell in row]) for place, row in enumerate(rows[:_SEARCHED])]
    pairs = [(place, 2, _two_rows(rows[place], rows[place + 1])) for place in range(min(len(rows) - 1, _SEARCHED))]
    # One row first: a title right above the header is no part of it.
    for candidate in (*singles, *pairs):
        if known_fields(candidate[2]) > score:
            best, score = candidate, known_fields(candidate[2])
    return best


def _two_rows(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """A header of two rows, the upper one merged over several columns: "Rekomendasi" over "Volume | Satuan | Pagu"."""
    if not any(below) or any(cell.strip().strip("()").isdigit() for cell in below):
        return []
    names, over = list[str](), ""
    for place in range(max(len(above), len(below))):
        upper = named(above[place]) if place < len(above) else ""
        lower = named(below[place]) if place < len(below) else ""
        over = upper or (over if lower else "")
        joined = f"{over}_{lower}".strip("_")
        names.append(joined if not lower or is_known(joined) or not is_known(lower) else lower)
    return names


def missing_columns(columns: Sequence[str]) -> list[str]:
    """The columns without which no row can be read, by the names of our form where it is ours, else by the village listing's."""
    if sheet_form.is_ours(tuple(columns)):
        return sheet_form.missing(tuple(columns))
    missing = [COLUMNS[name][0] for name in REQUIRED if not any(known in columns for known in COLUMNS[name])]
    return [name for name in missing if name != "koefisien" or not any(known in columns for known in COLUMNS["figure"])]
