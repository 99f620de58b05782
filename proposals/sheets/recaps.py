"""The national system's two reports over our register: the recap by village, and the listing of a village's proposals."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Sum
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import Assignment
from accounts.roles import Role
from geo.codes import Level
from geo.models import Region
from proposals.filters import ProposalFilter
from proposals.querysets import ProposalQuerySet
from proposals.sheets import sipd
from proposals.sheets.book import Row, Style, Table
from proposals.sheets.sipd import Counted, Recap
from proposals.stages import Outcome, Stage

_MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember")
RECAP_HEADER = (
    "No", "Kecamatan", "Desa/Kelurahan", "Nama Kepala Desa/Lurah", "Usulan Masuk",
    "Mitra Bappeda: Tidak/Belum Divalidasi", "Mitra Bappeda: Ditolak", "Mitra Bappeda: Diteruskan",
    "Kecamatan: Tidak/Belum Diverifikasi", "Kecamatan: Ditolak", "Kecamatan: Diteruskan",
    "Forum SKPD: Tidak/Belum Diverifikasi", "Forum SKPD: Ditolak", "Forum SKPD: Diteruskan",
    "Total Pagu Diteruskan ke Musrenbang Kabupaten",
)  # fmt: skip
LISTING_HEADER = (
    "No", "Kamus Usulan", "Uraian Permasalahan dan Usulan", "Lokasi/Alamat", "Tanggal Usul", "Rekomendasi Volume", "Satuan", "Pagu", "Keterangan",
)  # fmt: skip
_CHUNK = 1000
#: Called with each row, for whoever watches.
Telling = Callable[[], None]


@dataclass(frozen=True)
class Line:
    """A village's line of the recap; a sub-district's where `village` is None, everything together where both are."""

    subdistrict: str
    village: str | None
    head: str
    recap: Recap
    code: str = ""

    @property
    def figures(self) -> tuple[int, ...]:
        """The eleven figures, for templates."""
        return self.recap.figures()


def recap(found: ProposalFilter) -> Iterator[Line]:
    """Village by village in the order of their codes, a sum after each sub-district, everything at the end.

    Asked of the tallies, and of the proposals only where words or a box were asked for. Villages without any are left in.
    """
    code = found.region_code
    cells = _of_proposals(found) if found.needs_proposals else _of_tallies(found)
    heads = _heads(code)
    total, part, above = Recap(), Recap(), ""
    for village, name, parent in _villages(code):
        if above and parent != above:
            yield Line(above, None, "", part)
            part = Recap()
        above = parent
        one = sipd.recap_of(cells.get(village, ()))
        part, total = part + one, total + one
        yield Line(parent, name, heads.get(village, ""), one, village)
    if above:
        yield Line(above, None, "", part)
    yield Line("", None, "", total)


def _villages(code: str) -> Iterator[tuple[str, str, str]]:
    below = Region.objects.at(Level.VILLAGE).in_force().within(code).order_by("pk")
    yield from below.values_list("pk", "name", "parent__name").iterator(chunk_size=_CHUNK)


def _heads(code: str) -> dict[str, str]:
    """Who is village head today, by village."""
    today = clock.today()
    held = Assignment.objects.filter(role=Role.VILLAGE_HEAD.value, region__code__startswith=code, starts_on__lte=today)
    rows = held.exclude(ends_on__lt=today).order_by("-starts_on", "-pk").values_list("region_id", "user__display_name")
    return dict(rows)


def _of_tallies(found: ProposalFilter) -> dict[str, list[Counted]]:
    """What the tallies and the changes not yet folded into them say of each village, in one statement."""
    condition, values = found.wanted().condition()
    like = f"{found.region_code}%"
    one = (
        f"SELECT region_code, stage, outcome, proposals, amount FROM {{table}} WHERE length(region_code) = 13 AND region_code LIKE %s AND {condition}"  # noqa: S608
    )
    union = " UNION ALL ".join(one.format(table=table) for table in ("proposals_tally", "proposals_tallychange"))
    sql = f"SELECT region_code, stage, outcome, sum(proposals), sum(amount) FROM ({union}) AS cells GROUP BY 1, 2, 3 HAVING sum(proposals) <> 0"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [like, *values, like, *values])
        return _by_village(cursor.fetchall())


def _of_proposals(found: ProposalFilter) -> dict[str, list[Counted]]:
    rows = found.qs.order_by().values_list("village_id", "stage", "outcome").annotate(Count("pk"), Sum("amount"))
    return _by_village(rows.order_by("village_id", "stage", "outcome"))


def _by_village(rows: Iterable[Any]) -> dict[str, list[Counted]]:
    cells = defaultdict[str, list[Counted]](list)
    for village, stage, outcome, proposals, amount in rows:
        cells[village].append(Counted(Stage(stage), Outcome(outcome), int(proposals), int(amount or 0)))
    return cells


def recap_table(found: ProposalFilter, title: str) -> Table:
    """The recap as a sheet to print."""
    styles = [Style.NUMBER, *[Style.TEXT] * 3, *[Style.NUMBER] * 11]
    return Table("Rekapitulasi", RECAP_HEADER, _recap_rows(found), [5, 18, 20, 22, *[11] * 10, 20], styles, _above(title))


def _above(title: str) -> list[Row]:
    return [Row([title], Style.TITLE), Row([_("As of %(day)s.") % {"day": _day(clock.today())}], Style.PLAIN), Row([], Style.PLAIN)]


def _recap_rows(found: ProposalFilter) -> Iterator[Any]:
    number = 0
    sums = [*[Style.SUM_TEXT] * 4, *[Style.SUM_NUMBER] * 11]
    for line in recap(found):
        if line.village is None:
            name = f"JUMLAH {line.subdistrict}".strip() if line.subdistrict else "JUMLAH SELURUHNYA"
            yield Row([None, name, None, None, *line.figures], sums)
        else:
            number += 1
            yield [number, line.subdistrict, line.village, line.head, *line.figures]


def listing_table(queryset: ProposalQuerySet, title: str, tell: Telling) -> Table:
    """The listing as a sheet to print: each village under its name, with its sum. `tell` is told each row."""
    styles = [Style.NUMBER, *[Style.TEXT] * 4, Style.VOLUME, Style.TEXT, Style.NUMBER, Style.TEXT]
    return Table("Daftar usulan", LISTING_HEADER, _listing_rows(queryset, tell), [5, 26, 52, 30, 14, 12, 10, 18, 26], styles, _above(title))


def _listing_rows(queryset: ProposalQuerySet, tell: Telling) -> Iterator[Any]:
    asked = ("village_id", "village__name", "village__parent__name", "dictionary_entry__name", "title", "problem", "locus", "submitted_at", "volume")
    rows = queryset.order_by("village_id", "number", "pk").values_list(*asked, "unit", "amount", "stage", "outcome")
    village, number, total, everything = "", 0, 0, 0
    for code, name, above, entry, title, problem, locus, day, volume, unit, amount, stage, outcome in rows.iterator(chunk_size=_CHUNK):
        if code != village:
            if village:
                yield _sum("JUMLAH", total)
            village, number, total = code, 0, 0
            yield Row([None, f"{name}, {above}", *[None] * 7], Style.SUM_TEXT)
        tell()
        number, total, everything = number + 1, total + (amount or 0), everything + (amount or 0)
        words = f"{problem}\n{title}".strip() if problem else title
        told = sipd.status_of(Stage(stage), Outcome(outcome))
        yield [number, entry or title, words, locus, _day(localtime(day)) if day else None, volume, unit, amount, told]
    if village:
        yield _sum("JUMLAH", total)
    yield _sum("JUMLAH SELURUHNYA", everything)


def _sum(word: str, amount: int) -> Row:
    return Row([None, word, *[None] * 5, amount, None], [*[Style.SUM_TEXT] * 7, Style.SUM_NUMBER, Style.SUM_TEXT])


def _day(day: Any) -> str:
    """A day as Indonesian offices write it, whatever language the reader has: the sheet is theirs."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
