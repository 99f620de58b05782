"""Photos of a meeting."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.refusals import Missing, Refusal
from deliberation.models import DocumentFile
from deliberation.records import policy, services
from frontend.answers import see_other, signed_in
from frontend.documents import page
from frontend.views.documents.opening import sent_file
from proposals.papers import documents


@require_POST
def add(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Bring photos."""
    meeting = page.load(meeting_id)
    sent = request.POST
    for file in request.FILES.getlist("file"):
        content = file.read(documents.most_bytes("photo") + 1)
        words, closed = sent.get("caption", ""), sent.get("closed") == "1"
        try:
            services.add_photo(meeting_id=meeting_id, actor=signed_in(request), content=content, caption=words, is_closed=closed)
        except Refusal as refusal:
            if refusal.status == 401:
                raise
            shown = {**page.context_of(request, meeting), "refusal": refusal, "caption": words}
            return render(request, "documents/shelf.html", shown, status=refusal.status)
    return _back(meeting_id)


@require_safe
def photo(request: HttpRequest, meeting_id: UUID, sha256: str) -> FileResponse:
    """The picture, or with `?kecil` its thumbnail."""
    meeting = page.load(meeting_id)
    found = next((one for one in DocumentFile.objects.filter(meeting=meeting, kind=DocumentFile.Kind.PHOTO) if one.sha256 == sha256), None)
    if found is None:
        raise Missing
    if found.is_closed:
        policy.may_open_whole(request.user, meeting).or_refuse()
    stored = found.thumbnail if "kecil" in request.GET and found.thumbnail else found.file
    answer = sent_file(stored, stored.size if stored else 0, "image/jpeg", f"{sha256[:12]}.jpg", inline=True)
    if not found.is_closed:
        # one that is kept from the public from now on is soon gone from every cache, too
        answer["Cache-Control"] = "public, max-age=300"
    return answer


@require_POST
def change(request: HttpRequest, meeting_id: UUID, sha256: str) -> HttpResponse:
    """Take a photo away, keep it from the public, or show it again."""
    verb = request.POST.get("verb", "")
    if verb == "remove":
        services.remove_photo(meeting_id=meeting_id, actor=signed_in(request), sha256=sha256)
        messages.success(request, _("The file was removed."))
    else:
        services.close_photo(meeting_id=meeting_id, actor=signed_in(request), sha256=sha256, is_closed=verb == "close")
    return _back(meeting_id)


def _back(meeting_id: UUID) -> HttpResponse:
    return see_other(reverse("documents", args=[meeting_id]) + "#foto")
