"""Writing a proposal: one page for where, what and how much, photos, then a look at everything before it is sent."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.refusals import Refusal
from frontend.atlas import box_of
from frontend.drafts import draft_for, keep_photos, save, send, view_of
from frontend.forms.capture import ProposalForm, initial_of
from frontend.views.errors import refused
from frontend.works_widget import FIND, filled_in, offer_of
from frontend.writing import Desk, desk_of, obstacle_words
from proposals import services
from proposals.measured import measured_of
from proposals.models import Attachment, Proposal
from proposals.words import Channel


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """An empty form under a UUID of its own, so that the same form sent twice makes one draft."""
    desk = desk_of(request.user)
    if desk.obstacle:
        return _obstacle(request, desk)
    if request.method == "POST":
        return _saved(request, _uuid(request.POST.get("id", "")), desk, None)
    village = request.GET.get("village", "") or (desk.villages[0].pk if len(desk.villages) == 1 else "")
    form = ProposalForm(initial={"village": village}, desk=desk)
    return render(request, "capture/form.html", _shown(uuid.uuid4(), form, desk, None))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """A draft, or what was returned for completion."""
    proposal = draft_for(request.user, proposal_id)
    if proposal.channel != Channel.VILLAGE:
        return redirect("edit_programme", proposal_id)
    desk = desk_of(request.user)
    if request.method == "POST":
        return _saved(request, proposal_id, desk, proposal)
    form = ProposalForm(initial=initial_of(proposal), desk=desk)
    return render(request, "capture/form.html", _shown(proposal_id, form, desk, proposal))


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """Everything as others will read it, with what is still missing; POST sends it in."""
    if request.method == "POST":
        return _sent(request, proposal_id)
    proposal = draft_for(request.user, proposal_id)
    return render(request, "capture/check.html", view_of(request.user, proposal))


@require_POST
def remove_photo(request: HttpRequest, proposal_id: uuid.UUID, sha256: str) -> HttpResponse:
    """Take a photo away again."""
    if services.detach(proposal_id=proposal_id, actor=request.user, sha256=sha256):
        messages.success(request, _("The photo was removed."))
    return redirect("edit_proposal", proposal_id)


def _looked_up(request: HttpRequest, proposal_id: uuid.UUID, desk: Desk, proposal: Proposal | None) -> HttpResponse:
    """The form again, as it was typed, with the works that its words may mean; nothing is saved."""
    form = ProposalForm(filled_in(request.POST, desk.cycles), request.FILES, desk=desk)
    shown = {**_shown(proposal_id, form, desk, proposal), "photos_lost": bool(request.FILES)}
    return render(request, "capture/form.html", shown)


def _saved(request: HttpRequest, proposal_id: uuid.UUID, desk: Desk, proposal: Proposal | None) -> HttpResponse:
    if request.POST.get("then") == FIND:
        return _looked_up(request, proposal_id, desk, proposal)
    form = ProposalForm(request.POST, request.FILES, desk=desk)
    if request.POST.get("then") == "swap":
        form.swap()
    try:
        kept = save(request, proposal_id, form.as_sent(), proposal)
    except Refusal as refusal:
        if refusal.status == 401:
            return refused(request, refusal)
        form.refuse(refusal)
        lost = _photos_lost(request, proposal, refusal)
        shown = {**_shown(proposal_id, form, desk, proposal), "photos_lost": lost}
        return render(request, "capture/form.html", shown, status=refusal.status)
    if kept.number and proposal is None:
        return redirect("proposal", kept.address)
    if request.POST.get("then") == "check":
        return redirect("check_proposal", kept.pk)
    messages.success(request, _("Saved. Only you and those who write for the village see this draft."))
    return redirect("edit_proposal", kept.pk)


def _photos_lost(request: HttpRequest, proposal: Proposal | None, refusal: Refusal) -> bool:
    """A refused form's photos are kept where there is a draft to keep them with; otherwise they must be chosen again."""
    if not request.FILES:
        return False
    if proposal is None or refusal.status != 400:
        return True
    keep_photos(request, proposal.pk)
    messages.success(request, _("The photos are kept."))
    return False


def _sent(request: HttpRequest, proposal_id: uuid.UUID) -> HttpResponse:
    try:
        proposal = send(request.user, proposal_id, request.POST.get("version", ""))
    except Refusal as refusal:
        if refusal.status in (401, 404):
            return refused(request, refusal)
        shown = view_of(request.user, draft_for(request.user, proposal_id))
        return render(request, "capture/check.html", {**shown, "refusal": refusal}, status=refusal.status)
    messages.success(request, _("Received. Your number is %(number)s.") % {"number": proposal.number})
    return redirect("proposal", proposal.address)


def _shown(proposal_id: uuid.UUID, form: ProposalForm, desk: Desk, proposal: Proposal | None) -> dict[str, Any]:
    photos = [one for one in proposal.attachments.order_by("added_at", "pk") if one.kind == Attachment.Kind.PHOTO] if proposal else []
    room = settings.PHOTOS_PER_PROPOSAL - len(photos)
    chosen = {name: form[name].value() or "" for name in ("village", "dictionary_entry", "sector")}
    limits = box_of(settings.HOME_REGION)
    bounds = (box_of(chosen["village"]) if chosen["village"] else "") or limits
    return {
        "id": proposal_id,
        "form": form,
        "desk": desk,
        "proposal": proposal,
        "photos": photos,
        "room": room,
        "chosen": chosen,
        "works": offer_of(form, desk.cycles),
        "bounds": bounds,
        "limits": limits,
        "shape_kind": form["shape_kind"].value() or "point",
        "measured": measured_of(proposal) if proposal else None,
    }


def _obstacle(request: HttpRequest, desk: Desk) -> HttpResponse:
    if desk.obstacle == "sign_in":
        return refused(request, Refusal(_("Sign in first."), code="not_authenticated", status=401))
    missing, advice = obstacle_words(desk.obstacle)
    return render(request, "capture/obstacle.html", {"missing": missing, "advice": advice}, status=403)


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()
