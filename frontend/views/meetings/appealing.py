"""The speaker's one question for another look at what was hidden in a meeting."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from deliberation.floor import services
from deliberation.models import Said
from frontend.answers import see_other, signed_in
from frontend.meetings import page
from frontend.views.talking.appealing import sent


@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, meeting_id: UUID, said_id: UUID) -> HttpResponse:
    """The form with the reason why it was hidden, and sending it; afterwards what was decided."""
    meeting, user = page.load(meeting_id), signed_in(request)
    said = get_object_or_404(Said.objects.filter(meeting=meeting, speaker=user).select_related("appeal"), pk=said_id)
    refusal = sent(request, partial(services.appeal_statement, said_id=said.pk, actor=user))
    if request.method == "POST" and refusal is None:
        return see_other(reverse("statement_appeal", args=[meeting.pk, said.pk]))
    context = {"meeting": meeting, "said": said, "refusal": refusal, "typed": request.POST}
    return render(request, "floor/appeal.html", context, status=refusal.status if refusal else 200)
