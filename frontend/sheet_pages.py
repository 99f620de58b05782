"""What the pages of sheets show."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import clock
from accounts.models import User
from accounts.scope import offices_of
from frontend.forms.sheets import FileForm, SheetForm
from frontend.paging import Page, page_of
from geo import codes
from geo.codes import Level
from geo.models import Region
from proposals.filters import ProposalFilter
from proposals.models import Cycle, SheetJob
from proposals.services import sheet_jobs
from proposals.services.import_rights import regions_for
from proposals.sheets.exports import line

#: Rows of a table on the page; the file holds all that are kept.
SHOWN = 200
#: Every filter of the list but those that the form shows.
_FILTERS = tuple(name for name in ProposalFilter.base_filters if name not in ("region", "plan_year"))


def sheet_form(user: Any, data: Any = None, files: Any = None, **initial: Any) -> SheetForm | None:
    """The form for one who may import somewhere; None for everybody else."""
    codes_of = regions_for(user)
    if not codes_of:
        return None
    regions = list(Region.objects.light().filter(pk__in=codes_of).order_by("pk"))
    districts = {codes.ancestor(code, Level.DISTRICT) for code in codes_of}
    years = sorted(set(Cycle.objects.filter(region__in=districts).values_list("plan_year", flat=True)), reverse=True)
    return SheetForm(data, files, regions=regions, years=years or [clock.today().year + 1], initial=initial)


def sent(user: Any, form: SheetForm, files: list[Any], page: str) -> SheetJob:
    """Hand the files over; a year that was not offered stays none for the service to refuse."""
    year = form.data.get("plan_year", "")
    return sheet_jobs.send_sheet(
        actor=user,
        region_code=form.data.get("region", ""),
        plan_year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else 0,
        files=[(file.name or "usulan", file.read()) for file in files],
        page=page[:80],
    )


def jobs_of(request: HttpRequest, user: User, kind: str) -> Page:
    """One's own jobs, newest first."""
    found = SheetJob.objects.filter(maker=user, kind=kind).select_related("region").defer("region__boundary", "region__outline", "result")
    return page_of(request, found.order_by("-created_at", "id"))


def import_view(job: SheetJob) -> dict[str, Any]:
    """One import: how far it is, what is wrong, and what came of it."""
    counts, result = job.result.get("counts", {}), job.result
    return {
        "job": job,
        "counts": counts,
        "words": told(job),
        "faults": result.get("faults", [])[:SHOWN],
        "more_faults": max(0, len(result.get("faults", [])) - SHOWN),
        "notes": result.get("notes", [])[:SHOWN],
        "skipped": result.get("skipped", []),
        "made": result.get("made", [])[:SHOWN],
        "unused": result.get("photos_unused", []),
        "photo_notes": result.get("photo_notes", []),
        "may_take_in": job.status == SheetJob.Status.CHECKED and bool(job.file) and counts.get("created", 0) + counts.get("not_written", 0) > 0,
        "good": counts.get("created", 0) + counts.get("not_written", 0),
        "with_faults": counts.get("error", 0),
    }


def told(job: SheetJob) -> str:
    """How far a job is, in one sentence that counts."""
    done, total = f"{job.done:,}".replace(",", "."), f"{job.total:,}".replace(",", ".")
    if job.status == SheetJob.Status.QUEUED:
        return _("Waiting its turn.")
    if job.status == SheetJob.Status.RUNNING and job.total:
        return _("%(step)s: %(done)s of %(total)s") % {"step": job.get_step_display().capitalize(), "done": done, "total": total}
    return str(job.get_step_display() if job.is_moving else job.get_status_display()).capitalize()


def faults_csv(job: SheetJob) -> Iterator[str]:
    """The rows that need a look, as a sheet to work through."""
    yield "\ufeff" + line([_("Row"), _("Column"), _("Id"), _("What is wrong")])
    for fault in [*job.result.get("faults", []), *job.result.get("notes", [])]:
        message = fault.get("message") or _("Here already; the sheet differs in: %(columns)s") % {"columns": ", ".join(fault.get("differs", []))}
        yield line([fault["row"], fault.get("column", ""), fault.get("id", ""), message])


def file_form(request: HttpRequest) -> FileForm:
    """The form for a file, with what the address asks for."""
    asked = {name: request.GET.get(name, "") for name in ("kind", "region", "plan_year")}
    kept = [(name, value) for name in _FILTERS for value in request.GET.getlist(name) if value]
    return FileForm(initial={**asked, "query": urlencode(kept)})


def query_of(form: FileForm) -> str:
    """The filters as the list's own address has them."""
    data = form.cleaned_data
    kept = [(name, value) for name, value in parse_qsl(data["query"]) if name in _FILTERS]
    return urlencode([(name, data[name]) for name in ("region", "plan_year") if data[name]] + kept)


def kept_filters(form: FileForm) -> str:
    """How many other filters go with the form, in words; empty where none."""
    count = len(parse_qsl(str(form["query"].value() or "")))
    sentence = ngettext("%(count)d further filter of the list is kept.", "%(count)d further filters of the list are kept.", count)
    return sentence % {"count": count} if count else ""


def home_code(user: Any) -> str:
    """The widest region of one's offices: what a file is probably wanted of."""
    held = sorted((office.region_code for office in offices_of(user)), key=len)
    return held[0] if held else ""


def progress_of(job: SheetJob) -> dict[str, Any]:
    """What a page that waits asks for."""
    return {"words": told(job), "done": job.done, "total": job.total, "moving": job.is_moving, "page": address_of(job)}


def address_of(job: SheetJob) -> str:
    """A job's own page."""
    return reverse("import_job" if job.kind == SheetJob.Kind.IMPORT else "export_job", args=[job.pk])
