"""Which column of a sheet of works means what. Pure.

Sources: a real list of a kabupaten (`id, nama_usulan, jenis_usulan, pelaksana`) and the column names of the national
system's dictionary (DOMAIN 5, "Kamus fields").
"""

from collections.abc import Sequence

from proposals.sheets.columns import named

#: Our name of a column and the names it has, the preferred first.
COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("kode_kamus", "id_kamus", "kode_usulan", "kode", "code", "id_unik", "id"),
    "name": ("nama_usulan", "kamus_usulan", "nama_kamus", "giat_teks", "usulan", "uraian_usulan", "nama", "name", "pekerjaan"),
    "sector": ("sektor", "sector"),
    "affair": ("bidang_urusan", "urusan", "nama_bidang_urusan"),
    "kind": ("jenis_usulan", "tipe", "jenis", "kind"),
    "unit": ("satuan", "unit"),
    "unit_price": ("harga_satuan", "anggaran", "harga", "pagu", "unit_price"),
    "agency": ("pelaksana", "skpd", "nama_skpd", "opd", "perangkat_daerah", "agency"),
    "programme": ("nama_program", "program", "programme"),
    "activity": ("sub_kegiatan", "kegiatan", "nama_kegiatan", "activity", "pekerjaan"),
    "output": ("output_teks", "output", "keluaran"),
    "group": ("kelompok", "group", "prioritas_teks", "prioritas"),
    "everyday_words": ("kata_sehari_hari", "everyday_words", "kata_kunci"),
    "is_locked": ("is_locked", "terkunci", "dikunci"),
    "plan_year": ("tahun", "tahun_anggaran", "plan_year"),
}
REQUIRED = ("code", "name")
_HEAD = 20


def matched(header: Sequence[str]) -> dict[str, int]:
    """Our names of the columns that this row of a sheet names, with their places; a column serves once."""
    names = [named(cell) for cell in header]
    found: dict[str, int] = {}
    for field, aliases in COLUMNS.items():
        place = next((names.index(alias) for alias in aliases if alias in names and names.index(alias) not in found.values()), None)
        if place is not None:
            found[field] = place
    return found


def find_header(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """The place of the row among the first ones that names most of our columns, and where each stands."""
    best: tuple[int, dict[str, int]] = (0, {})
    for place, row in enumerate(rows[:_HEAD]):
        here = matched(row)
        if len(here) > len(best[1]):
            best = place, here
    return best


def missing(found: dict[str, int]) -> list[str]:
    """The columns without which no row can be read, by the names that come first."""
    first = {"code": "id", "name": "nama_usulan"}
    return [first[field] for field in REQUIRED if field not in found]
