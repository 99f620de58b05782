"""Every proposal as a file, beside a bare COPY of the same columns: rows a second, and how large the process grows.

Measures what the database holds: DATABASE_URL at the national set for 1.7 million, else a kabupaten of 10,000 made on the spot.
"""

import os
import resource
import tempfile
import time
from contextlib import nullcontext

from benchmarks.floor import set_up, tell

set_up()

from django.db import connection  # noqa: E402

LEAST = 10_000


class Sink:
    """Counts the bytes that a COPY writes, and keeps none."""

    def __init__(self):
        self.size = 0

    def write(self, piece):
        """As a file does."""
        self.size += len(piece)
        return len(piece)


def megabytes():
    """The largest that this process has been."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def timed(work):
    """Seconds, and what the work answers."""
    begun = time.perf_counter()
    size = work()
    return time.perf_counter() - begun, size


def copied():
    """The floor: the same columns, as text, straight from the server."""
    from proposals.models import Proposal
    from proposals.sheets.form import COLUMNS

    paths = [column.path for column in COLUMNS if column.path and column.path not in ("lon", "lat", "wkt")]
    sql, values = Proposal.objects.public().order_by("-changed_at", "id").values_list(*paths, "location", "shape").query.sql_with_params()
    sink = Sink()
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(f"COPY ({cursor.mogrify(sql, values).decode()}) TO STDOUT (FORMAT csv)", sink)
    return sink.size


def streamed(write):
    """Characters of a streamed file."""
    from proposals.models import Proposal

    return sum(len(piece) for piece in write(Proposal.objects.public().order_by("-changed_at", "id")))


def booked():
    """Bytes of our form as a workbook."""
    from proposals.models import Proposal
    from proposals.sheets import exports

    with tempfile.TemporaryFile() as out:
        exports.workbook(Proposal.objects.public().order_by("-changed_at", "id"), out)
        return out.tell()


def main():
    """Each kind of file."""
    from benchmarks.district import district
    from proposals.models import Proposal
    from proposals.sheets import exports

    enough = Proposal.objects.public().count() >= LEAST
    with nullcontext() if enough else district():
        count = Proposal.objects.public().count()
        floor, size = timed(copied)
        print(f"  {count:,} proposals; a bare COPY: {count / floor:,.0f} a second, {size >> 20} MB; the process begins at {megabytes()} MB")
        wanted = os.environ.get("BENCH_ONLY", "csv geojson xlsx").split()
        for name, work in (("csv", lambda: streamed(exports.csv)), ("geojson", lambda: streamed(exports.geojson)), ("xlsx", booked)):
            if name in wanted:
                took, size = timed(work)
                tell(f"{name}, all columns", took, floor, "a bare COPY")
                print(f"    {count / took:,.0f} rows a second, {size >> 20} MB; the process at its largest: {megabytes()} MB")


if __name__ == "__main__":
    main()
