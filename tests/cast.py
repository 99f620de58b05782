"""The fixed cast: everybody who appears in the tests, on a small piece of country.

    61        Kalimantan Barat
    61.12     Kubu Raya, `HOME`                     61.71  Kota Pontianak, `ELSEWHERE`
    61.12.01  Sungai Raya    .2001 Kapur (`VILLAGE`)  .2002 Arang (`NEXT_VILLAGE`)  .2003 Tebang  .2004 Mekar (no boundary)
    61.12.02  Sungai Kakap   .2001 Kalimas            .2002 Jeruju                  .2003 Punggur

Villages are squares of 0.02 degrees side by side: Sungai Raya in the row from latitude -0.10, Sungai Kakap in the row
above it, Pontianak's one ward to the east. `point_in(code)` is the middle of a square.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import MultiPolygon, Point, Polygon

from accounts import clock, scope
from accounts.models import Agency, Assignment, Residency, User
from accounts.roles import Role
from geo import codes
from geo.models import BoundarySource, Region, RegionPiece

PASSWORD = "sungai-kapuas-pasang"
HOME = "61.12"
ELSEWHERE = "61.71"
SUBDISTRICT = "61.12.01"
OTHER_SUBDISTRICT = "61.12.02"
VILLAGE = "61.12.01.2001"
NEXT_VILLAGE = "61.12.01.2002"
#: In another sub-district of the same kabupaten.
FAR_VILLAGE = "61.12.02.2001"
#: In no map yet.
UNDRAWN_VILLAGE = "61.12.01.2004"
#: In another kabupaten.
FOREIGN_VILLAGE = "61.71.01.1001"
SIDE = 0.02
#: Lower left corner of each drawn village's square, lon and lat.
CORNERS = {
    "61.12.01.2001": (109.40, -0.10),
    "61.12.01.2002": (109.42, -0.10),
    "61.12.01.2003": (109.44, -0.10),
    "61.12.02.2001": (109.40, -0.08),
    "61.12.02.2002": (109.42, -0.08),
    "61.12.02.2003": (109.44, -0.08),
    "61.71.01.1001": (109.46, -0.10),
}
NAMES = {
    "61": ("Provinsi", "Kalimantan Barat"),
    "61.12": ("Kabupaten", "Kubu Raya"),
    "61.12.01": ("Kecamatan", "Sungai Raya"),
    "61.12.01.2001": ("Desa", "Kapur"),
    "61.12.01.2002": ("Desa", "Arang"),
    "61.12.01.2003": ("Desa", "Tebang"),
    "61.12.01.2004": ("Desa", "Mekar"),
    "61.12.02": ("Kecamatan", "Sungai Kakap"),
    "61.12.02.2001": ("Desa", "Kalimas"),
    "61.12.02.2002": ("Desa", "Jeruju"),
    "61.12.02.2003": ("Desa", "Punggur"),
    "61.71": ("Kota", "Pontianak"),
    "61.71.01": ("Kecamatan", "Pontianak Selatan"),
    "61.71.01.1001": ("Kelurahan", "Benua"),
}
#: Attribute of the cast: role and region, and for some the agency.
OFFICES: dict[str, tuple[Role, str]] = {
    "facilitator": (Role.FACILITATOR, VILLAGE),
    "next_facilitator": (Role.FACILITATOR, NEXT_VILLAGE),
    "village_head": (Role.VILLAGE_HEAD, VILLAGE),
    "subdistrict_officer": (Role.SUBDISTRICT_OFFICER, SUBDISTRICT),
    "other_subdistrict_officer": (Role.SUBDISTRICT_OFFICER, OTHER_SUBDISTRICT),
    "agency_officer": (Role.AGENCY_OFFICER, HOME),
    "other_agency_officer": (Role.AGENCY_OFFICER, HOME),
    "planner": (Role.PLANNER, HOME),
    "second_planner": (Role.PLANNER, HOME),
    "foreign_planner": (Role.PLANNER, ELSEWHERE),
    "budget_team": (Role.BUDGET_TEAM, HOME),
    "second_budget_team": (Role.BUDGET_TEAM, HOME),
    "foreign_budget_team": (Role.BUDGET_TEAM, ELSEWHERE),
    "council_secretary": (Role.COUNCIL_SECRETARY, HOME),
    "moderator": (Role.MODERATOR, HOME),
    "foreign_moderator": (Role.MODERATOR, ELSEWHERE),
    "auditor": (Role.AUDITOR, HOME),
    "operator": (Role.OPERATOR, HOME),
    "foreign_operator": (Role.OPERATOR, ELSEWHERE),
}
#: Citizens without an office: attribute, village, state of the claim.
CITIZENS = {
    "resident": (VILLAGE, Residency.Status.CONFIRMED),
    "neighbour": (NEXT_VILLAGE, Residency.Status.CONFIRMED),
    "newcomer": (VILLAGE, Residency.Status.PENDING),
}


@dataclass
class Cast:
    """Everybody, by name. `stranger` is nobody signed in; `newcomer` waits for the village to confirm her."""

    facilitator: User
    next_facilitator: User
    village_head: User
    subdistrict_officer: User
    other_subdistrict_officer: User
    agency_officer: User
    other_agency_officer: User
    planner: User
    second_planner: User
    foreign_planner: User
    budget_team: User
    second_budget_team: User
    foreign_budget_team: User
    council_secretary: User
    moderator: User
    foreign_moderator: User
    auditor: User
    operator: User
    foreign_operator: User
    resident: User
    neighbour: User
    newcomer: User
    #: The agency that `agency_officer` answers for, and the one of `other_agency_officer`.
    works_agency: Agency
    farming_agency: Agency
    stranger: AnonymousUser

    def people(self) -> dict[str, User | AnonymousUser]:
        """Everybody by attribute, the stranger last: for walks over the whole table of rights."""
        return {name: getattr(self, name) for name in (*OFFICES, *CITIZENS, "stranger")}


def square(code: str) -> Polygon:
    """The square of a drawn village, in WGS 84."""
    west, south = CORNERS[code]
    return Polygon.from_bbox((west, south, round(west + SIDE, 4), round(south + SIDE, 4)))


def point_in(code: str) -> Point:
    """The middle of a drawn village."""
    west, south = CORNERS[code]
    return Point(round(west + SIDE / 2, 4), round(south + SIDE / 2, 4), srid=4326)


def _boundary(code: str) -> MultiPolygon | None:
    squares = [square(village) for village in CORNERS if codes.covers(code, village)]
    if not squares:
        return None
    joined = MultiPolygon(squares, srid=4326).unary_union
    return joined if isinstance(joined, MultiPolygon) else MultiPolygon(joined, srid=4326)


def _region(code: str) -> Region:
    kind, name = NAMES[code]
    boundary = _boundary(code)
    drawn = BoundarySource.OFFICIAL if code in CORNERS else BoundarySource.UNION
    return Region(
        code=code,
        name=name,
        kind=kind,
        level=codes.level(code).value,
        parent_id=codes.parent(code),
        search_text=" ".join(NAMES[above][1] for above in reversed(codes.lineage(code))).lower(),
        boundary=boundary,
        outline=boundary,
        boundary_source=drawn if boundary else BoundarySource.NONE,
        anchor=boundary.point_on_surface if boundary else Point(109.43, -0.05, srid=4326),
        area_km2="4.950" if code in CORNERS else None,
    )


def country() -> None:
    """The regions with their boundaries, once a database."""
    Region.objects.bulk_create([_region(code) for code in sorted(NAMES, key=lambda code: (code.count("."), code))], ignore_conflicts=True)
    if not RegionPiece.objects.filter(region__in=CORNERS).exists():
        RegionPiece.objects.bulk_create([RegionPiece(region_id=code, geom=square(code)) for code in CORNERS])


@cache
def _password() -> str:
    return make_password(PASSWORD)


def person(*, username: str, display_name: str = "", **fields: Any) -> User:
    """Somebody who can sign in with `PASSWORD`; no office, no residency."""
    return User.objects.create(username=username, display_name=display_name or username.replace("_", " ").title(), password=_password(), **fields)


def office(
    *, user: User, role: str, region: str, agency: Agency | None = None, starts_on: date | None = None, ends_on: date | None = None
) -> Assignment:
    """A role held in a region, in force unless the dates say otherwise."""
    scope.forget(user)
    return Assignment.objects.create(user=user, role=role, region_id=region, agency=agency, starts_on=starts_on or date(2020, 1, 1), ends_on=ends_on)


def residency(*, user: User, village: str = VILLAGE, status: str = Residency.Status.CONFIRMED, decided_by: User | None = None) -> Residency:
    """A claim to live in a village, confirmed unless the status says otherwise."""
    decided = None if status == Residency.Status.PENDING else clock.now()
    return Residency.objects.create(user=user, village_id=village, status=status, requested_at=clock.now(), decided_at=decided, decided_by=decided_by)


def resident_of(village: str = VILLAGE, *, username: str) -> User:
    """One more confirmed resident."""
    user = person(username=username)
    residency(user=user, village=village)
    return user


def build() -> Cast:
    """The country and everybody in it, in a handful of statements."""
    country()
    made = User.objects.bulk_create(
        User(username=name, display_name=name.replace("_", " ").title(), password=_password()) for name in (*OFFICES, *CITIZENS)
    )
    people = {user.username: user for user in made}
    works = Agency.objects.create(region_id=HOME, code="1.03", name="Dinas Pekerjaan Umum", short_name="PUPR")
    farming = Agency.objects.create(region_id=HOME, code="3.27", name="Dinas Pertanian", short_name="Distan")
    agencies = {"agency_officer": works, "other_agency_officer": farming}
    Assignment.objects.bulk_create(
        Assignment(user=people[name], role=role, region_id=region, agency=agencies.get(name), starts_on=date(2020, 1, 1))
        for name, (role, region) in OFFICES.items()
    )
    for name, (village, status) in CITIZENS.items():
        residency(user=people[name], village=village, status=status)
    return Cast(**people, works_agency=works, farming_agency=farming, stranger=AnonymousUser())
