"""Our own form: every column of it, for the way out and the way in. What the export writes, the import reads. Pure.

`key` is the column's name in CSV, JSON and GeoJSON, and never changes with the language; `heading` is what stands above it in
a workbook. Both are understood on the way in. Columns that are only told (counts, names, what follows from another) are
passed over there.
"""

from dataclasses import dataclass

#: Stands in the source column of proposals that were written here: their id is their own UUID.
OWN_SOURCE = "musrenbang"
#: What a row belongs to that names no source: the sheet it stands in.
SHEET_SOURCE = "lembar"


@dataclass(frozen=True)
class Column:
    """One column. `path` is where its value stands in the register; empty where it is made from other values."""

    key: str
    heading: str
    path: str = ""
    is_read: bool = True
    width: int = 14


COLUMNS = (
    Column("id", "id", "id", width=20),
    Column("number", "nomor", "number", is_read=False, width=18),
    Column("title", "judul_usulan", "title", width=44),
    Column("problem", "permasalahan", "problem", width=50),
    Column("objective", "tujuan", "objective", width=36),
    Column("sector", "bidang", "sector"),
    Column("village", "kode_desa", "village_id", width=16),
    Column("village_name", "nama_desa", "village__name", is_read=False, width=20),
    Column("subdistrict_name", "nama_kecamatan", "village__parent__name", is_read=False, width=20),
    Column("district_name", "nama_kabupaten", "village__parent__parent__name", is_read=False, width=20),
    Column("plan_year", "tahun_rencana", "plan_year"),
    Column("volume", "volume", "volume"),
    Column("unit", "satuan", "unit"),
    Column("unit_price", "harga_satuan", "unit_price", width=18),
    Column("amount", "anggaran", "amount", width=18),
    Column("locus", "alamat", "locus", width=32),
    Column("stage", "tahap", "stage"),
    Column("outcome", "hasil", "outcome"),
    Column("funded_amount", "dana_diberikan", "funded_amount", width=18),
    Column("supports", "dukungan", "supports", is_read=False),
    Column("comments", "tanggapan", "comments", is_read=False),
    Column("author_name", "dicatat_oleh", "author__display_name", is_read=False, width=24),
    Column("created_at", "dibuat", "created_at", is_read=False, width=20),
    Column("changed_at", "diubah", "changed_at", is_read=False, width=20),
    Column("lon", "bujur", "lon"),
    Column("lat", "lintang", "lat"),
    Column("source_system", "sumber", "source_system"),
    Column("source_id", "id_sumber", "source_id", width=20),
    Column("channel", "jalur", "channel"),
    Column("sponsor", "pengusung", "sponsor", width=24),
    Column("sponsor_reference", "rujukan_pengusung", "sponsor_reference", width=24),
    Column("dictionary_code", "kode_kamus", "dictionary_entry__code"),
    Column("dictionary_name", "nama_kamus", "dictionary_entry__name", is_read=False, width=32),
    Column("programme", "program", "dictionary_entry__programme", is_read=False, width=32),
    Column("agency", "perangkat_daerah", "agency__name", width=28),
    Column("amount_reason", "alasan_anggaran", "amount_reason", width=28),
    Column("location_source", "asal_titik", "location_source"),
    Column("location_accuracy_m", "ketelitian_m", "location_accuracy_m"),
    Column("mismatch_reason", "alasan_titik", "mismatch_reason", width=28),
    Column("shape", "bentuk", "wkt", width=28),
    #: A cell of a workbook holds 32,767 characters; a long line goes on here.
    Column("shape_rest", "bentuk_lanjutan", ""),
    Column("land_owner", "pemilik_lahan", "land_owner"),
    Column("raised_by_women", "usulan_perempuan", "raised_by_women"),
    Column("raised_by_youth", "usulan_pemuda", "raised_by_youth"),
    Column("raised_by_disabled", "usulan_difabel", "raised_by_disabled"),
    Column("raised_by_poor", "usulan_warga_miskin", "raised_by_poor"),
    Column("pre_meeting", "pra_musyawarah", "pre_meeting", width=28),
    Column("beneficiaries_female", "penerima_perempuan", "beneficiaries_female"),
    Column("beneficiaries_male", "penerima_laki_laki", "beneficiaries_male"),
    Column("beneficiary_households", "penerima_kk", "beneficiary_households"),
    Column("poor_households", "kk_miskin", "poor_households"),
    Column("rank", "peringkat", "rank"),
    Column("first_asked_year", "tahun_pertama", "first_asked_year"),
    Column("realisation", "pelaksanaan", "realisation"),
    Column("funding_source", "sumber_dana", "funding_source"),
    Column("on_behalf_of", "atas_nama", "on_behalf_of", width=24),
    Column("submitted_at", "diajukan", "submitted_at", width=20),
    Column("merged_into", "digabung_ke", "merged_into_id", width=20),
    Column("status", "status_usul_teks", "", is_read=False, width=28),
    Column("photos", "foto", "", width=24),
)
KEYS = tuple(column.key for column in COLUMNS)
BY_KEY = {column.key: column for column in COLUMNS}
#: Either name of a column, to its key.
KEY_OF = {column.key: column.key for column in COLUMNS} | {column.heading: column.key for column in COLUMNS}
#: What a person fills in an empty form; the rest is for taking a register over.
BLANK_FORM = (
    "source_id", "village", "title", "problem", "objective", "sector", "dictionary_code", "volume", "unit", "unit_price", "amount", "amount_reason",
    "locus", "lat", "lon", "shape", "agency", "land_owner", "on_behalf_of", "pre_meeting", "raised_by_women", "raised_by_youth", "raised_by_disabled",
    "raised_by_poor", "beneficiaries_female", "beneficiaries_male", "beneficiary_households", "poor_households", "first_asked_year", "photos",
)  # fmt: skip
REQUIRED = ("title", "volume")
#: Names that no other form has: where some of them stand, the sheet is in our form.
_TELLING = frozenset(
    name
    for key in (
        "source_system", "source_id", "channel", "unit_price", "dictionary_code", "sponsor", "amount_reason", "location_source", "land_owner",
        "raised_by_women", "raised_by_youth", "raised_by_disabled", "raised_by_poor", "pre_meeting", "first_asked_year", "stage", "outcome",
        "beneficiaries_female", "beneficiaries_male", "plan_year",
    )
    for name in (key, BY_KEY[key].heading)
)  # fmt: skip
#: So many where no id of a national form stands beside them, and where one does.
_LEAST, _LEAST_BESIDE = 2, 3
_NATIONAL_IDS = frozenset({"id_usulan", "id_unik", "id_usul", "kode_usulan", "no_usulan", "nomor_usulan"})


def is_ours(columns: tuple[str, ...]) -> bool:
    """Whether a header is our form's, whole or in parts."""
    here = set(columns)
    return len(_TELLING & here) >= (_LEAST_BESIDE if _NATIONAL_IDS & here else _LEAST)


def missing(columns: tuple[str, ...]) -> list[str]:
    """The columns without which no row of our form can be read, by their headings; empty where there is all."""
    known = {KEY_OF[name] for name in columns if name in KEY_OF}
    lacking = [BY_KEY[key].heading for key in REQUIRED if key not in known]
    return lacking + ([] if {"amount", "unit_price"} & known else [BY_KEY["amount"].heading])
