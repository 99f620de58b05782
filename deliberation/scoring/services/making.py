"""Drawing up a panel: for which meeting or stage, and whom it asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import User
from accounts.refusals import Conflict, Invalid
from accounts.scope import Person
from accounts.text import clean
from deliberation.meetings.policy import not_over
from deliberation.meetings.rows import known as known_meetings
from deliberation.models import Meeting, Panel, Sheet
from deliberation.scoring import policy
from deliberation.scoring.reading import known
from deliberation.scoring.services.rows import journal, locked_panel, same_version
from geo import codes
from geo.codes import Level
from proposals.models import Cycle
from proposals.stages import Stage

SCORERS_AT_MOST = 30


@dataclass(frozen=True)
class Asked:
    """A scorer as named: the account, and as whom the person scores."""

    username: str
    capacity: str


@dataclass(frozen=True)
class Draft:
    """What a draft says, as it was typed: a meeting, or a stage of a region and plan year."""

    title: str
    scorers: Sequence[Asked]
    meeting_id: UUID | None = None
    region_code: str = ""
    stage: str = ""
    plan_year: int | None = None


@transaction.atomic
def save_panel(*, panel_id: UUID, actor: Person, draft: Draft, version: int | None = None) -> tuple[Panel, bool]:
    """Write a draft under the maker's own UUID, or change title and scorers. Returns it and whether it is new.

    Raises Invalid by field (`scorer-1` … for the lines), Refusal (401, 403), Conflict: opened, another's UUID, changed meanwhile,
    or a panel that is not closed yet.
    """
    before = known().select_for_update(of=("self",), no_key=True).filter(pk=panel_id).first()
    if before is not None:
        allowed = policy.may_change(actor, before).or_refuse()
        same_version(before, version)
        panel = before
    else:
        place = _place(draft)
        allowed = policy.may_make(actor, stage=place.stage, region_code=place.region_code, meeting=place.meeting).or_refuse()
        panel = _new(panel_id, actor, allowed.role, place)
    panel.title = clean(draft.title, field="title", max_length=160, min_length=3)
    people = _people(draft.scorers)
    _keep(panel, is_new=before is None)
    _ask(panel, people)
    journal(panel, actor=actor, role=allowed.role, verb="draft", changes={"title": panel.title, "scorers": [person.pk for person, _as in people]})
    return panel, before is None


@transaction.atomic
def discard_panel(*, panel_id: UUID, actor: Person) -> None:
    """Throw a draft away; what was opened stays."""
    panel = locked_panel(panel_id)
    allowed = policy.may_change(actor, panel).or_refuse()
    journal(panel, actor=actor, role=allowed.role, verb="discard", changes={"title": panel.title})
    panel.delete()


@dataclass(frozen=True)
class _Place:
    """Where a panel scores: the meeting's stage, or a stage of a region; a meeting that prepares looks at the village's."""

    stage: str
    region_code: str
    meeting: Meeting | None
    plan_year: int | None


def _place(draft: Draft) -> _Place:
    if draft.meeting_id is None:
        return _Place(draft.stage, draft.region_code, None, draft.plan_year)
    found = known_meetings().filter(pk=draft.meeting_id).first()
    if found is None:
        raise Invalid({"meeting": [_("There is no such meeting.")]})
    return _Place(found.stage or Stage.VILLAGE.value, found.region_id, found, found.cycle.plan_year)


def _new(panel_id: UUID, actor: Person, role: str, place: _Place) -> Panel:
    assert isinstance(actor, User)  # noqa: S101 - the policy has refused everybody else
    meeting = place.meeting
    if meeting is not None:
        not_over(meeting).or_refuse()
    cycle = meeting.cycle if meeting else _cycle(place.region_code, place.plan_year)
    if place.stage not in cycle.order():
        raise Invalid({"stage": [_("This plan year has no such stage.")]})
    now = clock.now()
    made = {"made_by": actor, "made_role": role, "created_at": now, "changed_at": now}
    return Panel(id=panel_id, cycle=cycle, stage=place.stage, region_id=place.region_code, meeting=meeting, **made)


def _cycle(region: str, year: int | None) -> Cycle:
    found = Cycle.objects.filter(region_id=codes.ancestor(region, Level.DISTRICT), plan_year=year or 0).prefetch_related("windows").first()
    if found is None:
        raise Invalid({"plan_year": [_("This plan year is not open here.")]})
    return found


def _people(asked: Sequence[Asked]) -> list[tuple[User, str]]:
    """The scorers with their capacity, in the order they were named; raises Invalid with a field a line."""
    if not asked:
        raise Invalid({"scorers": [_("Name at least one scorer.")]})
    if len(asked) > SCORERS_AT_MOST:
        raise Invalid({"scorers": [_("At most %(count)d scorers.") % {"count": SCORERS_AT_MOST}]})
    names = [str(one.username).replace("\0", "").strip()[:150] for one in asked]
    known_people = {user.username: user for user in User.objects.filter(username__in=names, is_active=True)}
    wrong: dict[str, list[str]] = {}
    found: dict[int, tuple[User, str]] = {}
    for at, (name, one) in enumerate(zip(names, asked, strict=True), start=1):
        person = known_people.get(name)
        if person is None:
            wrong[f"scorer-{at}"] = [_("Nobody signs in with this user name.")]
        elif person.pk in found:
            wrong[f"scorer-{at}"] = [_("This person is named twice.")]
        else:
            found[person.pk] = (person, clean(one.capacity, field=f"scorer-{at}", max_length=80, min_length=2))
    if wrong:
        raise Invalid(wrong)
    return list(found.values())


def _keep(panel: Panel, *, is_new: bool) -> None:
    if not is_new:
        panel.version, panel.changed_at = panel.version + 1, clock.now()
        panel.save(update_fields=["title", "version", "changed_at"])
        return
    try:
        with transaction.atomic():
            panel.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("There is a panel here that is not closed yet. Change that one, or throw its draft away."), code="one_at_a_time") from None


def _ask(panel: Panel, people: Sequence[tuple[User, str]]) -> None:
    Sheet.objects.filter(panel=panel).delete()
    Sheet.objects.bulk_create(Sheet(panel=panel, scorer=person, capacity=capacity) for person, capacity in people)
