"""Serving files so that no browser runs them, and each only to whoever may open it."""

import re
from pathlib import PurePosixPath
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe
from rest_framework.exceptions import AuthenticationFailed

from accounts.authentication import BearerToken
from accounts.scope import Person
from proposals import policy
from proposals.long_answers import seated
from proposals.models import Attachment
from proposals.papers import documents
from proposals.papers import policy as file_policy
from proposals.stages import Stage

#: Names begin with the proposal's UUID (services.attachments).
_OURS = re.compile(r"proposals/\d{4}/\d{2}/([0-9a-f]{32})-[\w-]+\.(jpg|pdf)", re.ASCII)
#: By the ending that we gave ourselves, once we knew what is inside.
_TYPES = {"jpg": "image/jpeg", "pdf": "application/pdf"}
#: A photo that was taken away again is gone from every cache within this time.
_DAY = 86_400


@require_safe
def file(request: HttpRequest, path: str) -> FileResponse:
    """The file or thumbnail stored under this name.

    404 for anything that is no attachment, or of a draft one may not see; 401 or 403 with the reason for a closed paper of
    a public proposal: that it exists is no secret.
    """
    attachment, reader = _attachment(path), _reader(request)
    if attachment is None or not policy.may_see(reader, attachment.proposal):
        raise Http404
    file_policy.may_open(reader, attachment).or_refuse()
    stored = attachment.file if attachment.file.name == path else attachment.thumbnail
    try:
        opened = stored.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(seated(opened, attachment.size), content_type=_TYPES[path[-3:]])
    # a picture is shown; a PDF is saved, for it was looked into but not made by us
    disposition = "inline" if path.endswith(".jpg") else "attachment"
    answer["Content-Disposition"] = f'{disposition}; filename="{_name(attachment, path)}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = _kept_by_caches(attachment)
    return answer


def _reader(request: HttpRequest) -> Person:
    """Who asks: by the session, or by the token with which a program got this address; a wrong token is nobody's."""
    if request.user.is_authenticated or "Authorization" not in request.headers:
        return request.user
    try:
        found = BearerToken().authenticate(request)
    except AuthenticationFailed:
        return AnonymousUser()
    return found[0] if found else AnonymousUser()


def _name(attachment: Attachment, path: str) -> str:
    """What a saved paper is called on the reader's disk: `6112-2028-0417-cost_plan-3f2a91c0.pdf`."""
    if path.endswith(".jpg"):
        return PurePosixPath(path).name
    return f"{attachment.proposal.address}-{attachment.kind}-{attachment.sha256[:8]}.pdf"


def _kept_by_caches(attachment: Attachment) -> str:
    """What not everybody may open is kept by no cache that serves others, a closed paper by none at all."""
    if not documents.is_open(attachment):
        return "private, no-store"
    return "private, no-cache" if attachment.proposal.stage == Stage.DRAFT else f"public, max-age={_DAY}"


def _attachment(path: str) -> Attachment | None:
    named = _OURS.fullmatch(path)
    if named is None:
        return None
    held = Attachment.objects.select_related("proposal").filter(proposal_id=UUID(named[1]))
    return next((attachment for attachment in held if path in (attachment.file.name, attachment.thumbnail.name)), None)
