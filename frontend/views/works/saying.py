"""What people press on a work's page: confirm, dispute, answer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.refusals import Refusal
from budgeting.works import saying
from frontend.answers import see_other, tried
from frontend.works import page


@require_POST
def say(request: HttpRequest, work_id: UUID) -> HttpResponse:
    """One's word about the work. A refusal keeps what was typed."""
    given = {name: request.POST.get(name, "") for name in ("id", "verdict", "reason")}
    refusal = tried(lambda: saying.say(work_id=work_id, actor=request.user, **given))
    if refusal is not None:
        return _again(request, work_id, refusal)
    messages.success(request, _("Thank you: your word stands on the page."))
    return _back(work_id)


@require_POST
def answer(request: HttpRequest, work_id: UUID) -> HttpResponse:
    """The answer to those who dispute."""
    key, text = request.POST.get("id", ""), request.POST.get("text", "")
    refusal = tried(lambda: saying.answer(work_id=work_id, actor=request.user, id=key, text_said=text))
    if refusal is not None:
        return _again(request, work_id, refusal)
    messages.success(request, _("Your answer stands on the page; those who dispute hear of it."))
    return _back(work_id)


def _again(request: HttpRequest, work_id: UUID, refusal: Refusal) -> HttpResponse:
    view = page.work_view(request.user, work_id, refusal=refusal, written=request.POST.dict())
    return render(request, "works/page.html", view, status=refusal.status)


def _back(work_id: UUID) -> HttpResponse:
    return see_other(reverse("funded_work", args=[work_id]) + "#kata-warga")
