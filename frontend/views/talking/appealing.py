"""The author's one question for another look at a hidden comment; how it is sent for what a meeting hid as well."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import Refusal
from deliberation.models import Comment
from deliberation.moderation import appealing
from frontend import proposal_page
from frontend.answers import back_to, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, address: str, comment_id: UUID) -> HttpResponse:
    """The form with the moderator's reason, and sending it; afterwards what was decided."""
    found, user = proposal_page.load(address, request.user), signed_in(request)
    said = get_object_or_404(Comment.objects.filter(proposal=found, author=user).select_related("author", "appeal"), pk=comment_id)
    refusal = sent(request, partial(appealing.appeal, comment_id=said.pk, actor=user))
    if request.method == "POST" and refusal is None:
        return back_to(found, "#tanggapan")
    context = {"proposal": found, "comment": said, "refusal": refusal, "typed": request.POST}
    return render(request, "talk/appeal.html", context, status=refusal.status if refusal else 200)


def sent(request: HttpRequest, ask: Callable[..., object]) -> Refusal | None:
    """Send the words of a POST, and say so; why it was refused, if it was. Of any other request nothing."""
    if request.method != "POST":
        return None
    try:
        ask(words=request.POST.get("words", ""))
    except Refusal as refusal:
        return refusal
    messages.success(request, _("Sent. Another moderator than the one who hid it decides."))
    return None
