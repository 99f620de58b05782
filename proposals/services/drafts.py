"""Writing: a draft under the writer's own UUID, and the correction of what was returned."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import audit, clock
from accounts.models import User
from accounts.refusals import Conflict, Invalid
from accounts.scope import Person
from proposals import live, policy, tasks
from proposals.capture_words import Told
from proposals.models import Proposal
from proposals.services import capturing, changes, rows, versions
from proposals.services import fields as given
from proposals.stages import Outcome, Stage
from proposals.words import Channel

#: What the amount follows from, and the reason where it does not.
_MONEY = frozenset({"volume", "unit_price", "amount", "amount_reason"})


@transaction.atomic
def save_draft(
    *, proposal_id: UUID, actor: Person, fields: Mapping[str, Any], version: int | None = None, told: Told | None = None
) -> tuple[Proposal, bool]:
    """Make or rewrite a draft under the client's own UUID: `(proposal, whether it is new)`.

    `fields` is the whole draft by the names of `fields.WRITABLE`; what is absent is empty. Sent again it changes nothing,
    also after a facilitator corrected it or it was submitted: a late repeat from a bad line overwrites nobody.
    With the `version` that was read, a draft that somebody changed since is not overwritten. `told` says when a device without
    signal captured it: sent in later, it counts from then. Raises Refusal (401, 403),
    Conflict (another author's UUID, sent in and different now, changed meanwhile) and Invalid by field.
    """
    writer = rows.signed_in(actor)
    proposal = rows.locked_or_none(proposal_id)
    if proposal is None:
        entry = _allowed_entry(writer, fields)
        proposal = _insert(proposal_id, writer, {**entry.or_refuse(), "sent_sha256": _fingerprint(fields), **capturing.moment_of(told)})
        if proposal is not None:
            return proposal, True
        # the same draft came twice at once and the other one was first
        proposal = rows.locked(proposal_id)
    return _rewrite(proposal, writer, fields, version), False


def _allowed_entry(writer: User, fields: Mapping[str, Any]) -> given.Entry:
    """What was sent, once it is clear that the writer may propose there: rights come before the shape of the rest."""
    entry = given.read(fields)
    _may_create(writer, entry)
    return entry


def _may_create(writer: User, entry: given.Entry) -> None:
    """Whether this person may write what comes by this channel, there and then."""
    if entry.village is not None:
        agency = entry.values.get("agency")
        policy.may_create(writer, entry.village.pk, entry.cycle, entry.values["channel"], agency.pk if agency else None).or_refuse()


def _insert(proposal_id: UUID, writer: User, values: dict[str, Any]) -> Proposal | None:
    now = clock.now()
    try:
        with transaction.atomic():
            proposal = Proposal.objects.create(
                pk=proposal_id, author=writer, created_at=now, changed_at=now, stage_entered_at=now, stage=Stage.DRAFT, outcome=Outcome.OPEN, **values
            )
    except IntegrityError:
        if Proposal.objects.filter(pk=proposal_id).exists():
            return None
        raise
    _record(proposal, writer, "proposals.draft.create", {}, before=None)
    return proposal


def _rewrite(proposal: Proposal, writer: User, fields: Mapping[str, Any], version: int | None) -> Proposal:
    if proposal.author_id != writer.pk:
        raise Conflict(_("This draft belongs to somebody else."), code="another_author")
    sent = _fingerprint(fields)
    if sent == proposal.sent_sha256:
        return proposal
    entry = given.read(fields, held=proposal.dictionary_entry_id)
    differing = changes.differing(proposal, entry.values)
    if not entry.errors and not differing:
        return proposal
    if proposal.stage != Stage.DRAFT:
        raise Conflict(
            _("This proposal was already sent in as %(number)s; what was sent is kept.") % {"number": proposal.number}, code="already_sent"
        )
    policy.may_edit(writer, proposal).or_refuse()
    if version is not None:
        rows.same_version(proposal, version)
    _may_create(writer, entry)
    entry.or_refuse()
    _keep_descent(proposal, differing)
    before = _store(proposal, {**differing, "sent_sha256": sent})
    _record(proposal, writer, "proposals.draft.save", {"fields": sorted(differing)}, before=before)
    return proposal


def _fingerprint(fields: Mapping[str, Any]) -> str:
    """SHA-256 of a draft as it was sent, whatever the order of its fields."""
    sent = {name: fields[name] for name in given.WRITABLE if name in fields}
    return sha256(json.dumps(sent, sort_keys=True, default=str).encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def edit(*, proposal_id: UUID, actor: Person, version: int, fields: Mapping[str, Any]) -> Proposal:
    """Correct a draft or what was returned: only the fields given change; the journal keeps what stood before.

    Raises Refusal (401, 403, 404), Conflict (409: not editable now, or changed meanwhile) and Invalid by field.
    """
    writer = rows.signed_in(actor)
    proposal = rows.locked(proposal_id)
    allowed = policy.may_edit(writer, proposal).or_refuse()
    rows.same_version(proposal, version)
    entry = given.read({**_standing(proposal, fields), **fields}, held=proposal.dictionary_entry_id)
    if proposal.stage == Stage.DRAFT:
        _may_carry(writer, proposal, entry)
    values = entry.or_refuse()
    differing = changes.differing(proposal, values)
    if not _MONEY & fields.keys():
        # what a level has recommended is no product of the two any more, and stands
        differing = {name: value for name, value in differing.items() if name not in _MONEY}
    if proposal.stage != Stage.DRAFT:
        _keep_home(differing)
    _keep_descent(proposal, differing)
    if not differing:
        return proposal
    kept = changes.for_journal(proposal, differing) if proposal.stage != Stage.DRAFT else {"fields": sorted(differing)}
    before = _store(proposal, differing)
    if proposal.stage != Stage.DRAFT and (lacks := given.missing(proposal)):
        raise Invalid(lacks)
    _record(proposal, writer, "proposals.edit", kept, role=allowed.role, before=before)
    if proposal.stage != Stage.DRAFT:
        live.announce(proposal.pk, "stage", {**rows.facts(proposal), "move": "edit"})
        tasks.look_for_pairs([proposal.pk])
    return proposal


def _standing(proposal: Proposal, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What a correction does not name stands as it was, unless it follows from what it does name."""
    standing = as_sent(proposal)
    if proposal.amount_reason and not {"volume", "unit_price"} & fields.keys():
        standing["amount"] = proposal.amount
    if "shape" in fields and "location" not in fields:
        # the old point lay on the old line: the new one brings its own
        standing["location"] = None if fields["shape"] or proposal.shape else standing["location"]
    return standing


def _may_carry(writer: User, proposal: Proposal, entry: given.Entry) -> None:
    """A draft goes to another village, year, channel or agency only by somebody who may propose there."""
    home = (proposal.village_id, proposal.cycle_id, proposal.channel)
    if entry.village is None or entry.cycle is None:
        return
    if proposal.channel != Channel.VILLAGE or (entry.village.pk, entry.cycle.pk, entry.values["channel"]) != home:
        _may_create(writer, entry)


def _keep_home(differing: dict[str, Any]) -> None:
    """The number names the kabupaten and the year, and the village's list holds it: they stay."""
    sentence = _("This cannot change any more once the proposal has a number.")
    moved: dict[str, list[str]] = {name: [sentence] for name in ("village", "plan_year", "channel") if name in differing}
    if moved:
        raise Invalid(moved)
    # who answers for it is decided by rerouting, not by the words of the text
    differing.pop("agency", None)


def _keep_descent(proposal: Proposal, differing: Mapping[str, Any]) -> None:
    """What was carried over brought the village's supporters and its years of waiting: it stays in its village and year."""
    sentence = _("This was carried over from an earlier year, so it stays with its village and plan year. Withdraw it and write a new one instead.")
    moved: dict[str, list[str]] = {name: [sentence] for name in ("village", "plan_year") if name in differing}
    if proposal.first_asked_year and moved:
        raise Invalid(moved)


def as_sent(proposal: Proposal) -> dict[str, Any]:
    """A proposal's own content under the names in which it is sent; the amount follows from volume and unit price."""
    sent = {name: getattr(proposal, name) for name in given.WRITABLE if name not in ("village", "dictionary_entry", "amount")}
    entry = proposal.dictionary_entry
    return {**sent, "village": proposal.village_id, "dictionary_entry": entry.code if entry else None, "agency": proposal.agency_id}


def _store(proposal: Proposal, differing: dict[str, Any]) -> versions.Before:
    before = versions.before(proposal)
    for name, value in differing.items():
        setattr(proposal, name, value)
    proposal.version += 1
    proposal.changed_at = clock.now()
    proposal.save(update_fields=[*differing, "version", "changed_at"])
    return before


def _record(proposal: Proposal, writer: User, action: str, kept: dict[str, Any], *, before: versions.Before | None, role: str = "") -> None:
    role = role or policy.standing_of(writer, proposal).first((*policy.writers_of(proposal), policy.RESIDENT, policy.AUTHOR))
    versions.record([versions.Change(proposal, before, action, writer, role)])
    audit.record(
        actor=writer,
        role=role,
        action=action,
        subject=f"proposal:{proposal.pk}",
        region_code=proposal.village_id,
        changes=kept,
    )
