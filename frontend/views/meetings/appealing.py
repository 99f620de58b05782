"""The speaker's one question for another look at what was hidden in a meeting."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import Refusal
from deliberation.floor import services
from deliberation.models import Said
from frontend.answers import see_other, signed_in
from frontend.meetings import page


@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, meeting_id: UUID, said_id: UUID) -> HttpResponse:
    """The form with the reason why it was hidden, and sending it; afterwards what was decided."""
    meeting, user, refusal = page.load(meeting_id), signed_in(request), None
    said = get_object_or_404(Said.objects.filter(meeting=meeting, speaker=user).select_related("appeal"), pk=said_id)
    if request.method == "POST":
        try:
            services.appeal_statement(said_id=said.pk, actor=user, words=request.POST.get("words", ""))
        except Refusal as no:
            refusal = no
        else:
            messages.success(request, _("Sent. Another moderator than the one who hid it decides."))
            return see_other(reverse("statement_appeal", args=[meeting.pk, said.pk]))
    context = {"meeting": meeting, "said": said, "refusal": refusal, "typed": request.POST}
    return render(request, "floor/appeal.html", context, status=refusal.status if refusal else 200)
