"""The dictionary of works: everybody reads it, the planner keeps it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.refusals import Invalid, Refusal
from frontend.dictionary_pages import Shelf, entry_of, keep, list_of, look_at, shelf_of
from frontend.forms.dictionary import WorkForm, initial_of
from proposals.models import DictionaryEntry
from proposals.services import dictionary


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """Which works may be proposed, at which price."""
    return render(request, "dictionary/list.html", list_of(request, shelf_of(request, keeps=False)))


@require_safe
@login_required
def keeper(request: HttpRequest) -> HttpResponse:
    """The planner's list: locked works too, and what can be done."""
    return render(request, "dictionary/list.html", list_of(request, shelf_of(request, keeps=True)))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add(request: HttpRequest) -> HttpResponse:
    """One more work."""
    shelf = shelf_of(request, keeps=True)
    if shelf.cycle is None:
        return redirect("dictionary_keeper")
    form = WorkForm(request.POST or None, agencies=dictionary.agencies_of(shelf.cycle))
    if request.method == "POST":
        try:
            entry = dictionary.add_entry(cycle_id=shelf.cycle.pk, actor=request.user, fields=form.as_sent())
        except Refusal as refusal:
            form.refuse(refusal)
            return render(request, "dictionary/entry.html", {"form": form, "shelf": shelf}, status=refusal.status)
        messages.success(request, _("“%(name)s” is in the dictionary.") % {"name": entry.name})
        return redirect(_address(shelf))
    return render(request, "dictionary/entry.html", {"form": form, "shelf": shelf})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One work: its price, its words; with proposals on it, a successor takes its place."""
    entry = entry_of(request.user, pk)
    shelf = Shelf(entry.cycle.region, entry.cycle, keeps=True)
    agencies = dictionary.agencies_of(entry.cycle)
    if request.method != "POST":
        return render(request, "dictionary/entry.html", _shown(WorkForm(initial=initial_of(entry), agencies=agencies, entry=entry), entry, shelf))
    form = WorkForm(request.POST, agencies=agencies, entry=entry)
    try:
        kept = dictionary.edit_entry(entry_id=pk, actor=request.user, seen=request.POST.get("seen", ""), fields=form.as_sent())
    except Refusal as refusal:
        form.refuse(refusal)
        return render(request, "dictionary/entry.html", _shown(form, entry, shelf), status=refusal.status)
    messages.success(request, _("Kept.") if kept.pk == pk else _("A new entry took the code. Proposals that rest on the old one keep it."))
    return redirect(_address(shelf))


@require_POST
@login_required
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a work out of what is offered, or offer it again."""
    entry = dictionary.set_locked(entry_id=pk, actor=request.user, locked=request.POST.get("locked") == "1")
    sentence = _("“%(name)s” is locked: it is no longer offered.") if entry.is_locked else _("“%(name)s” is offered again.")
    messages.success(request, sentence % {"name": entry.name})
    return redirect(_address(Shelf(entry.cycle.region, entry.cycle, keeps=True)))


@require_POST
@login_required
def copy(request: HttpRequest) -> HttpResponse:
    """Take last year's works over."""
    shelf = shelf_of(request, keeps=True)
    try:
        copied = dictionary.copy_dictionary(cycle_id=shelf.cycle.pk if shelf.cycle else 0, actor=request.user)
    except Invalid as refusal:
        messages.error(request, refusal.in_words(), extra_tags="bad")
        return redirect(_address(shelf))
    told = ngettext("%(count)d work of %(year)d was taken over.", "%(count)d works of %(year)d were taken over.", copied.copied)
    messages.success(request, told % {"count": copied.copied, "year": copied.from_year})
    return redirect(_address(shelf))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def upload(request: HttpRequest) -> HttpResponse:
    """A sheet of works: first what it would do, then kept."""
    shelf = shelf_of(request, keeps=True)
    if request.method != "POST":
        return render(request, "dictionary/upload.html", {"shelf": shelf})
    try:
        return _kept(request, shelf) if request.POST.get("parcel") else _looked(request, shelf)
    except Invalid as refusal:
        return render(request, "dictionary/upload.html", {"shelf": shelf, "refusal": refusal}, status=400)


def _looked(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    sheet = request.FILES.get("sheet")
    if sheet is None:
        raise Invalid({"sheet": [_("Choose a file first.")]})
    looked = look_at(request.user, shelf, sheet.name or "", sheet.read())  # type: ignore[arg-type] # signed in
    wrong = looked.report.count("error") > 0
    return render(request, "dictionary/upload.html", {"shelf": shelf, "looked": looked, "report": looked.report}, status=400 if wrong else 200)


def _kept(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    report = keep(request.user, shelf, request.POST["parcel"])  # type: ignore[arg-type] # signed in
    if not report.written:
        return render(request, "dictionary/upload.html", {"shelf": shelf, "report": report}, status=409)
    counts = {status: report.count(status) for status in ("created", "changed", "revised", "unchanged")}
    sentence = _("Kept: %(created)d new, %(changed)d changed, %(revised)d with a successor, %(unchanged)d as before.")
    messages.success(request, sentence % counts)
    return redirect(_address(shelf))


def _address(shelf: Shelf) -> str:
    asked = {"region": shelf.region.pk, **({"plan_year": shelf.cycle.plan_year} if shelf.cycle else {})}
    return f"{reverse('dictionary_keeper')}?{urlencode(asked)}"


def _shown(form: WorkForm, entry: DictionaryEntry, shelf: Shelf) -> dict[str, Any]:
    return {"form": form, "entry": entry, "shelf": shelf, "is_replaced": dictionary.is_replaced(entry)}
