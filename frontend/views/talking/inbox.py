"""The inbox, and the link in every letter that ends them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from deliberation.notices import choices
from deliberation.notices import inbox as news
from frontend.answers import see_other, signed_in
from frontend.paging import page_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """What one was told; a POST opens one notice, or marks everything as read."""
    user, opened = signed_in(request), request.POST.get("open", "")
    if request.method == "POST" and opened:
        return see_other(news.open_notice(actor=user, notice_id=int(opened) if opened.isascii() and opened.isdigit() and len(opened) < 18 else 0))
    if request.method == "POST":
        news.read_all(actor=user)
        messages.success(request, _("Everything is marked as read."))
        return see_other(reverse("inbox"))
    return render(request, "talk/inbox.html", {"page": page_of(request, news.inbox(user))})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def end_mail(request: HttpRequest, token: str) -> HttpResponse:
    """No more mail, without signing in: a button for people, one POST for mail programs (RFC 8058), which carry no token of ours.

    Looking at the page ends nothing: mail scanners open every link.
    """
    choices.person_of(token)
    if request.method == "POST":
        choices.end_mail(token=token)
    return render(request, "talk/end_mail.html", {"ended": request.method == "POST", "token": token})
