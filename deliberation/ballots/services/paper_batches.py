"""Paper ballots: typed by two who do not see each other's rows, compared, decided where they differ, counted once."""

import random
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import User
from accounts.refusals import Conflict, Invalid, Missing
from accounts.scope import Person
from accounts.text import clean
from deliberation.ballots import electorate, policy
from deliberation.ballots.reading import rules_of, standees_of
from deliberation.ballots.sentences import sentence
from deliberation.ballots.services.rows import journal, locked_ballot
from deliberation.ballots.sheets import Sheet, differing, read
from deliberation.ballots.words import BatchState, VoteChannel
from deliberation.masking import masked
from deliberation.models import Ballot, PaperBatch, Typing, Vote

SHEETS_AT_MOST = 500


@transaction.atomic
def open_batch(*, batch_id: UUID, ballot_id: UUID, actor: Person, label: str, sheets: int, set_aside: int = 0, reason: str = "") -> PaperBatch:
    """A heap of so many sheets from the box. Refused where more sheets lie there than people are marked on the paper roll."""
    ballot = locked_ballot(ballot_id)
    allowed = policy.may_count(actor, ballot).or_refuse()
    if (before := PaperBatch.objects.filter(pk=batch_id).first()) is not None:
        if before.ballot_id != ballot.pk:
            raise Conflict(_("This batch was not saved: its identifier is already in use."))
        return before
    assert isinstance(actor, User)  # noqa: S101 - the policy has refused everybody else
    label = masked(clean(label, field="label", max_length=80, min_length=1))
    if not 1 <= sheets <= SHEETS_AT_MOST:
        raise Invalid({"sheets": [_("A batch has at least one sheet and at most %(most)d. Make several.") % {"most": SHEETS_AT_MOST}]})
    reason = masked(clean(reason, field="set_aside_reason", max_length=300, min_length=20 if set_aside else 0))
    fits(ballot, sheets)
    try:
        with transaction.atomic():
            batch = PaperBatch.objects.create(
                pk=batch_id, ballot=ballot, label=label, sheets=sheets, set_aside=set_aside, set_aside_reason=reason,
                opened_by_id=actor.pk, opened_at=clock.now(),
            )  # fmt: skip
    except IntegrityError:
        raise Invalid({"label": [_("There is a batch of this name already.")]}) from None
    journal(ballot, actor=actor, role=allowed.role, verb="batch", changes={"batch": label, "sheets": sheets, "set_aside": set_aside}, reason=reason)
    return batch


def fits(ballot: Ballot, more: int) -> None:
    """Raises Conflict where the sheets of all batches and `more` exceed the people marked as having voted on paper."""
    there = sum(PaperBatch.objects.filter(ballot=ballot).values_list("sheets", flat=True))
    marked = electorate.marked_by_channel(ballot)[VoteChannel.PAPER]
    if there + more > marked:
        words = _(
            "There would be %(sheets)d paper ballots, but only %(marked)d people are marked as having voted on paper. "
            "Mark who is missing on the roll; or mix the ballots, draw the surplus unread and write it down as set aside."
        )
        raise Conflict(words % {"sheets": there + more, "marked": marked}, code="more_ballots_than_voters")


@transaction.atomic
def type_batch(*, batch_id: UUID, actor: Person, lines: Sequence[str]) -> PaperBatch:
    """One person's typing, a line a sheet; typing again replaces the own lines. The third person types the differing sheets only."""
    ballot, batch = _locked(batch_id)
    allowed = policy.may_count(actor, ballot).or_refuse()
    assert isinstance(actor, User)  # noqa: S101 - the policy has refused everybody else
    if batch.state == BatchState.COUNTED:
        raise Conflict(_("This batch is counted already."), code="counted")
    others = [one for one in batch.typings.order_by("pk") if one.typist_id != actor.pk and not one.is_third]
    if len(others) >= 2:
        return _third(batch, others, actor, allowed.role, lines)
    rows = _read(ballot, lines, batch.sheets)
    Typing.objects.update_or_create(batch=batch, typist=actor, defaults={"rows": rows, "at": clock.now()})
    Typing.objects.filter(batch=batch, is_third=True).delete()
    apart = differing(rows, others[0].rows) if others else []
    state = BatchState.TYPING if not others else BatchState.DIFFERS if apart else BatchState.AGREED
    _stands(batch, state, len(apart))
    journal(ballot, actor=actor, role=allowed.role, verb="type", changes={"batch": batch.label, "differences": len(apart)})
    return batch


