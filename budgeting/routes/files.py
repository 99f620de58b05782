"""Proposals with the way to their money as a table for spreadsheets, row by row."""

from collections.abc import Iterator
from typing import Any

from budgeting.routes.lookup import routed
from proposals.sheets.exports import CHUNK, line

COLUMNS = (
    "nomor_usulan", "tahun", "kode_desa", "desa", "judul", "anggaran", "kode_jalur", "lewat_daftar", "sumber_dana", "alasan", "dasar_kewenangan",
    "disahkan", "dialihkan",
)  # fmt: skip


def csv(proposals: Any) -> Iterator[str]:
    """What `lists.routes` found: UTF-8 with its mark, money whole, words in the language of the request."""
    yield "\ufeff" + line(list(COLUMNS))
    for row in proposals.iterator(chunk_size=CHUNK):
        found = routed(row)
        yield line([
            row.number, row.plan_year, row.village_id, row.village.title, row.title, row.amount, found.route.code, found.way_word, found.source,
            found.sentence, found.legal_basis, "ya" if found.is_verified else "", "ya" if found.is_chosen else "",
        ])  # fmt: skip
