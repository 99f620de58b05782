"""What the pages of writing do with a draft: find it, save it with its photos, show it, send it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.refusals import Refusal
from frontend import figures, likenesses
from frontend.forms.judging import JudgementForm
from frontend.papers import photos_of
from frontend.served import served_by
from proposals import capture_words, policy, services
from proposals.measured import measured_of
from proposals.models import Proposal
from proposals.services.fields import missing
from proposals.stages import Stage


def _found(proposal_id: UUID) -> QuerySet[Proposal]:
    joined = Proposal.objects.select_related("village__parent", "cycle", "dictionary_entry", "author", "located_village")
    return joined.filter(pk=proposal_id)


def draft_for(user: Any, proposal_id: UUID) -> Proposal:
    """A proposal that the person may change now. Raises Refusal: 401, 403, 404, 409."""
    proposal = _found(proposal_id).first()
    if proposal is None:
        raise Refusal(_("This does not exist."), code="not_found", status=404)
    policy.may_edit(user, proposal).or_refuse()
    return proposal


def save(request: HttpRequest, proposal_id: UUID, fields: dict[str, Any], proposal: Proposal | None) -> Proposal:
    """Keep the draft, then its photos. Photos that cannot be kept are told; the text is kept all the same."""
    user = request.user
    read = figures.version(request.POST.get("version", ""))
    if proposal is None or (proposal.stage == Stage.DRAFT and proposal.author_id == user.pk):
        version = read if proposal else None
        told = capture_words.read(request.POST)
        kept, _is_new = services.save_draft(proposal_id=proposal_id, actor=user, fields=fields, version=version, told=told)
    else:
        kept = services.edit(proposal_id=proposal_id, actor=user, version=read or 0, fields=fields)
    keep_photos(request, proposal_id)
    return kept


def keep_photos(request: HttpRequest, proposal_id: UUID) -> None:
    """Attach the photos that came with a form; each that cannot be kept is told with its reason."""
    for photo in request.FILES.getlist("photos"):
        try:
            services.attach(proposal_id=proposal_id, actor=request.user, content=photo.read(settings.PHOTO_MAX_BYTES + 1))
        except Refusal as refusal:
            messages.error(request, f"{photo.name}: {refusal.message}", extra_tags="bad")


def view_of(user: Any, proposal: Proposal, tried: JudgementForm | None = None) -> dict[str, Any]:
    """The last look before sending: problems by field, and whether this person may send at all."""
    return {
        "proposal": proposal,
        "photos": photos_of(user, proposal),
        "measured": measured_of(proposal),
        "served": served_by(proposal),
        "problems": [(_ANCHORS.get(name, f"id_{name}"), sentence) for name, sentences in missing(proposal).items() for sentence in sentences],
        "answer": policy.may_submit(user, proposal),
        **likenesses.of_draft(proposal, tried),
    }


#: Where a missing field is filled in, when its name in the form is another one.
_ANCHORS = {"location": "tempat"}


def send(user: Any, proposal_id: UUID, version: str) -> Proposal:
    """Send it in. What was sent already, by the same form a second ago, is answered as the first time was."""
    proposal = _found(proposal_id).first()
    if proposal is not None and proposal.number and not policy.can_be_edited(proposal) and policy.may_see(user, proposal):
        return proposal
    services.submit(proposal_id=proposal_id, actor=user, version=figures.version(version))
    return _found(proposal_id).get()
