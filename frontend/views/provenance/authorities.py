"""The planner's page of whose authority works are, its sheet out and in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.refusals import Invalid, Refusal
from budgeting.routes import authorities, sheet
from frontend import figures
from frontend.answers import see_other, signed_in
from frontend.forms.provenance import AuthorityForm
from frontend.provenance.routes import Shelf, form_for, own_cycle, shelf_of

#: A sheet of authorities is words: a year has some thousand rows at most.
UPLOAD_MOST = 1024 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def page(request: HttpRequest) -> HttpResponse:
    """The rules of a plan year; POST sets one."""
    if request.method != "POST":
        shelf = shelf_of(request, signed_in(request), request.GET.get("tahun", ""))
        return _shown(request, shelf, form=form_for(shelf, request.GET.get("ubah", "")))
    form, cycle = AuthorityForm(request.POST), own_cycle(signed_in(request), request.POST.get("cycle", ""))
    form.is_valid()
    said = {name: request.POST.get(name, "") for name in ("work_code", "sector", "authority", "legal_basis")}
    version = form.cleaned_data.get("version")
    try:
        authorities.set_authority(actor=request.user, cycle_id=cycle.pk, **said, on_menu=bool(request.POST.get("on_menu")), version=version)
    except Refusal as refusal:
        form.errors.clear()
        form.refuse(refusal)
        return _shown(request, shelf_of(request, signed_in(request), str(cycle.pk)), form=form, status=refusal.status)
    messages.success(request, _("Kept. Proposals are routed by it at once."))
    return _back(cycle.pk)


@require_POST
@login_required
def change(request: HttpRequest, verb: str) -> HttpResponse:
    """Begin with the defaults, confirm all, or take one out."""
    cycle = own_cycle(signed_in(request), request.POST.get("cycle", ""))
    if verb == "bawaan":
        authorities.begin_with_defaults(actor=request.user, cycle_id=cycle.pk)
        messages.success(request, _("Every sector without a rule has its default now. Check them, then confirm them as yours."))
    elif verb == "sahkan":
        authorities.confirm_authorities(actor=request.user, cycle_id=cycle.pk)
        messages.success(request, _("Confirmed: these are your kabupaten's own."))
    elif authorities.drop_authority(actor=request.user, cycle_id=cycle.pk, pk=figures.whole(request.POST.get("pk", "")) or 0):
        messages.success(request, _("It is taken out. The work follows its sector now."))
    return _back(cycle.pk)


@require_safe
@login_required
def download(request: HttpRequest) -> StreamingHttpResponse:
    """The sheet of a plan year."""
    cycle = own_cycle(signed_in(request), request.GET.get("tahun", ""))
    headers = {"Content-Disposition": f'attachment; filename="kewenangan-{cycle.region_id}-{cycle.plan_year}.csv"'}
    return StreamingHttpResponse(sheet.download(cycle), content_type="text/csv; charset=utf-8", headers=headers)


@require_POST
@login_required
def upload(request: HttpRequest) -> HttpResponse:
    """Take a sheet in, the whole file or nothing; an error a row."""
    cycle = own_cycle(signed_in(request), request.POST.get("cycle", ""))
    try:
        report = sheet.take_in(actor=request.user, cycle_id=cycle.pk, content=_content(request), dry_run=False)
    except Invalid as refusal:
        return _shown(request, shelf_of(request, signed_in(request), str(cycle.pk)), refused=refusal.in_words(), status=400)
    if not report.written:
        return _shown(request, shelf_of(request, signed_in(request), str(cycle.pk)), report=report, status=400)
    messages.success(request, _("Kept: %(set)d set, %(unchanged)d as before.") % {name: report.count(name) for name in ("set", "unchanged")})
    return _back(cycle.pk)


def _content(request: HttpRequest) -> bytes:
    sent = request.FILES.get("sheet")
    if sent is None or (sent.size or 0) > UPLOAD_MOST:
        raise Invalid({"sheet": [_("Choose a file of at most 1 MB first.")]})
    content: bytes = sent.read()
    return content


def _shown(request: HttpRequest, shelf: Shelf, *, status: int = 200, form: AuthorityForm | None = None, **more: Any) -> HttpResponse:
    return render(request, "provenance/authorities.html", {"shelf": shelf, "form": form or AuthorityForm(), **more}, status=status)


def _back(cycle_id: int) -> HttpResponse:
    return see_other(f"{reverse('authorities')}?tahun={cycle_id}")
