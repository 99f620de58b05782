"""Who holds which role where, now.

A role counts between the first and the last day of its assignment, in its region and everything below it. People who
may no longer sign in, and visitors who did not, hold none. A user's assignments are read once an instance, which lives
as long as the request; what a service changes is forgotten by `forget`.
"""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts import clock
from accounts.models import Assignment, Residency, User
from geo import codes

Person = User | AnonymousUser


@dataclass(frozen=True)
class Office:
    """One role held in one region today."""

    role: str
    region_code: str
    agency_id: int | None


def offices_of(user: Person) -> tuple[Office, ...]:
    """All that a person holds today, in the order of role and region."""
    if not isinstance(user, User) or not user.is_active:
        return ()
    today = clock.today()
    kept: tuple[date, tuple[Office, ...]] | None = getattr(user, "_offices", None)
    if kept is None or kept[0] != today:
        kept = today, _read(user, today)
        user._offices = kept  # type: ignore[attr-defined]  # noqa: SLF001 - kept on the instance, gone with the request
    return kept[1]


def held_on(day: date) -> QuerySet[Assignment]:
    """Every role that somebody holds on that day, also of people who may no longer sign in."""
    return Assignment.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


def _in_force(user: User, today: date) -> QuerySet[Assignment]:
    return held_on(today).filter(user=user).order_by("role", "region_id", "pk")


def _read(user: User, today: date) -> tuple[Office, ...]:
    return tuple(Office(*row) for row in _in_force(user, today).values_list("role", "region_id", "agency_id"))


def assignments_of(user: User) -> QuerySet[Assignment]:
    """The rows behind `offices_of`, with region and agency: for pages that show them."""
    return _in_force(user, clock.today()).select_related("region", "agency").defer("region__boundary", "region__outline")


def forget(user: Person) -> None:
    """Read the assignments of this instance again the next time: after one was given or ended."""
    if hasattr(user, "_offices"):
        delattr(user, "_offices")


def has_role(user: Person, role: str, region_code: str) -> bool:
    """Whether the person holds the role for this region, or for one above it."""
    return any(office.role == role and codes.covers(office.region_code, region_code) for office in offices_of(user))


def roles_at(user: Person, region_code: str) -> frozenset[str]:
    """Every role the person holds for this region."""
    return frozenset(office.role for office in offices_of(user) if codes.covers(office.region_code, region_code))


def regions_of(user: Person, role: str) -> list[str]:
    """The codes of the regions in which the person holds the role, in the order of the codes."""
    return sorted({office.region_code for office in offices_of(user) if office.role == role})


def agencies_of(user: Person) -> frozenset[int]:
    """Keys of the agencies the person answers for."""
    return frozenset(office.agency_id for office in offices_of(user) if office.agency_id is not None)


def remember_claim(user: Person) -> None:
    """Read the person's open claim now, for this instance: a page that only shows asks ten times and reads once.

    For pages alone. A service reads what is true under its lock.
    """
    if isinstance(user, User):
        user._claim = claim_of(user)  # type: ignore[attr-defined]  # noqa: SLF001 - kept on the instance, gone with the request


def claim_of(user: User) -> Residency | None:
    """The person's one claim that waits or was confirmed; read once where a page remembers it."""
    if hasattr(user, "_claim"):
        kept: Residency | None = user._claim  # noqa: SLF001 - see `remember_claim`
        return kept
    return Residency.objects.filter(user=user, status__in=[Residency.Status.PENDING, Residency.Status.CONFIRMED]).first()


def residence_of(user: Person) -> str | None:
    """The code of the village that confirmed the person as its resident; None for everybody else."""
    if not isinstance(user, User) or not user.is_active:
        return None
    if hasattr(user, "_claim"):
        claim = claim_of(user)
        return claim.village_id if claim and claim.status == Residency.Status.CONFIRMED else None
    return Residency.objects.filter(user=user, status=Residency.Status.CONFIRMED).values_list("village_id", flat=True).first()
