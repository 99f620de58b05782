"""Ten thousand rows of a sheet into the register, beside bare INSERTs of the same rows; all of it is taken back."""

import io
import resource
import time
import uuid

from benchmarks.floor import set_up, tell

set_up()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from psycopg2.extras import execute_values  # noqa: E402

ROWS = 10_000
PLAN_YEAR = 2098
NATIONAL = ("id_usulan", "usulan", "permasalahan", "alamat", "skpd_tujuan", "koefisien", "anggaran", "keterangan", "kode_desa", "lat", "lon")
OURS = (
    "id_sumber", "judul_usulan", "permasalahan", "alamat", "perangkat_daerah", "volume", "satuan", "harga_satuan", "anggaran", "kode_desa",
    "lintang", "bujur", "usulan_perempuan", "penerima_kk", "tahap",
)  # fmt: skip


def national(number, village):
    """A row of the national form."""
    point = (village.anchor.y, village.anchor.x) if village.anchor else ("", "")
    return [
        number,
        f"Rabat beton gang {number}",
        "Becek setiap hujan",
        f"RT {number % 9}",
        "Dinas PU",
        "100 m",
        10_000_000,
        "Diteruskan ke Forum SKPD",
        village.pk,
        *point,
    ]


def ours(number, village):
    """A row of our form."""
    point = (village.anchor.y, village.anchor.x) if village.anchor else ("", "")
    return [
        number,
        f"Rabat beton gang {number}",
        "Becek setiap hujan",
        f"RT {number % 9}",
        "Dinas PU",
        100,
        "m",
        100_000,
        10_000_000,
        village.pk,
        *point,
        1,
        35,
        "agency",
    ]


def workbook(header, row_of, villages):
    """Ten thousand rows as XLSX."""
    from proposals.sheets.book import Table, write

    out = io.BytesIO()
    write(out, [Table("Usulan", header, (row_of(number, villages[number % len(villages)]) for number in range(1, ROWS + 1)))])
    return out.getvalue()


def taken(content, region):
    """Seconds to read and write them; a second time finds them all here."""
    from proposals import sheets
    from proposals.services.import_rights import PLATFORM
    from proposals.services.importing import bring_in

    begun = time.perf_counter()
    sheet = sheets.read_bytes(content, name="usulan.xlsx")
    report = bring_in(sheet=sheet, region=region, plan_year=PLAN_YEAR, authority=PLATFORM, actor=None)
    took = time.perf_counter() - begun
    assert report.count("created") in (0, ROWS), [fate for fate in report.fates if fate.status != "created"][:3]  # noqa: S101
    return took


def bare():
    """The same rows, with the same triggers and indexes, by INSERTs of five hundred."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM proposals_proposal WHERE plan_year = %s", [PLAN_YEAR])
        names, rows = [column.name for column in cursor.description], cursor.fetchall()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        place, number, source = names.index("id"), names.index("number"), names.index("source_id")
        again = [(*row[:place], str(uuid.uuid4()), *row[place + 1 :]) for row in rows]
        again = [tuple(f"B{at}" if column in (number, source) else value for column, value in enumerate(row)) for at, row in enumerate(again)]
        begun = time.perf_counter()
        execute_values(cursor.cursor, f"INSERT INTO proposals_proposal ({', '.join(names)}) VALUES %s", again, page_size=500)  # noqa: S608
        return time.perf_counter() - begun


def main():
    """Both forms, and each again."""
    from geo.models import Region

    region = Region.objects.light().get(pk=settings.HOME_REGION)
    villages = list(Region.objects.filter(pk__startswith=f"{region.pk}.", level="village").defer("boundary", "outline").order_by("pk"))
    for name, header, row_of in (("national form", NATIONAL, national), ("our form", OURS, ours)):
        content = workbook(header, row_of, villages)
        with transaction.atomic():
            first, again = taken(content, region), taken(content, region)
            floor = bare()
            transaction.set_rollback(True)
        tell(f"import of 10,000 rows, {name} (XLSX)", first, floor, "bare INSERTs")
        tell("  the same again, nothing new", again, floor, "bare INSERTs")
    print(f"  the process at its largest: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
