"""One scorer's own sheet: written row by row, submitted once, links declared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.refusals import Conflict, Invalid
from accounts.scope import Person
from accounts.text import clean
from deliberation.masking import masked
from deliberation.models import Panel, PanelEntry, Recusal, Score, Sheet
from deliberation.scoring import policy, ties
from deliberation.scoring.law import HIGHEST, LOWEST
from deliberation.scoring.reading import panel_codes
from deliberation.scoring.services.rows import journal, locked_sheet, panel_for_scoring
from deliberation.scoring.words import SheetState, Tie


@dataclass(frozen=True)
class Mark:
    """One score as it was typed: the proposal's number before the panel, the criterion, the value (None takes it away), the comment.

    A comment of None leaves what stands.
    """

    number: int
    code: str
    value: int | None
    comment: str | None = None


@transaction.atomic
def save_marks(*, panel_id: UUID, actor: Person, marks: Sequence[Mark]) -> int:
    """Keep some scores of the actor's own sheet as a draft; what is not named stays. Returns how many changed.

    Raises Invalid with a field a score (`nilai-<number>-<code>`), Conflict where the sheet takes nothing any more.
    Nothing of it is journalled or announced: the sheet is blind.
    """
    _panel, sheet = _own(panel_id, actor)
    entries = {entry.number: entry for entry in PanelEntry.objects.filter(panel=sheet.panel)}
    locked = set(Recusal.objects.filter(sheet=sheet).values_list("entry_id", flat=True))
    read = _checked(marks, entries, locked, panel_codes(sheet.panel))
    standing = {(score.entry_id, score.code): score for score in Score.objects.filter(sheet=sheet)}
    return _write(sheet, read, standing)


@transaction.atomic
def submit_sheet(*, panel_id: UUID, actor: Person) -> Sheet:
    """Hand the sheet in, whole; submitting again changes nothing. Raises Conflict where scores are missing, naming the first."""
    panel = panel_for_scoring(panel_id)
    sheet = locked_sheet(panel, actor)
    if sheet is not None and sheet.state == SheetState.SUBMITTED:
        return sheet
    policy.may_score(actor, sheet, panel).or_refuse()
    assert sheet is not None  # noqa: S101 - the policy has refused who has none
    _tie_again(panel, sheet)
    missing = missing_of(panel, sheet)
    if missing:
        first = ", ".join(str(number) for number in sorted({number for number, _code in missing})[:10])
        raise Conflict(_("%(count)d scores are missing, at number %(numbers)s.") % {"count": len(missing), "numbers": first}, code="incomplete")
    Sheet.objects.filter(pk=sheet.pk).update(state=SheetState.SUBMITTED, submitted_at=clock.now())
    sheet.refresh_from_db(fields=["state", "submitted_at"])
    journal(panel, actor=actor, role="scorer", verb="submit", changes={"capacity": sheet.capacity})
    return sheet


@transaction.atomic
def declare_tie(*, panel_id: UUID, actor: Person, number: int, reason: str) -> int:
    """Say that one is tied to what asks: its rows are locked and their scores go. Returns how many rows.

    Among villages the link is to the village, so all its proposals are locked; in a village's own panel to the proposal alone.
    It cannot be taken back: who found the tie worth saying does not score there.
    """
    panel, sheet = _own(panel_id, actor)
    entry = PanelEntry.objects.filter(panel=panel, number=number).select_related("proposal").first()
    if entry is None:
        raise Invalid({"number": [_("There is no such number on this sheet.")]})
    said = masked(clean(reason, field="reason", max_length=300, min_length=10))
    touched = PanelEntry.objects.filter(panel=panel)
    touched = touched.filter(proposal__village_id=entry.proposal.village_id) if ties.is_among_villages(panel) else touched.filter(pk=entry.pk)
    new = touched.exclude(recusals__sheet=sheet)
    rows = [Recusal(sheet=sheet, entry=one, tie=Tie.DECLARED, reason=said, at=clock.now()) for one in new]
    Recusal.objects.bulk_create(rows)
    Score.objects.filter(sheet=sheet, entry__in=[row.entry_id for row in rows]).delete()
    if rows:
        journal(panel, actor=actor, role="scorer", verb="recuse", changes={"numbers": sorted(row.entry.number for row in rows)}, reason=said)
    return len(rows)


def missing_of(panel: Panel, sheet: Sheet) -> list[tuple[int, str]]:
    """Number and criterion of every score that a sheet still needs; three queries."""
    locked = set(Recusal.objects.filter(sheet=sheet).values_list("entry_id", flat=True))
    held = set(Score.objects.filter(sheet=sheet, value__isnull=False).values_list("entry_id", "code"))
    entries = PanelEntry.objects.filter(panel=panel).order_by("number").values_list("pk", "number")
    return [(number, code) for key, number in entries if key not in locked for code in panel_codes(panel) if (key, code) not in held]


def _own(panel_id: UUID, actor: Person) -> tuple[Panel, Sheet]:
    panel = panel_for_scoring(panel_id)
    sheet = locked_sheet(panel, actor)
    policy.may_score(actor, sheet, panel).or_refuse()
    assert sheet is not None  # noqa: S101 - the policy has refused who has none
    return panel, sheet


def _tie_again(panel: Panel, sheet: Sheet) -> None:
    """Who came to be tied since the opening does not score there either."""
    entries = PanelEntry.objects.filter(panel=panel).exclude(recusals__sheet=sheet).select_related("proposal")
    new = ties.found(panel, [sheet], entries)
    Recusal.objects.bulk_create(new)
    Score.objects.filter(sheet=sheet, entry__in=[one.entry_id for one in new]).delete()


def _checked(marks: Sequence[Mark], entries: Mapping[int, PanelEntry], locked: set[int], known: Sequence[str]) -> list[tuple[PanelEntry, Mark]]:
    """Each mark with its entry, its comment cleaned; raises Invalid with every field that is wrong."""
    wrong: dict[str, list[str]] = {}
    read = []
    for mark in marks:
        entry, field = entries.get(mark.number), f"nilai-{mark.number}-{mark.code}"
        if entry is None or mark.code not in known:
            wrong[field] = [_("This score is not asked for on this sheet.")]
        elif entry.pk in locked:
            wrong[field] = [_("You are tied to number %(number)d and do not score it.") % {"number": mark.number}]
        elif mark.value is not None and not LOWEST <= mark.value <= HIGHEST:
            wrong[field] = [_("Number %(number)d: write 1, 2, 3, 4 or 5.") % {"number": mark.number}]
        else:
            comment = None if mark.comment is None else masked(clean(mark.comment, field=f"komentar-{mark.number}-{mark.code}", max_length=500))
            read.append((entry, Mark(mark.number, mark.code, mark.value, comment)))
    if wrong:
        raise Invalid(wrong)
    return read


def _write(sheet: Sheet, read: Sequence[tuple[PanelEntry, Mark]], standing: Mapping[tuple[int, str], Score]) -> int:
    """New, changed and emptied scores in three statements."""
    wanted: dict[tuple[int, str], Score] = {}
    for entry, mark in read:
        before = standing.get((entry.pk, mark.code))
        comment = (before.comment if before else "") if mark.comment is None else mark.comment
        if (before.value, before.comment) != (mark.value, comment) if before else mark.value is not None or comment:
            wanted[(entry.pk, mark.code)] = Score(sheet=sheet, entry=entry, code=mark.code, value=mark.value, comment=comment)
    emptied = [key for key, score in wanted.items() if score.value is None and not score.comment]
    Score.objects.filter(pk__in=[standing[key].pk for key in emptied if key in standing]).delete()
    Score.objects.bulk_create(
        [score for key, score in wanted.items() if key not in emptied],
        update_conflicts=True,
        unique_fields=["sheet", "entry", "code"],
        update_fields=["value", "comment"],
    )
    return len(wanted)
