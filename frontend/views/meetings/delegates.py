"""Who speaks for whom: elected in a meeting, taken from a record on paper, ended with a reason."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.refusals import Refusal
from deliberation.meetings.services import electing
from frontend.answers import see_other
from frontend.meetings import delegates as shown
from frontend.meetings import page


@require_http_methods(["GET", "POST"])
def delegates(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The delegates of a meeting and those it elected; a POST writes one down."""
    meeting = page.load(meeting_id)
    forms = shown.forms_of(request, meeting)
    if request.method == "POST" and (form := forms.sent) is not None and form.is_valid():
        verb = electing.accept if forms.from_paper else electing.elect
        try:
            made, _new = verb(meeting_id=meeting_id, actor=request.user, fields=form.cleaned_data)
        except Refusal as refusal:
            if refusal.status == 401:
                raise
            form.refuse(refusal)
        else:
            messages.success(request, _("%(name)s is a delegate.") % {"name": made.name})
            return see_other(reverse("meeting_delegates", args=[meeting_id]))
    status = 400 if forms.sent and forms.sent.errors else 200
    return render(request, "meetings/delegates.html", {**page.frame_of(request, meeting), **shown.context_of(meeting, forms)}, status=status)


@require_POST
def end(request: HttpRequest, meeting_id: UUID, mandate_id: int) -> HttpResponse:
    """End a mandate with its reason."""
    reason = request.POST.get("reason", "")
    try:
        electing.end_mandate(mandate_id=mandate_id, actor=request.user, reason=reason)
    except Refusal as refusal:
        if refusal.status in (401, 404):
            raise
        meeting = page.load(meeting_id)
        refused = shown.context_of(meeting, shown.forms_of(request, meeting, posted=False), refusal=refusal, ending=mandate_id, reason=reason)
        return render(request, "meetings/delegates.html", {**page.frame_of(request, meeting), **refused}, status=refusal.status)
    messages.success(request, _("The mandate has ended; the record keeps it with the reason."))
    return see_other(reverse("meeting_delegates", args=[meeting_id]))
