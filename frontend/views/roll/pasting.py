"""A pasted list: looked at before it is saved, each row's error told by its number."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.refusals import Refusal
from deliberation.meetings.policy import may_record
from deliberation.models import Meeting
from deliberation.roll import policy
from deliberation.roll.services.entering import enter_all
from deliberation.words import RollSource
from frontend.answers import see_other, signed_in
from frontend.roll import page
from frontend.roll.addresses import to_typing
from frontend.roll.pasted import Checked, refusals


@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The empty field, the preview, and with "save" the rows that are right."""
    meeting = page.load(meeting_id)
    may_record(request.user, meeting).or_refuse()
    if request.method != "POST":
        return _shown(request, meeting)
    checked = Checked(request, meeting)
    if request.POST.get("then") != "save":
        return _shown(request, meeting, checked)
    try:
        policy.may_write(request.user, meeting).or_refuse()
        answers = enter_all(meeting_id=meeting_id, actor=signed_in(request), sent=checked.sent(), source=RollSource.PASTED)
    except Refusal as refusal:
        return _shown(request, meeting, checked, refusal)
    wrong = refusals(answers)
    if wrong:
        place, why = wrong[0]
        messages.error(request, _("Row %(row)d did not come onto the roll: %(why)s") % {"row": place, "why": why.in_words()})
    count = sum(one.state == "entered" for one in answers)
    told = ngettext("%(count)d person came onto the roll.", "%(count)d people came onto the roll.", count) % {"count": count}
    messages.success(request, told)
    return see_other(to_typing(meeting_id))


def _shown(request: HttpRequest, meeting: Meeting, checked: Checked | None = None, refusal: Refusal | None = None) -> HttpResponse:
    rows = checked.rows() if checked else []
    context = {
        **page.frame(request, meeting),
        **page.choices_of(meeting),
        "checked": checked,
        "rows": rows,
        "good": sum(not row["problems"] for row in rows),
        "faulty": sum(bool(row["problems"]) for row in rows),
        "refusal": refusal,
    }
    return render(request, "roll/paste.html", context, status=refusal.status if refusal else 200)
