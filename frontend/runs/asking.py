"""What a planner sees before asking for a run: the money, what waits for it, and what may be chosen."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from budgeting import ledger, policy, selectors
from budgeting.models import Ceiling
from budgeting.provenance import pairs
from budgeting.provenance.pairs import Beside
from budgeting.rules.problem import Completion, Satisfaction
from budgeting.runs import ballots, orders
from budgeting.runs.freezing import waiting_under
from budgeting.runs.inputs import SUPPORTS
from budgeting.runs.wishes import CHEAPER
from deliberation.models import Ballot, Meeting
from frontend.budgets import gauge
from proposals.models import Proposal
from proposals.words import Channel, WorkKind

#: So many ballots and meetings are offered, the newest first.
_OFFERED = 30
#: So many pairs of pokir and village are offered, the most alike first: half of what a run takes.
_PAIRS = 100


@dataclass(frozen=True)
class Waiting:
    """How much waits under a ceiling: proposals, whole rupiah, and how many of them are bound by constraints."""

    count: int
    amount: int
    mandatory: int
    women: int
    non_physical: int
    ranked: int


@dataclass(frozen=True)
class Place:
    """A ceiling with what is left of it, what waits for it, and the ballots and meetings whose word may count."""

    ceiling: Ceiling
    gauge: Any
    balance: int
    waiting: Waiting
    ballots: list[Ballot]
    meetings: list[Meeting]
    #: Pokir beside villages' proposals, of which the planner may let only one be paid.
    beside: list[Beside]

    def first_choice(self) -> dict[str, Any]:
        """The meeting's order where there is one: it is authoritative. Otherwise supports."""
        rule = "rank" if self.meetings or self.waiting.ranked else "greedy"
        meeting = str(self.meetings[0].pk) if self.meetings else ""
        ballot = str(self.ballots[0].pk) if self.ballots else ""
        usual = {"votes": SUPPORTS, "satisfaction": Satisfaction.COST, "completion": Completion.ADD_OPT, "ties": CHEAPER, "mandatory_first": True}
        usual["beside"] = [one.numbers for one in self.beside if one.is_judged]
        return {"rule": rule, "meeting": meeting, "ballot": ballot, **usual}


def place_of(user: Any, ceiling_id: int) -> Place:
    """Where a run is asked for. Raises Refusal (401, 403, 404) and Conflict (409) in the order of the policy."""
    ceiling = selectors.ceiling(user, ceiling_id)
    policy.may_run(user, ceiling).or_refuse()
    waiting = waiting_under(ceiling)
    return Place(
        ceiling=ceiling,
        gauge=gauge(ceiling, ledger.committed(ceiling)),
        balance=ledger.balance(ceiling),
        waiting=_counted(waiting),
        ballots=list(ballots.usable(ceiling, waiting)[:_OFFERED]),
        meetings=list(orders.usable(ceiling, waiting)[:_OFFERED]),
        beside=pairs.among(waiting)[:_PAIRS],
    )


def _counted(waiting: QuerySet[Proposal]) -> Waiting:
    service = ~Q(dictionary_entry__kind=WorkKind.PHYSICAL) & Q(dictionary_entry__isnull=False)
    sums = waiting.aggregate(
        count=Count("pk"),
        amount=Sum("amount", default=0),
        mandatory=Count("pk", filter=Q(channel=Channel.MANDATORY)),
        women=Count("pk", filter=Q(raised_by_women=True)),
        non_physical=Count("pk", filter=service),
        ranked=Count("pk", filter=Q(rank__isnull=False)),
    )
    return Waiting(**sums)
