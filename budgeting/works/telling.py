"""Who hears what about works: the agency that builds, the planner, for village money the head; those who disputed."""

from collections.abc import Sequence
from uuid import UUID

from accounts import clock
from accounts.roles import Role
from accounts.scope import held_on
from budgeting.models import Confirmation, DisputeAnswer, FundedWork
from budgeting.sources import is_village_money
from budgeting.words import Witness
from deliberation.notices.telling import Told, notify, persons, tell
from geo import codes

_ROLES = (Role.PLANNER, Role.AGENCY_OFFICER, Role.VILLAGE_HEAD)


def responsible_for(works: Sequence[FundedWork]) -> dict[UUID, list[int]]:
    """Keys of the persons who answer for each of these works today; one query for all."""
    above = {code for work in works for code in codes.lineage(work.region_id)}
    held = held_on(clock.today()).filter(role__in=_ROLES, region_id__in=above)
    offices = list(held.order_by("user_id").values_list("user_id", "role", "region_id", "agency_id"))
    return {work.pk: sorted({who for who, role, region, agency in offices if _answers_for(work, role, region, agency)}) for work in works}


def _answers_for(work: FundedWork, role: str, region: str, agency: int | None) -> bool:
    if not codes.covers(region, work.region_id):
        return False
    if role == Role.AGENCY_OFFICER:
        return work.agency_id is not None and agency == work.agency_id
    return role == Role.PLANNER or is_village_money(work.funding_source)


def path_of(work: FundedWork) -> str:
    """The work's page, an address that never changes."""
    return f"/pembangunan/{work.pk}/"


def disputed(work: FundedWork, word: Confirmation) -> None:
    """Whoever answers for the work hears that a villager disputes it, and until when an answer is owed."""
    facts = {"title": work.title, "due": work.answer_due_on.isoformat() if work.answer_due_on else ""}
    notify(
        kind="work_disputed",
        key=f"work_disputed:{word.pk}",
        to=responsible_for([work])[work.pk],
        path=path_of(work) + "#kata-warga",
        facts=facts,
        actor=word.person,
        region_code=work.region_id,
    )


def answered(work: FundedWork, answer: DisputeAnswer) -> None:
    """Those whose dispute stands hear that it was answered."""
    people = work.confirmations.filter(superseded_at__isnull=True, verdict=Witness.DISPUTE).order_by("person_id").values_list("person_id", flat=True)
    notify(
        kind="work_answered",
        key=f"work_answered:{answer.pk}",
        to=list(people),
        path=path_of(work) + "#kata-warga",
        facts={"title": work.title},
        actor=answer.by,
        region_code=work.region_id,
    )


def surfaced(works: Sequence[FundedWork], kind: str, since: str) -> None:
    """These works are late or silent: told once for each planned end and each silence, the day in the field `since`."""
    people = responsible_for(works)
    tell([_surfaced(work, kind, getattr(work, since).isoformat(), people[work.pk]) for work in works])


def _surfaced(work: FundedWork, kind: str, day: str, people: list[int]) -> Told:
    facts = {"title": work.title, "due": day}
    return Told(kind=kind, key=f"{kind}:{work.pk}:{day}", path=path_of(work), facts=facts, region_code=work.region_id, to=persons(people))
