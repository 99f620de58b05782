"""What a person may call, as one list to choose from: kind, region and agency belong together."""

from dataclasses import dataclass

from django.db.models import Q

from accounts.models import Agency
from accounts.roles import Role
from accounts.scope import Person, offices_of
from deliberation.meetings.policy import CONVENERS
from deliberation.words import LEVEL_OF, MeetingKind
from geo.models import Region

#: More regions than one person answers for; whoever has more starts from the region's page.
REGIONS_AT_MOST = 400


@dataclass(frozen=True)
class Choice:
    """One meeting that may be called; `value` is what a form sends."""

    kind: MeetingKind
    region: Region
    agency: Agency | None = None

    @property
    def value(self) -> str:
        """`subdistrict/61.12.01/` with the agency's key behind the last stroke."""
        return f"{self.kind.value}/{self.region.pk}/{self.agency.pk if self.agency else ''}"

    @property
    def words(self) -> str:
        """Region, or the agency whose forum it is."""
        return self.agency.name if self.agency else self.region.title


def callable_by(user: Person) -> list[Choice]:
    """Everything that a person may call by the offices held today, kind by kind; two queries."""
    offices = offices_of(user)
    kinds = {office: [MeetingKind(kind) for kind, roles in CONVENERS.items() if office.role in roles] for office in offices}
    if not any(kinds.values()):
        return []
    wanted = Q(pk__in=[])
    for office, held in kinds.items():
        for level in {LEVEL_OF[kind].value for kind in held}:
            wanted |= Q(level=level) & (Q(pk=office.region_code) | Q(code__startswith=f"{office.region_code}."))
    regions = list(
        Region.objects.filter(wanted, valid_until__isnull=True).defer("boundary", "outline", "search_text").order_by("code")[:REGIONS_AT_MOST]
    )
    agencies = list(Agency.objects.filter(region__in=[region.pk for region in regions]).order_by("name", "pk"))
    found = {}
    for office, held in kinds.items():
        for kind in held:
            for choice in _of(kind, office.region_code, regions, agencies):
                if office.role != Role.AGENCY_OFFICER or (choice.agency and choice.agency.pk == office.agency_id):
                    found[choice.value] = choice
    order = list(MeetingKind)
    return sorted(found.values(), key=lambda choice: (order.index(choice.kind), choice.region.pk, choice.words))


def _of(kind: MeetingKind, code: str, regions: list[Region], agencies: list[Agency]) -> list[Choice]:
    here = [region for region in regions if region.level == LEVEL_OF[kind].value and f"{region.pk}.".startswith(f"{code}.")]
    if kind != MeetingKind.AGENCY_FORUM:
        return [Choice(kind, region) for region in here]
    return [Choice(kind, region, agency) for region in here for agency in agencies if agency.region_id == region.pk]


def as_options(choices: list[Choice]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Grouped by kind, for a select."""
    kinds = dict.fromkeys(choice.kind for choice in choices)
    return [(str(kind.label), [(choice.value, choice.words) for choice in choices if choice.kind == kind]) for kind in kinds]
