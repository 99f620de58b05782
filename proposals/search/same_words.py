"""Words that mean the same: small words that say nothing, short forms, and roots that the stemmer takes one letter too far."""

#: Found in nearly every sentence; left out of a question that has other words.
SMALL_WORDS = frozenset({
    "ada", "adalah", "agar", "akan", "akibat", "antara", "apa", "atas", "atau", "bagi", "bahwa", "banyak", "bisa", "dalam", "dan", "dapat",
    "dari", "demi", "dengan", "di", "hingga", "ini", "itu", "jika", "juga", "kami", "karena", "ke", "kepada", "kita", "lagi", "lain", "maka",
    "masih", "mereka", "oleh", "pada", "para", "pun", "saat", "sampai", "sangat", "saya", "sebagai", "secara", "sehingga", "sejak", "serta",
    "setiap", "sudah", "supaya", "tanpa", "telah", "tentang", "terhadap", "tersebut", "tiap", "untuk", "yaitu", "yang",
})  # fmt: skip

#: The short forms of signs, phones and forms; each group is one word.
_SHORT_FORMS = (
    ("jalan", "jln", "jl"), ("gang", "gg"), ("dusun", "dsn"), ("desa", "ds"), ("kelurahan", "kel"), ("kecamatan", "kec"), ("kabupaten", "kab"),
    ("jembatan", "jmbt", "jbt", "jembt"), ("sungai", "sei", "sui", "sungei"), ("masjid", "mesjid"), ("drainase", "drainasi", "draenase"),
    ("meter", "mtr"), ("kelompok", "klp", "kel"), ("gedung", "gdg"), ("lapangan", "lap"), ("parit", "prt"),
    ("cor", "ecor", "dicor"), ("cat", "ecat", "dicat"), ("bor", "ebor", "dibor"),
    ("paving", "paping", "pafing", "pavingisasi"), ("aspal", "asfal"), ("saluran", "sal"), ("perbaikan", "perb"), ("pembangunan", "pemb", "pbgn"),
    ("rehabilitasi", "rehab"), ("sekolah", "sklh", "sekolahan"), ("penerangan", "pju"), ("huni", "rtlh"), ("mikro", "umkm"),
    ("mck", "wc", "toilet", "kakus"),
)  # fmt: skip

#: Roots that lose their first letter after peng-, pen-, meng-, men- (pengerasan, penurapan), and what the stemmer leaves of them.
_LOST_LETTERS = {
    "keras": "eras", "kuat": "uat", "kirim": "irim", "kelola": "elola", "kembang": "embang", "kurang": "urang", "kumpul": "umpul",
    "keruk": "eruk", "kering": "ering", "turap": "urap", "tingkat": "ingkat", "tata": "ata", "tanam": "anam", "timbun": "imbun",
    "tutup": "utup", "terang": "erang", "tembok": "embok", "tambah": "ambah", "tampung": "ampung", "tunjang": "unjang", "tanggulang": "anggulang",
    "tebang": "ebang", "tahu": "etahu",
}  # fmt: skip


def _groups() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for group in (*_SHORT_FORMS, *_LOST_LETTERS.items()):
        for word in group:
            table[word] = table.get(word, frozenset()) | frozenset(group)
    return table


#: Said for the same thing, yet no spelling of it.
_OTHER_WORDS = frozenset({"pju", "rtlh", "umkm", "wc", "toilet", "kakus", "pavingisasi"})
#: Each short form and the word it stands for, the likelier of two.
WHOLE = {short: group[0] for group in reversed(_SHORT_FORMS) for short in group[1:] if short not in _OTHER_WORDS}
#: Every word or stem that has others like it, with all of them and itself.
SAME = _groups()
