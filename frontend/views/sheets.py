"""Sheets in and out: each page is its maker's alone."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.refusals import Missing, Refusal
from frontend import sheet_pages
from frontend.answers import see_other, signed_in
from frontend.forms.sheets import FileForm
from proposals.api.sheet_views import XLSX, file_of
from proposals.models import SheetJob
from proposals.services import sheet_jobs
from proposals.sheets import blank as sheet_blank

Kind = SheetJob.Kind


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def imports(request: HttpRequest) -> HttpResponse:
    """One's imports, and the form for a new one; a refusal keeps what was chosen, but for the file, which browsers do not give back."""
    if request.method != "POST":
        return _imports(request, sheet_pages.sheet_form(request.user))
    form = sheet_pages.sheet_form(request.user, request.POST, request.FILES)
    if form is None:
        raise Missing
    try:
        job = sheet_pages.sent(request.user, form, request.FILES.getlist("file"), request.POST.get("page", ""))
    except Refusal as refusal:
        form.is_valid()
        form.refuse(refusal)
        return _imports(request, form, status=refusal.status)
    return see_other(sheet_pages.address_of(job))


def _imports(request: HttpRequest, form: Any, status: int = 200) -> HttpResponse:
    page = sheet_pages.jobs_of(request, signed_in(request), Kind.IMPORT)
    return render(request, "work/imports.html", {"page": page, "form": form}, status=status)


@require_safe
@never_cache
def import_job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """One import: reading, checked, being written, done."""
    return render(request, "work/import.html", sheet_pages.import_view(_own(request, job_id, Kind.IMPORT)))


@require_POST
def take_in(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Have the good rows written."""
    job = sheet_jobs.take_in(actor=request.user, job_id=job_id, only_good=request.POST.get("only_good") == "1")
    return see_other(sheet_pages.address_of(job))


@require_safe
def faults(request: HttpRequest, job_id: UUID) -> StreamingHttpResponse:
    """The rows in error as a sheet."""
    job = _own(request, job_id, Kind.IMPORT)
    headers = {"Content-Disposition": 'attachment; filename="perbaikan.csv"'}
    return StreamingHttpResponse(sheet_pages.faults_csv(job), content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
def blank_form(_request: HttpRequest) -> FileResponse:
    """Our form, empty, with what belongs into each column."""
    return FileResponse(sheet_blank.workbook(), as_attachment=True, filename="formulir-usulan.xlsx", content_type=XLSX)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def exports(request: HttpRequest) -> HttpResponse:
    """One's files, and the form for a new one."""
    form = FileForm(request.POST) if request.method == "POST" else sheet_pages.file_form(request)
    if request.method == "POST" and form.is_valid():
        try:
            kind = form.cleaned_data["kind"]
            job = sheet_jobs.ask_for_file(actor=request.user, kind=kind, query=sheet_pages.query_of(form))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return see_other(sheet_pages.address_of(job))
    page = sheet_pages.jobs_of(request, signed_in(request), Kind.EXPORT)
    context = {"page": page, "form": form, "kept": sheet_pages.kept_filters(form), "home_code": sheet_pages.home_code(request.user)}
    return render(request, "work/exports.html", context, status=400 if form.errors else 200)


@require_safe
@never_cache
def export_job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """One file: being collected, or ready."""
    job = _own(request, job_id, Kind.EXPORT)
    return render(request, "work/export.html", {"job": job, "words": sheet_pages.told(job)})


@require_safe
def export_file(request: HttpRequest, job_id: UUID) -> FileResponse:
    """The file itself."""
    return file_of(_own(request, job_id, Kind.EXPORT))


@require_safe
@never_cache
def progress(request: HttpRequest, job_id: UUID) -> JsonResponse:
    """How far it is, for a page that waits."""
    return JsonResponse(sheet_pages.progress_of(sheet_jobs.own_job(request.user, job_id)))


def _own(request: HttpRequest, job_id: UUID, kind: SheetJob.Kind) -> SheetJob:
    job = sheet_jobs.own_job(request.user, job_id)
    if job.kind != kind:
        raise Missing
    return job
