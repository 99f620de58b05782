"""Proposals that look alike: judging two, comparing them, the officials' list of pairs, and what may be paid twice."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.refusals import Invalid, Refusal
from frontend import compare_page, likenesses, proposal_page
from frontend.answers import asked, back_to, see_other, signed_in
from frontend.drafts import draft_for, view_of
from frontend.forms.judging import JudgementForm
from frontend.paging import page_of
from frontend.region_words import meant_by
from geo.codes import Level
from geo.lookup import lineage_of
from geo.models import Region
from proposals import services
from proposals.models import Proposal, SimilarPair


@require_safe
def compare(request: HttpRequest, address: str, other: str) -> HttpResponse:
    """Two proposals beside each other; drafts only for those who see them."""
    one, second = proposal_page.load(address, request.user), proposal_page.load(other, request.user)
    if one.pk == second.pk:
        return back_to(one)
    return render(request, "similar/compare.html", compare_page.context_of(request, one, second))


@require_http_methods(["GET", "POST"])
def judge(request: HttpRequest, address: str) -> HttpResponse:
    """Say what two proposals are to each other; a refused form comes back as it was typed."""
    found = proposal_page.load(address, request.user)
    form = JudgementForm(request.POST, auto_id=f"id_{request.POST.get('other', '')[:40]}_%s")
    if request.method == "GET":
        return back_to(found)
    try:
        services.judge_resemblance(proposal_id=found.pk, actor=signed_in(request), **form.said())
    except Refusal as refusal:
        if refusal.status in (401, 404):
            raise
        form.take(refusal)
        return _again(request, found, form, refusal)
    messages.success(request, _("Recorded. The newest word about the two stands on both pages."))
    if request.POST.get("back") == "check":
        return see_other(reverse("check_proposal", args=[found.pk]) + "#serupa")
    return redirect("compare", found.address, _address(form))


def _again(request: HttpRequest, found: Proposal, form: JudgementForm, refusal: Refusal) -> HttpResponse:
    """The page where it was asked; without a second proposal the refusal itself."""
    if request.POST.get("back") == "check":
        shown = view_of(request.user, draft_for(request.user, found.pk), tried=form)
        return render(request, "capture/check.html", shown, status=refusal.status)
    address = _address(form)
    if not address:
        raise refusal
    other = proposal_page.load(address, request.user)
    return render(request, "similar/compare.html", compare_page.context_of(request, found, other, tried=form), status=refusal.status)


def _address(form: JudgementForm) -> str:
    named = form.said()["other_id"]
    return str(named) if named else ""


@require_safe
@login_required
def pairs(request: HttpRequest) -> HttpResponse:
    """The pairs in the person's regions, worst first."""
    page, kind, verdict = likenesses.pairs_for(request, request.user)
    context = {"page": page, "kinds": likenesses.KINDS.items(), "verdicts": likenesses.VERDICTS.items(), "kind": kind, "verdict": verdict}
    return render(request, "similar/pairs.html", context)


@require_safe
def paid_twice(request: HttpRequest) -> HttpResponse:
    """Everybody's list of what may be paid twice in a region: the home kabupaten unless another one is asked for."""
    region = _region(request)
    suspect = SimilarPair.objects.perhaps_paid_twice().within(region.pk)
    page = likenesses.told(page_of(request, suspect.with_rows(), total=suspect.count()))
    return render(request, "similar/paid_twice.html", {"page": page, "region": region, "lineage": lineage_of(region)})


def _region(request: HttpRequest) -> Region:
    """The region asked for by its code or its name; 404 for one that is not there.

    Nothing wider than a kabupaten: there all pairs would have to be looked at, in search of a few.
    """
    said, meant = asked(request, "region", 80) or settings.HOME_REGION, meant_by(request.GET)
    found = meant.only or Region.objects.light().filter(pk=said).first()
    if found is None:
        raise Http404(_("There is no region with this code."))
    if found.level == Level.PROVINCE:
        raise Invalid({"region": [_("Choose a kabupaten or a smaller region.")]})
    return found
