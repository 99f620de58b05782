"""Reporting a comment: what is wrong with it, once a person."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import Refusal
from deliberation.models import Comment, Report
from deliberation.moderation.reporting import report_comment
from frontend import proposal_page
from frontend.answers import back_to, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, address: str, comment_id: UUID) -> HttpResponse:
    """The form, and sending it."""
    found, user, refusal = proposal_page.load(address, request.user), signed_in(request), None
    comments = Comment.objects.public().filter(proposal=found, hidden_at__isnull=True).select_related("author")
    said = get_object_or_404(comments, pk=comment_id)
    if request.method == "POST":
        try:
            report_comment(comment_id=said.pk, actor=user, reason=request.POST.get("reason", ""), words=request.POST.get("words", ""))
        except Refusal as no:
            refusal = no
        else:
            messages.success(request, _("Thank you. A moderator will look at it."))
            return back_to(found, f"?utas={said.pk}#tanggapan-{said.pk}")
    context = {"proposal": found, "comment": said, "reasons": Report.Reason.choices, "refusal": refusal, "typed": request.POST}
    return render(request, "talk/report.html", context, status=refusal.status if refusal else 200)