@transaction.atomic
def count_batch(*, batch_id: UUID, actor: Person) -> PaperBatch:
    """Put the agreed sheets into the count, in a random order. Counting again changes nothing."""
    ballot, batch = _locked(batch_id)
    allowed = policy.may_count(actor, ballot).or_refuse()
    if batch.state == BatchState.COUNTED:
        return batch
    if batch.state != BatchState.AGREED:
        raise Conflict(_("Two people must type this batch and agree on every sheet before it counts."), code="not_agreed")
    fits(ballot, 0)
    rules, standees = rules_of(ballot), standees_of(ballot)
    sheets = [read(line, rules, standees)[0] for line in agreed_rows(batch)]
    valid = [sheet for sheet in sheets if sheet.is_valid]
    random.SystemRandom().shuffle(valid)
    Vote.objects.bulk_create(
        Vote(ballot=ballot, is_secret=ballot.is_secret, channel=VoteChannel.PAPER, marks=[list(mark) for mark in sheet.marks]) for sheet in valid
    )
    batch.state, batch.invalid, batch.counted_by_id, batch.counted_at = BatchState.COUNTED, len(sheets) - len(valid), actor.pk, clock.now()
    batch.save(update_fields=["state", "invalid", "counted_by", "counted_at"])
    changes = {"batch": batch.label, "valid": len(valid), "invalid": batch.invalid, "differences": batch.differences}
    journal(ballot, actor=actor, role=allowed.role, verb="count", changes=changes)
    return batch


@transaction.atomic
def recount_batch(*, batch_id: UUID, actor: Person, sheets: int, note: str) -> PaperBatch:
    """Write down what a later count by hand of the heap found; the difference is published, the votes stay."""
    ballot, batch = _locked(batch_id)
    allowed = policy.may_count(actor, ballot).or_refuse()
    note = masked(clean(note, field="note", max_length=300, min_length=10))
    batch.recounted, batch.recount_note = sheets, note
    batch.save(update_fields=["recounted", "recount_note"])
    journal(ballot, actor=actor, role=allowed.role, verb="recount", changes={"batch": batch.label, "sheets": [batch.sheets, sheets]}, reason=note)
    return batch


def agreed_rows(batch: PaperBatch) -> list[str]:
    """The lines that count: as both typed them, and as the third look decided where they differ."""
    first, _second = [one for one in batch.typings.order_by("pk") if not one.is_third][:2]
    third = next((one for one in batch.typings.all() if one.is_third), None)
    return [decided or line for line, decided in zip(first.rows, third.rows if third else [""] * len(first.rows), strict=True)]


def _third(batch: PaperBatch, others: list[Typing], actor: User, role: str, lines: Sequence[str]) -> PaperBatch:
    ballot = batch.ballot
    policy.may_look_third(actor, batch, {one.typist_id for one in others}).or_refuse()
    apart = differing(others[0].rows, others[1].rows)
    if not apart:
        raise Conflict(_("Both typings agree; there is nothing to decide."), code="agreed")
    read_lines = _read(ballot, lines, len(apart), numbers=apart)
    decided: list[str] = [""] * batch.sheets
    for at, line in zip(apart, read_lines, strict=True):
        decided[at - 1] = line
    Typing.objects.update_or_create(batch=batch, typist=actor, defaults={"rows": decided, "at": clock.now(), "is_third": True})
    _stands(batch, BatchState.AGREED, len(apart))
    journal(ballot, actor=actor, role=role, verb="third_look", changes={"batch": batch.label, "decided": len(apart)})
    return batch


def _stands(batch: PaperBatch, state: BatchState, differences: int) -> None:
    batch.state, batch.differences = state, max(batch.differences, differences)
    batch.save(update_fields=["state", "differences"])


def _read(ballot: Ballot, lines: Sequence[str], expected: int, numbers: Sequence[int] | None = None) -> list[str]:
    """The lines as they are kept, one way of writing for each content. Raises Invalid with a sentence for each sheet that is wrong."""
    if len(lines) != expected:
        words = _("There are %(lines)d lines for %(sheets)d sheets. One line a sheet; x for one that is not valid, - for an abstention.")
        raise Invalid({"rows": [words % {"lines": len(lines), "sheets": expected}]})
    rules, standees = rules_of(ballot), standees_of(ballot)
    kept, wrong = list[str](), list[str]()
    for at, line in zip(numbers or range(1, expected + 1), lines, strict=True):
        sheet, faults = read(line, rules, standees)
        kept.append(Sheet.text(sheet, rules.kind))
        wrong += [_("Sheet %(number)d: %(fault)s") % {"number": at, "fault": sentence(fault)} for fault in faults[:1]]
    if wrong:
        raise Invalid({"rows": [*wrong[:20], _("Look at the sheet again. If the voter wrote it so, type x: the sheet is not valid.")]})
    return kept


def _locked(batch_id: UUID) -> tuple[Ballot, PaperBatch]:
    """The ballot's lock first, then the batch."""
    key: Any = PaperBatch.objects.filter(pk=batch_id).values_list("ballot_id", flat=True).first()
    if key is None:
        raise Missing
    ballot = locked_ballot(key)
    batch = PaperBatch.objects.select_for_update(of=("self",)).prefetch_related("typings").get(pk=batch_id)
    batch.ballot = ballot
    return ballot, batch
