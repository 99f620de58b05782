"""An addendum: what a paper said, what it should have said, and why. The paper itself never changes."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts import clock, text
from accounts.refusals import Conflict, Invalid
from accounts.scope import Person
from deliberation.masking import masked
from deliberation.meetings.rows import locked_meeting
from deliberation.models import Document, Meeting
from deliberation.policy import signed_in
from deliberation.records import policy, snapshots, texts
from deliberation.records.services import rows
from deliberation.records.services.issuing import freeze
from deliberation.records.tasks import set_pages
from geo.zones import zone_of
from proposals import live

CORRECTIONS_MOST = 20
REASON_LEAST = 20
_PART_LONGEST, _REASON_LONGEST = 500, 1000


@transaction.atomic
def correct(*, meeting_id: UUID, actor: Person, document_id: UUID, reason: str, corrections: list[dict[str, str]], key: UUID) -> Document:
    """Issue the next addendum to an issued paper. `corrections`: `{"where", "written", "should"}` each.

    `key` is the writer's own UUID: the same form sent twice is one addendum. Raises Refusal (401, 403, 404), Invalid by field,
    Conflict (409: the paper is a draft still, or is itself an addendum).
    """
    meeting = locked_meeting(meeting_id)
    writer = signed_in(actor)
    allowed = policy.may_issue(writer, meeting).or_refuse()
    paper = rows.locked(meeting, document_id)
    _correctable(paper)
    if (known := Document.objects.filter(pk=key).first()) is not None:
        if known.meeting_id == meeting.pk and known.kind == paper.kind:
            return known
        raise Conflict(_("This identifier belongs to something else."), code="other_thing")
    typed = _checked(meeting, paper, reason, corrections)
    number = 1 + (Document.objects.filter(meeting=meeting, kind=paper.kind).aggregate(last=Max("number"))["last"] or 0)
    made = Document(pk=key, meeting=meeting, kind=paper.kind, number=number, texts=typed, created_by=writer, created_at=clock.now())
    freeze(made, snapshots.addendum(paper, number, typed), writer)
    rows.record("correct", made, writer, allowed.role, {"code": made.code, "sha256": made.sha256, "corrects": paper.code}, reason=typed["reason"])
    transaction.on_commit(partial(set_pages.enqueue, str(made.pk)))
    live.announce(meeting.pk, "documents", {"corrected": paper.kind, "number": number})
    return made


def _correctable(paper: Document) -> None:
    if paper.is_draft:
        raise Conflict(_("This paper is a draft: change it before it is issued."), code="not_issued")
    if paper.number:
        raise Conflict(_("Correct the paper itself: its addenda are numbered one after the other."), code="an_addendum")


def _checked(meeting: Meeting, paper: Document, reason: str, corrections: list[dict[str, str]]) -> dict[str, Any]:
    wrong: dict[str, list[str]] = {}
    why, given = "", []
    try:
        why = masked(text.clean(reason, field="reason", max_length=_REASON_LONGEST, min_length=REASON_LEAST, lines=True))
    except Invalid as refusal:
        wrong |= refusal.fields or {}
    try:
        given = _corrections(corrections)
    except Invalid as refusal:
        wrong |= refusal.fields or {}
    if wrong:
        raise Invalid(wrong)
    today: date = clock.now().astimezone(zone_of(meeting.region_id)).date()
    words = (paper.snapshot or {}).get("texts") or texts.empty(meeting)
    return {"reason": why, "corrections": given, "signers": words["signers"], "signed_at": words["signed_at"], "signed_on": today.isoformat()}


def _corrections(sent: list[dict[str, str]]) -> list[dict[str, str]]:
    keys = ("where", "written", "should")
    if not isinstance(sent, list) or not all(isinstance(one, dict) for one in sent):
        raise Invalid({"corrections": [_("Write a text here.")]})
    given = [
        {key: text.clean(one.get(key, ""), field=f"corrections_{key}", max_length=_PART_LONGEST) for key in keys}
        for one in sent[: CORRECTIONS_MOST + 1]
    ]
    given = [one for one in given if any(one.values())]
    if not given or len(given) > CORRECTIONS_MOST:
        raise Invalid({"corrections": [_("Name what is corrected: one to %(most)d places.") % {"most": CORRECTIONS_MOST}]})
    if not all(one["where"] and one["should"] for one in given):
        raise Invalid({"corrections": [_("Say for each correction which part of the paper it is, and what it should say.")]})
    return given
