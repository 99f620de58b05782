"""The accounts of the demonstration: one a role, and the neighbours who talk and vote."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password

from accounts.models import Agency, Assignment, Residency, User
from accounts.roles import Role
from geo.models import Region

#: Known to everybody who reads the README; load_demo therefore refuses a database with real people in it.
PASSWORD = "anyaman-tikar-2028"  # noqa: S105 - published on purpose

DISTRICT = "61.12"
SUBDISTRICT = "61.12.09"
VILLAGE = "61.12.09.2010"


@dataclass(frozen=True)
class Part:
    """One account that a visitor may play."""

    username: str
    name: str
    role: Role | None
    region: str
    agency: str = ""


PARTS: tuple[Part, ...] = (
    Part("fasilitator", "Siti Rahmah", Role.FACILITATOR, VILLAGE),
    Part("warga", "Ahmad Fauzi", None, VILLAGE),
    Part("kades", "Junaidi Hamzah", Role.VILLAGE_HEAD, VILLAGE),
    Part("camat", "Maria Lestari", Role.SUBDISTRICT_OFFICER, SUBDISTRICT),
    Part("dinas", "Bambang Suroso", Role.AGENCY_OFFICER, DISTRICT, agency="PUPR"),
    Part("bappeda", "Dewi Anggraini", Role.PLANNER, DISTRICT),
    Part("tapd", "Hendra Wijaya", Role.BUDGET_TEAM, DISTRICT),
    Part("sekwan", "Ratna Dewi", Role.COUNCIL_SECRETARY, DISTRICT),
    Part("moderator", "Yohana Sari", Role.MODERATOR, DISTRICT),
    Part("auditor", "Rudi Hartono", Role.AUDITOR, DISTRICT),
    Part("operator", "Nur Aini", Role.OPERATOR, DISTRICT),
)

#: Waits for the village to confirm that she lives there.
NEWCOMER = Part("warga-baru", "Rina Marlina", None, VILLAGE)

NEIGHBOURS = (
    "Melati Kusuma", "Kenanga Putri", "Cempaka Dewi", "Usman Ali", "Ratna Sari", "Darmawan", "Fatimah Zahra", "Petrus Kanis", "Lim Mei Hua",
    "Syarifah Nur", "Agus Setiawan", "Maryam", "Theresia Wati", "Abdul Karim", "Sumarni", "Joko Prasetyo", "Halimah", "Antonius Bong", "Wahyuni",
    "Ibrahim", "Rosmina", "Tarmizi", "Evi Susanti", "Mahmud", "Nurhayati", "Bong Siu Lan", "Zainal", "Suryani", "Gunawan", "Khadijah",
)  # fmt: skip


def person(username: str, name: str, *, usable: bool) -> User:
    """An account of the demonstration; without a usable password nobody can sign in as a neighbour."""
    password = make_password(PASSWORD if usable else None)
    return User.objects.create(username=username, display_name=name, password=password, is_demo=True)


def give(user: User, role: Role, region: str, since: date, agency: Agency | None = None) -> None:
    """Let a person hold a role; written directly, for no operator exists before the first one."""
    Assignment.objects.create(user=user, role=role, region_id=region, agency=agency, starts_on=since, basis="Data contoh")


def settle(user: User, village: Region, by: User, at: datetime) -> None:
    """A residency that the village has confirmed."""
    Residency.objects.create(user=user, village=village, status=Residency.Status.CONFIRMED, requested_at=at, decided_by=by, decided_at=at)
