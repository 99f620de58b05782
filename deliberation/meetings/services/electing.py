"""Delegates: elected by a meeting, named by an older record, ended with a reason."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts import audit, clock
from accounts.models import User
from accounts.refusals import Answer, Conflict, Invalid, Missing
from accounts.scope import Person
from accounts.text import clean
from deliberation.masking import masked
from deliberation.meetings import policy, rows, telling
from deliberation.meetings.mandates import stages_for
from deliberation.models import Attendance, Mandate, Meeting
from deliberation.words import LEVEL_OF, STAGE_OF, Sex
from geo import codes
from geo.models import Region
from proposals.stages import Stage

REASON_SHORTEST = 10


@transaction.atomic
def elect(*, meeting_id: UUID, actor: Person, fields: Mapping[str, Any]) -> tuple[Mandate, bool]:
    """Write down whom the meeting sends on. Returns the mandate and whether it is new; the same person again is the one that is there.

    `fields`: stage (of `mandates.stages_for`), attendance (a line of the meeting's roll) or name and sex; institution, user
    (a user name), basis (number and date of the record; the meeting's own where it is empty). Raises Invalid by field,
    Conflict where the stage's number of delegates is reached, or the person speaks for another region already.
    """
    meeting = rows.locked_meeting(meeting_id)
    allowed = policy.may_run(actor, meeting).or_refuse()
    policy.not_over(meeting).or_refuse()
    row = _read(meeting, fields)
    here = Mandate.objects.filter(cycle=meeting.cycle, stage=row.stage, region=meeting.region, ended_at__isnull=True)
    if (before := here.filter(name=row.name).first()) is not None:
        return before, False
    _still_free(meeting, here.count())
    _keep(row, actor)
    told = {"mandate": row.pk, "name": row.name, "stage": row.stage, "basis": row.basis, "user": row.user.username if row.user else ""}
    telling.journal(meeting, actor=actor, role=allowed.role, verb="elect", changes=told)
    telling.tell_agenda(meeting)
    return row, True


@transaction.atomic
def accept(*, meeting_id: UUID, actor: Person, fields: Mapping[str, Any]) -> tuple[Mandate, bool]:
    """Take somebody as a delegate of a region below, from a record on paper that `fields["basis"]` names by number and date.

    For villages whose own meeting is not in the platform. `fields`: region (code), name, sex, basis, institution, user. Otherwise
    as `elect`; the stage is the one of this meeting.
    """
    meeting = rows.locked_meeting(meeting_id)
    allowed = policy.may_run(actor, meeting).or_refuse()
    policy.not_over(meeting).or_refuse()
    row = _read_paper(meeting, fields)
    here = Mandate.objects.filter(cycle=meeting.cycle, stage=row.stage, region=row.region, ended_at__isnull=True)
    if (before := here.filter(name=row.name).first()) is not None:
        return before, False
    _keep(row, actor)
    told = {"mandate": row.pk, "name": row.name, "stage": row.stage, "basis": row.basis, "region": row.region_id}
    telling.journal(meeting, actor=actor, role=allowed.role, verb="accept_mandate", changes=told)
    telling.tell_agenda(meeting)
    return row, True


@transaction.atomic
def end_mandate(*, mandate_id: int, actor: Person, reason: str) -> Mandate:
    """End a mandate with a reason that everybody reads; ending it again changes nothing. By whoever may call such a meeting there."""
    mandate = Mandate.objects.select_for_update(of=("self",), no_key=True).select_related("region", "meeting").filter(pk=mandate_id).first()
    if mandate is None:
        raise Missing
    allowed = _may_end(actor, mandate).or_refuse()
    if mandate.ended_at is not None:
        return mandate
    mandate.ended_reason = masked(clean(reason, field="reason", max_length=300, min_length=REASON_SHORTEST))
    mandate.ended_at = clock.now()
    mandate.save(update_fields=["ended_at", "ended_reason"])
    audit.record(
        actor=actor,
        role=allowed.role,
        action="deliberation.mandate.end",
        subject=f"mandate:{mandate.pk}",
        region_code=mandate.region_id,
        changes={"name": mandate.name, "stage": mandate.stage},
        reason=mandate.ended_reason,
    )
    return mandate


def _may_end(actor: Person, mandate: Mandate) -> Answer:
    """Who runs the meeting that elected; for one from paper, who may call the meeting that it is for."""
    if mandate.meeting is not None:
        return policy.may_run(actor, mandate.meeting)
    kind = next(kind for kind, stage in STAGE_OF.items() if stage == mandate.stage)
    return policy.may_convene(actor, kind, codes.ancestor(mandate.region_id, LEVEL_OF[kind]) or "")


def _keep(row: Mandate, actor: Person) -> None:
    row.given_by, row.given_at = actor, clock.now()  # type: ignore[assignment]
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("This person speaks for another region at that stage already."), code="other_mandate") from None


def _read_paper(meeting: Meeting, fields: Mapping[str, Any]) -> Mandate:
    code = str(fields.get("region") or "")
    region = Region.objects.defer("boundary", "outline", "search_text").filter(pk=code).first() if codes.is_code(code) else None
    wrong: dict[str, list[str]] = {}
    if region is None or region.pk == meeting.region_id or not codes.covers(meeting.region_id, region.pk):
        wrong["region"] = [_("Choose the village or sub-district that the delegate speaks for.")]
    if not meeting.stage:
        wrong["stage"] = [_("This meeting prepares; it has no delegates.")]
    if fields.get("sex") not in Sex.values:
        wrong["sex"] = [_("Say whether the delegate is a woman or a man: the share of women is counted.")]
    told = {
        "name": clean(fields.get("name") or "", field="name", max_length=120, min_length=2),
        "basis": masked(clean(fields.get("basis") or "", field="basis", max_length=160, min_length=5)),
        "institution": clean(fields.get("institution") or "", field="institution", max_length=120),
        "user": _account(fields.get("user"), wrong),
    }
    if wrong:
        raise Invalid(wrong)
    return Mandate(cycle=meeting.cycle, stage=meeting.stage, region=region, sex=fields["sex"], **told)


def _read(meeting: Meeting, fields: Mapping[str, Any]) -> Mandate:
    wrong: dict[str, list[str]] = {}
    if fields.get("stage") not in stages_for(meeting):
        wrong["stage"] = [_("Choose the stage to which the delegate is sent.")]
    line = _line(meeting, fields.get("attendance"), wrong)
    name = line.name if line else clean(fields.get("name") or "", field="name", max_length=120, min_length=2)
    sex = line.sex if line else fields.get("sex")
    if sex not in Sex.values:
        wrong["sex"] = [_("Say whether the delegate is a woman or a man: the share of women is counted.")]
    user = _account(fields.get("user"), wrong) or (line.user if line else None)
    institution = clean(fields.get("institution") or (line.institution if line else ""), field="institution", max_length=120)
    basis = masked(clean(fields.get("basis") or "", field="basis", max_length=160)) or _own_record(meeting)
    if wrong:
        raise Invalid(wrong)
    told = {"name": name, "sex": sex, "user": user, "institution": institution, "basis": basis}
    return Mandate(cycle=meeting.cycle, stage=fields["stage"], region=meeting.region, meeting=meeting, **told)


def _line(meeting: Meeting, key: Any, wrong: dict[str, list[str]]) -> Attendance | None:
    if key in (None, ""):
        return None
    line = Attendance.objects.filter(meeting=meeting, struck_at__isnull=True, pk=key).select_related("user").first() if _is_uuid(key) else None
    if line is None:
        wrong["attendance"] = [_("This line is not on the roll of the meeting.")]
    return line


def _is_uuid(key: Any) -> bool:
    try:
        UUID(str(key))
    except ValueError:
        return False
    return True


def _account(username: Any, wrong: dict[str, list[str]]) -> User | None:
    if not username:
        return None
    user = User.objects.filter(username=str(username).strip()[:150], is_active=True).first()
    if user is None:
        wrong["user"] = [_("There is no account with this user name. Leave it empty if the person has none.")]
    return user


def _own_record(meeting: Meeting) -> str:
    """`Berita acara Musrenbang Desa Kapur, 11 Februari 2027`: kept, so it is made in the language of the papers."""
    with translation.override("id"):
        return f"Berita acara {meeting.title}"[:130] + f", {date_format(localtime(meeting.opened_at or meeting.starts_at), 'j F Y')}"


def _still_free(meeting: Meeting, elected: int) -> None:
    window = meeting.cycle.window(Stage(meeting.stage)) if meeting.stage else None
    if window is not None and window.delegates is not None and elected >= window.delegates:
        raise Conflict(
            _("This meeting sends %(count)d delegates, and they are elected. End a mandate first.") % {"count": window.delegates}, code="full"
        )
