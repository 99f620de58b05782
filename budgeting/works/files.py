"""Photos of works as they are read: everybody may, and no browser runs them."""

import re
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from budgeting.models import WorkPhoto
from proposals.long_answers import seated

#: Names begin with the work's UUID (`photos.add_photo`).
_OURS = re.compile(r"\d{4}/\d{2}/([0-9a-f]{32})-[\w-]+\.jpg", re.ASCII)
#: A photo that was taken away again is gone from every cache within this time.
_DAY = 86_400


@require_safe
def photo(_request: HttpRequest, path: str) -> FileResponse:
    """The photo or thumbnail stored under this name; 404 for anything else that lies there."""
    named, stored = _OURS.fullmatch(path), f"works/{path}"
    held = WorkPhoto.objects.filter(work_id=UUID(named[1])) if named else WorkPhoto.objects.none()
    found = next((one for one in held if stored in (one.file.name, one.thumbnail.name)), None)
    if found is None:
        raise Http404
    file = found.file if found.file.name == stored else found.thumbnail
    try:
        opened = file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(seated(opened, file.size), content_type="image/jpeg")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = f"public, max-age={_DAY}"
    return answer
