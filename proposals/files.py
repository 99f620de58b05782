"""Serving photos: only pictures that we wrote ourselves, and those of a draft only to its writers."""

import re
from pathlib import PurePosixPath
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from proposals import policy
from proposals.models import Attachment
from proposals.stages import Stage

#: Names begin with the proposal's UUID (services.photos).
_OURS = re.compile(r"proposals/\d{4}/\d{2}/([0-9a-f]{32})-[\w-]+\.jpg", re.ASCII)
#: A photo that was taken away again is gone from every cache within this time.
_DAY = 86_400


@require_safe
def photo(request: HttpRequest, path: str) -> FileResponse:
    """The photo or thumbnail stored under this name; 404 for anything that is no attachment, or of a draft one may not see."""
    attachment = _attachment(path)
    if attachment is None or not policy.may_see(request.user, attachment.proposal):
        raise Http404
    file = attachment.file if attachment.file.name == path else attachment.thumbnail
    try:
        answer = FileResponse(file.open("rb"), content_type="image/jpeg")
    except FileNotFoundError:
        raise Http404 from None
    answer["Content-Disposition"] = f'inline; filename="{PurePosixPath(path).name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    # what is still a draft may be seen by its writers only, so no cache keeps it
    answer["Cache-Control"] = "private, no-cache" if attachment.proposal.stage == Stage.DRAFT else f"public, max-age={_DAY}"
    return answer


def _attachment(path: str) -> Attachment | None:
    named = _OURS.fullmatch(path)
    if named is None:
        return None
    held = Attachment.objects.select_related("proposal").filter(proposal_id=UUID(named[1]))
    return next((attachment for attachment in held if path in (attachment.file.name, attachment.thumbnail.name)), None)
