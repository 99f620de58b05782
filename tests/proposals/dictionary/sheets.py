"""Sheets of works as offices send them."""

import io

import openpyxl

from proposals.dictionary.sheet import Table, read

#: A few lines of a real kabupaten's list, without unit and price.
JEMBER = """id,nama_usulan,jenis_usulan,pelaksana
12,Konstruksi Jalan Paving Permukiman Lebar 2m,USULAN FISIK,"Dinas Perumahan Rakyat, Cipta Karya dan Tata Ruang"
13,Konstruksi Jalan Paving Permukiman Lebar 2 m dengan Saluran lebar 40 cm,USULAN FISIK,"Dinas Perumahan Rakyat, Cipta Karya dan Tata Ruang"
22,Pemasangan PJU dengan kabel udara (Lebar Jalan Minimal 3m),USULAN FISIK,Dinas Kebersihan dan Ruang Terbuka Hijau
24,Pengurugan Lahan,USULAN FISIK,Dinas Kebersihan dan Ruang Terbuka Hijau
57,Pelatihan Keterampilan Kerja Kejuruan Elektronika,USULAN NON FISIK,Dinas Tenaga Kerja
62,Pembentukan Taman Bacaan Masyarakat,USULAN NON FISIK,Dinas Perpustakaan dan Kearsipan
"""
NATIONAL_HEADER = [
    "ID Unik", "Program", "Bidang Urusan", "SKPD", "giat_teks", "pekerjaan", "output_teks", "prioritas_teks", "satuan", "Anggaran (Rp)", "tipe", "is_locked",
]  # fmt: skip
NATIONAL = [
    [
        "K-1",
        "Penyelenggaraan Jalan",
        "Pekerjaan Umum",
        "Dinas PU",
        "Rabat beton jalan desa",
        "Rabat beton",
        "Jalan mantap",
        "1",
        "Meter",
        850000,
        "Fisik",
        0,
    ],
    ["K-2", "Pendidikan dasar", "Pendidikan", "Dikbud", "Ruang kelas baru", "Gedung", "Ruang kelas", "2", "ruang", "Rp 145.000.000", "Fisik", 1],
]


def csv(text: str, name: str = "kamus.csv") -> Table:
    return read(text.encode(), name=name)


def xlsx(rows, *, title: str = "Kamus", above=()) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.title = title
    for row in (*above, *rows):
        page.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def national(rows=NATIONAL) -> Table:
    return read(xlsx([NATIONAL_HEADER, *rows], above=[["KAMUS USULAN TAHUN 2028"], []]), name="kamus.xlsx")
