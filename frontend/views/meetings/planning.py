"""Planning a meeting, changing its plan, inviting, and the steps that it takes."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.refusals import Refusal
from deliberation.meetings import policy
from deliberation.meetings.services.inviting import invite
from deliberation.meetings.services.planning import plan
from deliberation.meetings.services.stepping import step
from frontend import figures
from frontend.answers import asked, see_other, signed_in
from frontend.meetings import page, planning


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan a meeting; what is refused keeps what was typed. The form's own UUID makes two presses one meeting."""
    form = planning.new_form(request)
    key = planning.key_of(request.POST.get("id", "")) or uuid4()
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            made, _new = plan(meeting_id=key, actor=signed_in(request), fields=form.as_sent())
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            messages.success(request, _("The meeting is planned. Check the invitation, then send it."))
            return see_other(reverse("meeting", args=[made.pk]))
    return render(request, "meetings/plan.html", {"form": form, "key": key, "for": asked(request, "region")}, status=400 if form.errors else status)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Change the plan of a meeting that is planned or adjourned."""
    meeting = page.load(meeting_id)
    policy.may_run(request.user, meeting).or_refuse()
    form = planning.change_form(request, meeting)
    if request.method == "POST" and form.is_valid():
        try:
            plan(meeting_id=meeting_id, actor=request.user, fields=form.as_sent(), version=form.cleaned_data["version"])
        except Refusal as refusal:
            form.refuse(refusal)
            return render(request, "meetings/plan.html", {**page.frame_of(request, meeting), "form": form}, status=refusal.status)
        messages.success(
            request, _("The plan is changed. Invite again, so that everybody knows.") if meeting.invited_at else _("The plan is changed.")
        )
        return see_other(reverse("meeting", args=[meeting_id]))
    return render(request, "meetings/plan.html", {**page.frame_of(request, meeting), "form": form}, status=400 if form.errors else 200)


@require_POST
def take_step(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Open, adjourn, close or cancel."""
    sent = {name: request.POST.get(name, "") for name in ("reason", "shortfall_reason")}
    name, version = request.POST.get("step", ""), figures.version(request.POST.get("version", ""))
    try:
        meeting = step(meeting_id=meeting_id, name=name, actor=request.user, version=version, **sent)  # type: ignore[arg-type]
    except Refusal as refusal:
        if refusal.status in (401, 404):
            raise
        context = page.context_of(request, page.load(meeting_id), refusal=refusal, typed={**sent, "step": name})
        return render(request, "meetings/page.html", context, status=refusal.status)
    messages.success(request, _("The meeting: %(state)s.") % {"state": str(meeting.get_state_display()).lower()})
    return see_other(reverse("meeting", args=[meeting_id]))


@require_POST
def send_invitation(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Invite: a notice on the region's page, and word to everybody it concerns."""
    invite(meeting_id=meeting_id, actor=request.user)
    messages.success(request, _("The invitation is out: delegates, offices and followers are told."))
    return see_other(reverse("meeting_invitation", args=[meeting_id]))


@require_safe
def invitation(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The invitation, to read and to print."""
    meeting = page.load(meeting_id)
    return render(request, "meetings/invitation.html", {**page.frame_of(request, meeting), **planning.invitation_of(meeting)})
