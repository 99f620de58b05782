"""Files that somebody asked for: collected in the background into a file of theirs."""

import hashlib
import itertools
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile, SpooledTemporaryFile
from typing import IO, cast

from django.core.files import File
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts import clock
from accounts.refusals import Conflict
from geo.models import Region
from proposals.filters import ProposalFilter
from proposals.models import Proposal, SheetJob
from proposals.services.importing import Telling
from proposals.sheets import book as sheet_book
from proposals.sheets import exports, recaps

#: Name of a kind of file, and how its file is called.
KINDS = {"form": "usulan", "listing": "daftar-usulan", "recap": "rekapitulasi"}
#: Up to so many rows are answered at once; more are collected in the background.
AT_ONCE = 5_000
_PIECE = 1 << 20


def asked(query: str) -> ProposalFilter:
    """The filters of an address; raises `Invalid` (400) with the wrong fields named."""
    return ProposalFilter(QueryDict(query), queryset=Proposal.objects.public()).or_refuse()


def title_of(found: ProposalFilter, word: str) -> str:
    """What stands above a printed sheet: which report, of where, of which year."""
    region = Region.objects.light().filter(pk=found.region_code).first() if found.region_code else None
    year = found.form.cleaned_data["plan_year"]
    return " ".join(part for part in (word, region.title if region else "Indonesia", str(year or "")) if part)


def write(kind: str, found: ProposalFilter, out: IO[bytes], tell: Telling | None = None) -> int:
    """Write one kind of file; answers its rows. `tell` is told how many proposals of how many are in it."""
    if kind == "recap":
        return sheet_book.write(out, [recaps.recap_table(found, title_of(found, "Rekapitulasi usulan"))])
    count = _counter(tell, found.qs.order_by().count()) if tell else _nobody
    if kind == "listing":
        return sheet_book.write(out, [recaps.listing_table(found.qs, title_of(found, "Daftar usulan"), count)])
    return exports.workbook(found.qs, out, tell=count)


def at_once(kind: str, query: str) -> tuple[IO[bytes], str]:
    """A file that is small enough to be written while its reader waits, and its name. Raises `Invalid` and `Conflict` (409, too many rows)."""
    found = asked(query)
    if kind == "recap" and not found.region_code:
        raise Conflict(_("The whole country is collected in the background: ask for the file, or choose a region."), code="too_many_rows")
    if kind != "recap" and len(found.qs.order_by().values_list("pk")[: AT_ONCE + 1]) > AT_ONCE:
        sentence = _("More than %(most)s proposals are found. Ask for the file, and it is collected in the background.")
        raise Conflict(sentence % {"most": f"{AT_ONCE:,}".replace(",", ".")}, code="too_many_rows")
    out = SpooledTemporaryFile(max_size=_PIECE * 8)  # noqa: SIM115 - closed by the answer that sends it
    write(kind, found, cast("IO[bytes]", out))
    out.seek(0)
    return cast("IO[bytes]", out), file_name(kind, found)


def file_name(kind: str, found: ProposalFilter) -> str:
    """What the file is called where it is kept: `usulan-61.12-2028.xlsx`."""
    parts = (KINDS[kind], found.region_code, found.form.cleaned_data["plan_year"])
    return "-".join(str(part) for part in parts if part) + ".xlsx"


def _nobody() -> None:
    return None


def _counter(tell: Telling, total: int) -> Callable[[], None]:
    """Counts the rows and tells of them now and then: looking at the clock for each would take its time."""
    numbers = itertools.count(1)

    def one() -> None:
        if (done := next(numbers)) % 1000 == 0:
            tell(done, total)

    return one


def collect(job: SheetJob, tell: Telling) -> None:
    """Write the job's file and keep it."""
    found = asked(job.options.get("query", ""))
    kind = job.options["kind"]
    with NamedTemporaryFile(suffix=".xlsx") as out:
        rows = write(kind, found, out, tell)
        out.flush()
        size = Path(out.name).stat().st_size
        out.seek(0)
        digest = hashlib.file_digest(out, "sha256").hexdigest()
        out.seek(0)
        job.file.save(f"{job.pk.hex}.xlsx", File(out), save=False)
    job.sha256, job.size, job.done, job.total = digest, size, rows, rows
    job.status, job.finished_at, job.result = SheetJob.Status.DONE, clock.now(), {"rows": rows}
    job.save(update_fields=["file", "sha256", "size", "done", "total", "status", "finished_at", "result"])
