"""How alike two proposals are, in points from 0 to 100: whole numbers, so that the same two always get the same.

    place   40  both drawn: the overlap as a share of the shorter line or smaller area, a line taken as wide as the radius;
                else full up to the radius (the kabupaten's `duplicate_radius_m`), from there falling evenly to 0 at 500 m;
                10 where one of them has no place and both are of the same village
    work    35  the same entry of the dictionary; 20 a related one (same group, or same programme and activity);
                8 only the same sector
    words   25  the larger of two shares of the titles, both without the words that say nothing: stems in common (Dice),
                and trigrams in common, which forgives typing errors; half where not even the sector is the same

From `SHOWN` points on a pair is shown to people, from `STRONG` on it is told as a probable duplicate. Neither place
nor work nor words reaches `SHOWN` alone: a school beside a road is none, nor is the same road work ten villages away.
The weights are ours; the law only asks that the same work within the radius in the same year be looked at
(`must_be_answered`). Pure: no Django.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

PLACE, WORK, WORDS = 40, 35, 25
RELATED_WORK, SAME_SECTOR, SAME_VILLAGE = 20, 8, 10
#: Metres beyond which two places have nothing to do with each other.
REACH_M = 500
SHOWN, STRONG = 50, 75
#: From this share of the titles on, per mille, the words are told as a reason.
TELLING_WORDS = 500

#: Words of titles that say nothing about which work it is: verbs of building, kinds of place, small words.
_WORDS = """
pembangunan perbaikan peningkatan pengadaan pembuatan pemasangan rehabilitasi rehab renovasi pemeliharaan perawatan lanjutan
lanjut penyediaan pelaksanaan kegiatan program bantuan usulan pekerjaan penambahan perluasan baru
desa dusun kampung kelurahan kecamatan kabupaten kota rt rw lingkungan wilayah lokasi jl
dan atau di ke dari pada dengan untuk yang serta dalam oleh bagi sampai menuju sepanjang ini itu
"""
#: The same as PostgreSQL's `indonesian` stemmer leaves them; a test compares.
_STEMS = """
bangun baik ingkat ada buat pasang rehabilitasi rehab renovasi pelihara awat lanjut sedia laksana giat program bantu usul kerja ambah
luas baru desa dusun kampung lurah camat kabupaten kota rt rw lingkung wilayah lokasi jl
dan atau di ke dari pada dengan untuk yang serta dalam oleh bagi sampa uju sepanjang ini itu
"""
EMPTY_WORDS, EMPTY_STEMS = frozenset(_WORDS.split()), frozenset(_STEMS.split())


class Work(StrEnum):
    """How the kinds of work of two proposals stand to each other."""

    SAME = "same"
    RELATED = "related"
    SECTOR = "sector"
    OTHER = "other"


@dataclass(frozen=True)
class Kind:
    """What kind of work a proposal asks for. Without a dictionary entry only the sector is known."""

    sector: str = ""
    #: Kabupaten whose dictionary it is from; codes mean nothing outside of it.
    district: str = ""
    code: str = ""
    name: str = ""
    group: str = ""
    programme: str = ""
    activity: str = ""


@dataclass(frozen=True)
class Facts:
    """What is known about two proposals. Metres are whole, shares are per mille."""

    #: None where one of them has no place.
    distance_m: int | None
    work: Work
    words: int
    #: Of the shorter line or the smaller area; None unless both were drawn alike.
    overlap: int | None = None
    same_village: bool = False


def points(facts: Facts, *, radius_m: int) -> int:
    """The points of two proposals; the table above."""
    work = {Work.SAME: WORK, Work.RELATED: RELATED_WORK, Work.SECTOR: SAME_SECTOR, Work.OTHER: 0}[facts.work]
    words = WORDS * facts.words // (2000 if facts.work is Work.OTHER else 1000)
    return place_points(facts, radius_m=radius_m) + work + words


def place_points(facts: Facts, *, radius_m: int) -> int:
    """The part that the places give, from 0 to `PLACE`."""
    if facts.overlap is not None:
        return PLACE * facts.overlap // 1000
    if facts.distance_m is None:
        return SAME_VILLAGE if facts.same_village else 0
    if facts.distance_m <= radius_m:
        return PLACE
    if facts.distance_m >= REACH_M:
        return 0
    return PLACE * (REACH_M - facts.distance_m) // (REACH_M - radius_m)


def must_be_answered(facts: Facts, *, radius_m: int, same_year: bool) -> bool:
    """Whether the writer has to say what it is before sending: the same work, near, in the same year (DOMAIN 8.6)."""
    near = facts.distance_m is not None and facts.distance_m <= radius_m
    return near and same_year and facts.work is Work.SAME


def work_between(one: Kind, other: Kind) -> Work:
    """How two kinds of work stand to each other. The same name is the same work in another kabupaten's dictionary too."""
    if one.name and other.name:
        same_code = one.district == other.district and bool(one.code) and one.code == other.code
        if same_code or _plain(one.name) == _plain(other.name):
            return Work.SAME
        same_activity = bool(one.activity) and (one.programme, one.activity) == (other.programme, other.activity)
        if same_activity or (one.group and one.group == other.group):
            return Work.RELATED
    return Work.SECTOR if one.sector and one.sector == other.sector else Work.OTHER


def _plain(name: str) -> str:
    return " ".join(name.lower().split())


def shared_words(one: Iterable[str], other: Iterable[str]) -> int:
    """Stems in common, Dice's share per mille; stems that say nothing do not count."""
    mine, theirs = telling(one), telling(other)
    return 2000 * len(mine & theirs) // (len(mine) + len(theirs)) if mine and theirs else 0


def telling(stems: Iterable[str]) -> frozenset[str]:
    """The stems that say which work it is: no measures, no single letters, and of "jalan-jalan" the word, not the pair."""
    return frozenset(stem for stem in stems if stem not in EMPTY_STEMS and len(stem) > 1 and not stem[0].isdigit() and "-" not in stem)
