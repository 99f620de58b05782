"""Writing a draft and throwing it away."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import User
from accounts.refusals import Allowed, Conflict, Invalid, Missing
from accounts.scope import Person
from accounts.text import clean
from deliberation.ballots import policy
from deliberation.ballots.services.checks import read_limits
from deliberation.ballots.services.rows import journal, locked_ballot, same_version
from deliberation.ballots.words import BallotKind, BallotScope, Secrecy
from deliberation.masking import masked
from deliberation.meetings.plans import YEARS
from deliberation.meetings.rows import known as known_meetings
from deliberation.models import Ballot, Candidate, Meeting
from geo import codes
from geo.codes import Level
from geo.models import Region
from proposals.models import Cycle, Proposal
from proposals.stages import Stage

#: So many candidates fit on a sheet of paper and in a person's head.
CANDIDATES_AT_MOST = 99


@dataclass(frozen=True)
class Draft:
    """What a draft says, as it was typed; limits may be text. `proposals` are in the order of the ballot."""

    scope: str
    kind: str
    title: str
    opens_at: datetime | None
    closes_at: datetime | None
    purpose: str = ""
    region_code: str = ""
    plan_year: int | None = None
    meeting_id: UUID | None = None
    secrecy: str = Secrecy.SECRET
    limits: dict[str, Any] = field(default_factory=dict)
    shows_turnout: bool = True
    proposals: tuple[UUID, ...] = ()


@transaction.atomic
def save_draft(*, ballot_id: UUID, actor: Person, draft: Draft, version: int | None = None) -> tuple[Ballot, bool]:
    """Write a draft under the maker's own UUID, or change it. Returns it and whether it is new.

    Raises Invalid by field, Refusal (401, 403) and Conflict: already opened, another's UUID, or changed meanwhile.
    """
    meeting = _meeting(draft)
    region_code = meeting.region_id if meeting else draft.region_code
    allowed = policy.may_convene(actor, draft.scope, region_code, meeting).or_refuse()
    before = _before(ballot_id, actor, version)
    fields = _fields(draft, meeting, region_code)
    chosen = _chosen(draft, region_code)
    assert isinstance(actor, User)  # noqa: S101 - the policy has refused everybody else
    ballot = _changed(before, fields) if before else _made(ballot_id, fields, actor, allowed)
    Candidate.objects.filter(ballot=ballot).delete()
    Candidate.objects.bulk_create(Candidate(ballot=ballot, proposal=one, number=at) for at, one in enumerate(chosen, start=1))
    journal(ballot, actor=actor, role=allowed.role, verb="draft", changes={"kind": ballot.kind, "scope": ballot.scope, "candidates": len(chosen)})
    return ballot, before is None


@transaction.atomic
def discard_draft(*, ballot_id: UUID, actor: Person) -> None:
    """Throw a draft away; what was opened is annulled instead."""
    ballot = locked_ballot(ballot_id)
    allowed = policy.may_change(actor, ballot).or_refuse()
    journal(ballot, actor=actor, role=allowed.role, verb="discard", changes={"title": ballot.title})
    ballot.delete()


def _before(ballot_id: UUID, actor: Person, version: int | None) -> Ballot | None:
    try:
        ballot = locked_ballot(ballot_id)
    except Missing:
        return None
    policy.may_change(actor, ballot).or_refuse()
    same_version(ballot, version)
    return ballot


def _meeting(draft: Draft) -> Meeting | None:
    if draft.scope == BallotScope.RESIDENTS and draft.meeting_id is None:
        return None
    meeting = known_meetings().filter(pk=draft.meeting_id).first() if draft.meeting_id else None
    if meeting is None and draft.scope != BallotScope.RESIDENTS:
        raise Invalid({"meeting": [_("Choose the meeting whose roll or delegates vote.")]})
    if meeting is not None and draft.scope == BallotScope.DELEGATES and not meeting.stage:
        raise Invalid({"scope": [_("This meeting decides at no stage, so nobody has a mandate for it. Choose its roll.")]})
    return meeting


def _fields(draft: Draft, meeting: Meeting | None, region_code: str) -> dict[str, Any]:
    errors: dict[str, list[str]] = {}
    for name, value, known in (
        ("scope", draft.scope, BallotScope.values),
        ("kind", draft.kind, BallotKind.values),
        ("secrecy", draft.secrecy, Secrecy.values),
    ):
        if value not in known:
            errors[name] = [_("Choose one of these.")]
    if any(moment is not None and moment.year not in YEARS for moment in (draft.opens_at, draft.closes_at)):
        errors["opens_at"] = [_("Give the day and the time.")]
    elif draft.opens_at is None or draft.closes_at is None:
        errors["closes_at" if draft.opens_at else "opens_at"] = [_("Give the day and the time.")]
    elif draft.closes_at <= draft.opens_at:
        errors["closes_at"] = [_("A ballot closes after it opens.")]
    limits = read_limits(draft.kind, draft.limits, errors)
    cycle = meeting.cycle if meeting else _cycle(draft, region_code, errors)
    if errors:
        raise Invalid(errors)
    return {
        "cycle": cycle,
        "region_id": region_code,
        "meeting": meeting,
        "title": masked(clean(draft.title, field="title", max_length=160, min_length=5)),
        "purpose": masked(clean(draft.purpose, field="purpose", max_length=2000, lines=True)),
        **{name: getattr(draft, name) for name in ("scope", "kind", "secrecy", "opens_at", "closes_at", "shows_turnout")},
        **limits,
    }


def _cycle(draft: Draft, region_code: str, errors: dict[str, list[str]]) -> Cycle | None:
    if not Region.objects.filter(pk=region_code).exists():
        errors["region"] = [_("There is no such region.")]
        return None
    found = Cycle.objects.filter(region_id=codes.ancestor(region_code, Level.DISTRICT), plan_year=draft.plan_year or 0).first()
    if found is None:
        errors["plan_year"] = [_("No plan year has been opened here under this number.")]
    return found


def _chosen(draft: Draft, region_code: str) -> list[Proposal]:
    """The proposals in the order given: sent in, of this region, each once."""
    if len(set(draft.proposals)) < len(draft.proposals):
        raise Invalid({"proposals": [_("A proposal stands once on a ballot.")]})
    if not 2 <= len(draft.proposals) <= CANDIDATES_AT_MOST:
        raise Invalid({"proposals": [_("Choose at least two proposals, and at most %(most)d.") % {"most": CANDIDATES_AT_MOST}]})
    rows = {one.pk: one for one in Proposal.objects.filter(pk__in=draft.proposals).exclude(stage=Stage.DRAFT)}
    inside = {key for key, one in rows.items() if codes.covers(region_code, one.village_id)}
    if len(inside) < len(draft.proposals):
        raise Invalid({"proposals": [_("Only proposals of this region that were sent in can stand on its ballot.")]})
    return [rows[key] for key in draft.proposals]


def _made(ballot_id: UUID, fields: dict[str, Any], actor: User, allowed: Allowed) -> Ballot:
    now = clock.now()
    try:
        with transaction.atomic():
            return Ballot.objects.create(pk=ballot_id, convened_by=actor, convened_role=allowed.role, created_at=now, changed_at=now, **fields)
    except IntegrityError:
        raise Conflict(_("This ballot was not saved: its identifier is already in use. Reload the page and send it again.")) from None


def _changed(ballot: Ballot, fields: dict[str, Any]) -> Ballot:
    for name, value in fields.items():
        setattr(ballot, name, value)
    ballot.version += 1
    ballot.changed_at = clock.now()
    ballot.save(update_fields=[*(name.removesuffix("_id") for name in fields), "version", "changed_at"])
    return ballot
