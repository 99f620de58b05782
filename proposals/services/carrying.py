"""Carrying over what a year did not fund: into a draft of the village for a later plan year, with its descent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import audit, clock
from accounts.models import AuditEntry, User
from accounts.refusals import Answer, Conflict, Denied, Invalid, Refusal
from accounts.scope import Person
from geo import codes
from geo.codes import Level
from proposals import live, policy, tasks
from proposals.descent import policy as descent_policy
from proposals.models import Attachment, Cycle, Lineage, Proposal, Recommendation
from proposals.policy import Standing
from proposals.services import copying, rows, versions
from proposals.services.decisions import carry_out, journal_of, told_of, version_of
from proposals.services.descending import descend
from proposals.services.papers_along import bring_along
from proposals.services.said import Said
from proposals.services.stepping import stepped
from proposals.stages import MOVES, Outcome, Stage

_AT_ONCE = 500
#: What is as true a year later: how the place looks, and whose land it is. Letters, cost plans and designs are made anew.
_COME_ALONG = (Attachment.Kind.PHOTO.value, Attachment.Kind.LAND_EVIDENCE.value)
#: How many are carried over by one request: more than any village leaves behind in a year.
CARRIED_AT_MOST = 200


@dataclass
class Carried:
    """What became of each proposal: the drafts made, and what stood in the way of the others."""

    made: list[Proposal] = field(default_factory=list)
    refused: list[tuple[Proposal, Refusal]] = field(default_factory=list)


@dataclass(frozen=True)
class _Parcel:
    """A proposal that may be carried over, the role that allows it, and the UUID of its draft."""

    parent: Proposal
    role: str
    draft_id: UUID


@transaction.atomic
def carry_over(*, proposal_id: UUID, actor: Person, plan_year: int, draft_id: UUID | None = None) -> tuple[Proposal, bool]:
    """Carry one proposal over: `(draft, whether it is new)`.

    `draft_id` is the client's own UUID for the draft: the same again answers the draft that is there. Raises Refusal
    (401, 403, 404), Conflict (it was funded, goes on elsewhere, its year still runs, it was carried over already) and Invalid.
    """
    writer = rows.signed_in(actor)
    parent = next(iter(_locked([proposal_id])), None)
    if parent is None:
        raise Refusal(_("This does not exist."), code="not_found", status=404)
    goes_on = _goes_on([parent]).get(parent.pk)
    if goes_on is not None and goes_on.pk == draft_id and policy.may_see(writer, goes_on):
        return goes_on, False
    carried = _carry([parent], writer, plan_year, {parent.pk: draft_id} if draft_id else {})
    if carried.refused:
        raise carried.refused[0][1]
    return carried.made[0], True


@transaction.atomic
def carry_over_many(*, proposal_ids: Iterable[UUID], actor: Person, plan_year: int) -> Carried:
    """Carry over all that can be, in a constant number of statements for each village; the others are told with their reason.

    Raises Refusal 401 and Invalid for a year that is none.
    """
    writer = rows.signed_in(actor)
    keys = set(proposal_ids)
    if len(keys) > CARRIED_AT_MOST:
        raise Invalid({"proposals": [_("Carry over at most %(most)d at once.") % {"most": CARRIED_AT_MOST}]})
    return _carry(_locked(keys), writer, plan_year, {})


def _locked(keys: Iterable[UUID]) -> list[Proposal]:
    """In the order of their keys: of two who carry over the same, the second finds what the first made."""
    found = Proposal.objects.select_for_update(of=("self",), no_key=True).select_related("cycle", "dictionary_entry", "agency", "village")
    light = found.defer("village__boundary", "village__outline").prefetch_related("cycle__windows")
    return list(light.filter(pk__in=list(keys)).order_by("pk"))


def _carry(parents: Sequence[Proposal], writer: User, plan_year: Any, draft_ids: dict[UUID, UUID]) -> Carried:
    carried, parcels = Carried(), list[tuple[_Parcel, Cycle]]()
    standings, goes_on, cycles = dict[str, Standing](), _goes_on(parents), _cycles(parents, plan_year)
    answers = dict[tuple[object, ...], Answer]()
    for parent in parents:
        try:
            role = _allowed(parent, writer, standings, goes_on.get(parent.pk))
            cycle = _into(parent, plan_year, cycles)
            asked = (parent.village_id, cycle.pk, parent.channel, parent.agency_id)
            if asked not in answers:
                answers[asked] = policy.may_create(writer, parent.village_id, cycle, parent.channel, parent.agency_id)
            answers[asked].or_refuse()
        except Refusal as refusal:
            carried.refused.append((parent, refusal))
        else:
            parcels.append((_Parcel(parent, role, draft_ids.get(parent.pk) or uuid4()), cycle))
    for cycle in cycles.values():
        carried.made += _write([parcel for parcel, into in parcels if into == cycle], cycle, writer)
    return carried


def _allowed(parent: Proposal, writer: User, standings: dict[str, Standing], goes_on: Proposal | None) -> str:
    """The role that allows it. What a person is in a village is asked once, however many proposals it has."""
    if parent.village_id not in standings:
        standings[parent.village_id] = policy.standing_in(writer, parent.village_id)
    standing = standings[parent.village_id]
    if parent.author_id == writer.pk:
        standing = Standing(standing.signed_in, standing.roles | {policy.AUTHOR}, standing.agencies)
    role = descent_policy.may_carry_over(writer, parent, standing).or_refuse().role
    if goes_on is not None:
        sentence = _("It was carried over already and goes on as %(number)s.") if goes_on.number else _("It was carried over already; a draft waits.")
        Denied(sentence % {"number": goes_on.number}, code="carried_over", status=409).or_refuse()
    return role


def _goes_on(parents: Iterable[Proposal]) -> dict[UUID, Proposal]:
    """What each was carried over into and was not taken back since, by parent."""
    steps = Lineage.objects.filter(parent__in=list(parents), kind=Lineage.Kind.CARRIED_OVER).exclude(child__outcome=Outcome.WITHDRAWN)
    return {step.parent_id: step.child for step in steps.select_related("child__cycle")}


def _cycles(parents: Iterable[Proposal], plan_year: Any) -> dict[str, Cycle]:
    """The cycles of the year asked for, by district."""
    if isinstance(plan_year, bool) or not isinstance(plan_year, int) or not 2000 <= plan_year <= 2100:
        raise Invalid({"plan_year": [_("Write the plan year as a year, for example 2028.")]})
    districts = {parent.cycle.region_id for parent in parents}
    found = Cycle.objects.filter(region__in=districts, plan_year=plan_year).prefetch_related("windows").order_by("region_id")
    return {cycle.region_id: cycle for cycle in found}


def _into(parent: Proposal, plan_year: int, cycles: dict[str, Cycle]) -> Cycle:
    cycle = cycles.get(codes.ancestor(parent.village_id, Level.DISTRICT) or "")
    if cycle is None:
        sentence = _("There is no planning for %(year)s here. Ask the village office which years are open.")
        raise Invalid({"plan_year": [sentence % {"year": plan_year}]})
    if plan_year <= parent.plan_year:
        raise Invalid({"plan_year": [_("It is carried over into a year after %(year)s.") % {"year": parent.plan_year}]})
    return cycle


def _write(parcels: Sequence[_Parcel], cycle: Cycle, writer: User) -> list[Proposal]:
    if not parcels:
        return []
    parents = [parcel.parent for parcel in parcels]
    asked, new = copying.asked_last(parents), copying.entries_of(cycle, parents)
    drafts = [_draft(parcel, cycle, writer, copying.taken_along(parcel.parent, asked[parcel.parent.pk], new)) for parcel in parcels]
    _insert(drafts)
    bring_along([(parcel.parent, draft) for draft, parcel in zip(drafts, parcels, strict=True)], kinds=_COME_ALONG)
    action = "proposals.carry_over"
    versions.record(versions.Change(draft, None, action, writer, parcel.role) for draft, parcel in zip(drafts, parcels, strict=True))
    audit.record_all([_journal(draft, parcel, writer) for draft, parcel in zip(drafts, parcels, strict=True)])
    _close([parcel for parcel in parcels if parcel.parent.outcome in descent_policy.PENDING], writer)
    descend([_step(draft, parcel, writer) for draft, parcel in zip(drafts, parcels, strict=True)])
    tasks.fold_when_many()
    return drafts


def _draft(parcel: _Parcel, cycle: Cycle, writer: User, values: dict[str, Any]) -> Proposal:
    now, parent = clock.now(), parcel.parent
    return Proposal(
        **values,
        pk=parcel.draft_id,
        cycle=cycle,
        plan_year=cycle.plan_year,
        first_asked_year=parent.first_asked_year or parent.plan_year,
        author=writer,
        created_at=now,
        changed_at=now,
        stage_entered_at=now,
        stage=Stage.DRAFT,
        outcome=Outcome.OPEN,
    )


def _insert(drafts: list[Proposal]) -> None:
    try:
        with transaction.atomic():
            Proposal.objects.bulk_create(drafts, batch_size=_AT_ONCE)
    except IntegrityError:
        if Proposal.objects.filter(pk__in=[draft.pk for draft in drafts]).exists():
            raise Conflict(_("This draft belongs to somebody else."), code="another_author") from None
        raise


def _step(draft: Proposal, parcel: _Parcel, writer: User) -> Lineage:
    return Lineage(parent=parcel.parent, child=draft, kind=Lineage.Kind.CARRIED_OVER, by=writer, role=parcel.role, at=draft.created_at)


def _journal(draft: Proposal, parcel: _Parcel, writer: User) -> AuditEntry:
    return audit.entry(
        actor=writer,
        role=parcel.role,
        action="proposals.carry_over",
        subject=f"proposal:{draft.pk}",
        region_code=draft.village_id,
        changes={"from": parcel.parent.pk, "number": parcel.parent.number, "plan_year": draft.plan_year, "first_asked_year": draft.first_asked_year},
    )


def _close(parcels: Sequence[_Parcel], writer: User) -> None:
    """What nobody had decided when its year ended is told as not funded, so that no late run funds it beside its successor."""
    if not parcels:
        return
    changed, steps = set[str](), list[Recommendation]()
    stood = {parcel.parent.pk: versions.before(parcel.parent) for parcel in parcels}
    for parcel in parcels:
        names, step = carry_out(parcel.parent, MOVES["carry_over"], Said(), actor=writer, role=parcel.role)
        changed |= names
        steps.append(step)
    Proposal.objects.bulk_update([parcel.parent for parcel in parcels], sorted(changed), batch_size=_AT_ONCE)
    Recommendation.objects.bulk_create(steps, batch_size=_AT_ONCE)
    versions.record(version_of(step, stood[step.proposal_id]) for step in steps)
    audit.record_all([journal_of(step.proposal, step) for step in steps])
    live.announce_each("stage", {step.proposal_id: told_of(step.proposal, step) for step in steps})
    stepped(steps)
