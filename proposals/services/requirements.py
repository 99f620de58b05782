"""What a plan year asks for: its defaults, its copy from the year before, and the planner's changes."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import audit, clock, text
from accounts.models import User
from accounts.refusals import Conflict, Invalid, Missing
from accounts.scope import Person
from proposals.models import Attachment, Cycle, Requirement
from proposals.papers import policy as file_policy
from proposals.services import rows
from proposals.stages import DELIBERATING, Stage
from proposals.words import Sector, WorkKind

Kind = Attachment.Kind
_HINT_LONGEST = 300
#: DOMAIN 8 rule 5 and section 9. Content of the plan year, so in its language; nobody of the kabupaten has confirmed it.
DEFAULTS: tuple[tuple[str, str, str, str], ...] = (
    (Kind.PHOTO, "", Stage.SUBDISTRICT, "Minimal satu foto lokasi, diambil di tempat pekerjaan akan dilakukan."),
    (
        Kind.LAND_EVIDENCE,
        WorkKind.PHYSICAL,
        Stage.SUBDISTRICT,
        "Surat aset desa, sertifikat, atau surat hibah/izin pemilik lahan. Jelaskan bila lahan sudah milik umum.",
    ),
    (Kind.COST_PLAN, WorkKind.PHYSICAL, Stage.AGENCY, "Rencana anggaran biaya (RAB) sederhana: volume, harga satuan, jumlah."),
    (Kind.MEETING_RECORD, "", "", "Berita acara musyawarah yang menyepakati usulan ini."),
    (Kind.COVER_LETTER, "", "", "Surat pengantar kepala desa."),
    (Kind.DESIGN, WorkKind.PHYSICAL, "", "Gambar rencana atau DED, bila sudah ada."),
)


def give(cycle: Cycle) -> int:
    """Fill a new plan year with what the one before asked for, or with the defaults; all unverified. Returns how many rows."""
    before = (
        Requirement.objects.filter(cycle__region_id=cycle.region_id, cycle__plan_year__lt=cycle.plan_year)
        .order_by("-cycle__plan_year", "pk")
        .select_related("cycle")
    )
    latest = before.first()
    if latest is not None:
        return copy(latest.cycle, cycle)
    made = [Requirement(cycle=cycle, document=kind, work_kind=work, gate_stage=gate, hint=hint) for kind, work, gate, hint in DEFAULTS]
    return len(Requirement.objects.bulk_create(made))


def copy(source: Cycle, target: Cycle) -> int:
    """Ask in the target for what the source asks for, unverified. Returns how many rows."""
    copied = ("document", "work_kind", "sector", "gate_stage", "hint")
    rows_of_source = Requirement.objects.filter(cycle=source).order_by("pk")
    made = [Requirement(cycle=target, **{name: getattr(row, name) for name in copied}) for row in rows_of_source]
    return len(Requirement.objects.bulk_create(made))


@transaction.atomic
def ask_for(
    *, actor: Person, cycle_id: int, document: str, work_kind: str = "", sector: str = "", gate_stage: str = "", hint: str = "", pk: int | None = None
) -> Requirement:
    """Add a requirement, or change the one with this key; a person of the kabupaten has then confirmed it.

    Raises Refusal (401, 403, 404), Invalid by field, Conflict where the same is asked for already.
    """
    planner = rows.signed_in(actor)
    cycle, role = _own_cycle(planner, cycle_id)
    values = _read(document=document, work_kind=work_kind, sector=sector, gate_stage=gate_stage, hint=hint)
    row = Requirement(cycle=cycle) if pk is None else _of(cycle, pk)
    for name, value in (values | {"verified_by": planner, "verified_at": clock.now()}).items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Conflict(_("This document is asked for already, for the same works."), code="asked_already") from None
    _record(planner, role, cycle, "add" if pk is None else "change", values)
    return row


@transaction.atomic
def drop(*, actor: Person, cycle_id: int, pk: int) -> bool:
    """Ask for it no longer; False where it was not asked for. Raises Refusal (401, 403, 404)."""
    planner = rows.signed_in(actor)
    cycle, role = _own_cycle(planner, cycle_id)
    row = Requirement.objects.filter(cycle=cycle, pk=pk).first()
    if row is None:
        return False
    row.delete()
    _record(planner, role, cycle, "drop", {"document": row.document, "work_kind": row.work_kind, "sector": row.sector})
    return True


@transaction.atomic
def confirm_all(*, actor: Person, cycle_id: int) -> int:
    """Say of every row that the kabupaten asks for it: how many were unverified. Raises Refusal (401, 403, 404)."""
    planner = rows.signed_in(actor)
    cycle, role = _own_cycle(planner, cycle_id)
    confirmed = Requirement.objects.filter(cycle=cycle, verified_at__isnull=True).update(verified_by=planner, verified_at=clock.now())
    if confirmed:
        _record(planner, role, cycle, "confirm", {"rows": confirmed})
    return confirmed


def _own_cycle(planner: User, cycle_id: int) -> tuple[Cycle, str]:
    """The plan year under lock, and the role that may change what it asks for."""
    cycle = Cycle.objects.select_for_update().filter(pk=cycle_id).first()
    if cycle is None:
        raise Missing
    return cycle, file_policy.may_ask_for(planner, cycle.region_id).or_refuse().role


def _of(cycle: Cycle, pk: int) -> Requirement:
    row = Requirement.objects.filter(cycle=cycle, pk=pk).first()
    if row is None:
        raise Missing
    return row


def _read(*, document: str, work_kind: str, sector: str, gate_stage: str, hint: str) -> dict[str, Any]:
    lists = {
        "document": (document, list(Kind.values)),
        "work_kind": (work_kind, ["", *WorkKind.values]),
        "sector": (sector, ["", *Sector.values]),
        "gate_stage": (gate_stage, ["", *(stage.value for stage in DELIBERATING)]),
    }
    wrong = {name: [_("Choose one of the list.")] for name, (value, known) in lists.items() if value not in known}
    if wrong:
        raise Invalid(wrong)
    return {name: value for name, (value, _known) in lists.items()} | {"hint": text.clean(hint, field="hint", max_length=_HINT_LONGEST)}


def _record(planner: User, role: str, cycle: Cycle, verb: str, changes: dict[str, Any]) -> None:
    audit.record(
        actor=planner, role=role, action=f"proposals.requirement.{verb}", subject=f"cycle:{cycle.pk}", region_code=cycle.region_id, changes=changes
    )
