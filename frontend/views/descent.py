"""A proposal's descent and versions; carrying over what a year left unfunded; dividing a proposal."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.refusals import Refusal
from frontend import carrying, figures, proposal_page
from frontend.answers import back_to, see_other, signed_in
from frontend.descent_page import lineage_of
from frontend.forms.parts import PartsForm
from frontend.history_page import history_of
from proposals import services
from proposals.descent import policy as descent_policy
from proposals.models import Proposal


@require_safe
def lineage(request: HttpRequest, address: str) -> HttpResponse:
    """What it came from and what came of it."""
    found = proposal_page.load(address, request.user)
    return render(request, "descent/lineage.html", {"proposal": found, **lineage_of(request, found)})


@require_safe
def versions(request: HttpRequest, address: str) -> HttpResponse:
    """Every version, newest first; any two compared."""
    found = proposal_page.load(address, request.user)
    return render(request, "descent/versions.html", {"proposal": found, **history_of(request, found)})


@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, address: str) -> HttpResponse:
    """Divide it into parts; a refused form comes back as it was typed."""
    found = proposal_page.load(address, request.user)
    if request.method != "POST":
        descent_policy.may_split(request.user, found).or_refuse()
        return _parts(request, found, PartsForm(found))
    form = PartsForm(found, request.POST)
    if request.POST.get("then") == "more":
        form.one_more()
        return _parts(request, found, form)
    try:
        made = services.split(proposal_id=found.pk, actor=signed_in(request), version=form.version, reason=form.reason, parts=form.parts())
    except Refusal as refusal:
        return _again(request, found, form, refusal)
    messages.success(request, _("Divided: %(numbers)s.") % {"numbers": ", ".join(str(part.number) for part in made)})
    return see_other(reverse("lineage", args=[found.address]))


def _again(request: HttpRequest, found: Proposal, form: PartsForm, refusal: Refusal) -> HttpResponse:
    if refusal.status in {401, 404}:
        raise refusal
    form.refuse(refusal)
    if refusal.status == 409:
        form.version = Proposal.objects.values_list("version", flat=True).get(pk=found.pk)
    return _parts(request, found, form, status=refusal.status)


def _parts(request: HttpRequest, found: Proposal, form: PartsForm, status: int = 200) -> HttpResponse:
    return render(request, "descent/split.html", {"proposal": found, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
def carry_over(request: HttpRequest, address: str) -> HttpResponse:
    """Carry one proposal over, and go on writing its draft."""
    found = proposal_page.load(address, request.user)
    if request.method == "GET":
        return back_to(found)
    year = figures.whole(request.POST.get("plan_year", "")) or 0
    try:
        draft, _is_new = services.carry_over(
            proposal_id=found.pk, actor=signed_in(request), plan_year=year, draft_id=_uuid(request.POST.get("id", ""))
        )
    except Refusal as refusal:
        if refusal.status == 401:
            raise
        return render(request, "proposal/page.html", proposal_page.context_of(request, found, refusal=refusal), status=refusal.status)
    messages.success(request, _("Carried over to %(year)s as a draft. Look through it, then send it in.") % {"year": draft.plan_year})
    return redirect("edit_proposal", draft.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def carry(request: HttpRequest) -> HttpResponse:
    """What earlier years left unfunded in the villages that one writes for; many carried over at once."""
    regions = carrying.regions_written_for(request.user)
    if request.method != "POST":
        shown = carrying.left_behind(request, regions) if regions else {"rows": []}
        return render(request, "descent/carry.html", {"regions": regions, **shown})
    keys = [key for key in map(_uuid, request.POST.getlist("proposal")) if key]
    if not keys:
        messages.error(request, _("Choose at least one proposal."), extra_tags="bad")
        return see_other(request.get_full_path())
    carried = services.carry_over_many(proposal_ids=keys, actor=signed_in(request), plan_year=figures.whole(request.POST.get("plan_year", "")) or 0)
    _tell(request, carried)
    return see_other(request.get_full_path())


def _tell(request: HttpRequest, carried: services.Carried) -> None:
    if count := len(carried.made):
        told = ngettext("%(count)d proposal was carried over as a draft.", "%(count)d proposals were carried over as drafts.", count)
        messages.success(request, told % {"count": count} + " " + _("They wait on your desk to be checked and sent."))
    for parent, refusal in carried.refused:
        messages.error(request, f"{parent.number}: {refusal.message}", extra_tags="bad")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
