"""Numbers and dates as an Indonesian office writes them out (terbilang). Pure: no Django."""

from datetime import date

_UNITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")
#: Words of the long scale, the largest first: triliun, miliar, juta, ribu, ratus, puluh.
_SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu"), (100, "ratus"), (10, "puluh"))
#: Where one of them melts into a prefix: seribu, seratus. Not satu juta, satu miliar.
_MELTING = {1000: "seribu", 100: "seratus"}
#: The largest number that has a name here.
LARGEST = 10**15 - 1

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember")
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def in_words(number: int) -> str:
    """`seratus dua puluh lima juta rupiah` without the rupiah. Raises ValueError beyond a thousand trillion."""
    if abs(number) > LARGEST:
        raise ValueError("no name for so large a number")
    return f"minus {in_words(-number)}" if number < 0 else " ".join(_words(number))


def _words(number: int) -> list[str]:
    if number < len(_UNITS):
        return [_UNITS[number]]
    if number < 20:
        return [_UNITS[number - 10], "belas"]
    scale, name = next(pair for pair in _SCALES if number >= pair[0])
    many, rest = divmod(number, scale)
    head = [_MELTING[scale]] if many == 1 and scale in _MELTING else [*_words(many), name]
    return head + (_words(rest) if rest else [])


def rupiah_in_words(amount: int) -> str:
    """`empat ratus juta rupiah`."""
    return f"{in_words(amount)} rupiah"


def day_in_words(day: date) -> str:
    """`Kamis tanggal sebelas bulan Februari tahun dua ribu dua puluh tujuh`, as it follows "Pada hari ini"."""
    return f"{DAYS[day.weekday()]} tanggal {in_words(day.day)} bulan {MONTHS[day.month - 1]} tahun {in_words(day.year)}"


def written_day(day: date) -> str:
    """`11 Februari 2027`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def roman(number: int) -> str:
    """`IV`: annexes are numbered so. For 1 to 39."""
    out = ""
    for value, sign in _ROMAN:
        while number >= value:
            out, number = out + sign, number - value
    return out
