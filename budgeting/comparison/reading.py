"""A comparison as pages and programs read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from uuid import UUID

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from accounts.refusals import Invalid, Missing
from accounts.scope import Person
from budgeting import policy
from budgeting.comparison.facts import Column, Fifth, Place, fifths
from budgeting.comparison.sums import columns
from budgeting.models import AllocationLine, AllocationRun
from deliberation.ballots.words import BallotState
from deliberation.models import Ballot
from geo.codes import Level
from geo.models import Region

FEWEST, MOST = 2, 4
#: Of a run that can be compared: it has lines.
CALCULATED = (AllocationRun.Status.DRAFT, AllocationRun.Status.PUBLISHED)


@dataclass(frozen=True)
class Comparison:
    """Some runs, the chosen one first, with their sums and the places they are about."""

    runs: list[AllocationRun]
    columns: list[Column]
    places: Mapping[str, Place]
    fifths: list[Fifth]
    ballots: list[Ballot]

    @property
    def keys(self) -> list[UUID]:
        """The runs' keys in their order."""
        return [run.pk for run in self.runs]


def comparison(reader: Person, keys: Sequence[UUID]) -> Comparison:
    """Two to four runs of one plan year that this person may see. Six queries, however many lines there are.

    Raises Invalid where they cannot stand beside each other, Missing, and a refusal with the reason for somebody else's draft.
    """
    runs = _runs(reader, list(dict.fromkeys(keys)))
    ballots = list(Ballot.objects.filter(runs__in=runs, state=BallotState.PUBLISHED).distinct().order_by("closes_at", "id")[:MOST])
    found = columns([run.pk for run in runs], [ballot.pk for ballot in ballots])
    places = _places(runs)
    return Comparison(runs, [found[run.pk] for run in runs], places, fifths(list(places.values())), ballots)


def _runs(reader: Person, keys: list[UUID]) -> list[AllocationRun]:
    if not FEWEST <= len(keys) <= MOST:
        raise Invalid({"run": [_("Choose two to four runs.")]})
    people = AllocationRun.objects.select_related("ceiling__region", "ceiling__agency", "requested_by", "published_by")
    known = people.defer("inputs", "account", "ceiling__region__boundary", "ceiling__region__outline").in_bulk(keys)
    if len(known) < len(keys):
        raise Missing
    runs = [known[key] for key in keys]
    for run in runs:
        policy.may_see_run(reader, run).or_refuse()
    if any(run.status not in CALCULATED for run in runs):
        raise Invalid({"run": [_("Only runs that are calculated can be compared: drafts and published ones.")]})
    if len({run.ceiling.plan_year for run in runs}) > 1:
        raise Invalid({"run": [_("Choose runs of the same plan year.")]})
    return runs


def _places(runs: Sequence[AllocationRun]) -> dict[str, Place]:
    """The villages below the runs' ceilings in force, with what the register knows of their people. Two queries."""
    inside = reduce(lambda so_far, code: so_far | Q(pk=code) | Q(pk__startswith=f"{code}."), {run.ceiling.region_id for run in runs}, Q(pk__in=[]))
    villages = Region.objects.filter(inside, level=Level.VILLAGE.value, valid_until__isnull=True).order_by("pk")
    named = AllocationLine.objects.filter(run__in=runs).order_by().values_list("proposal__village_id").annotate(poor=Max("proposal__poor_households"))
    poor = dict(named)
    rows = villages.values_list("pk", "name", "population", "households")
    return {code: Place(code, name, people, homes, poor.get(code)) for code, name, people, homes in rows}
