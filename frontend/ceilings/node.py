"""A ceiling's own page: where its money is, what happened to it, what stands below, and what this person may do."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db.models import Q
from django.http import HttpRequest

from accounts.refusals import Answer
from budgeting import policy, selectors
from budgeting.ceilings import policy as rights
from budgeting.models import AllocationRun, Ceiling, CeilingVersion, Formula, LedgerEntry, Transfer
from frontend.budgets import gauge_of
from frontend.ceilings.tree import Row, standing_of, state_of
from frontend.comparison.naming import names_of
from frontend.forms.ceilings import TransferForm
from frontend.paging import Page, page_of

_SHORT = 10
_FORMULAS = 5


def context_of(request: HttpRequest, pk: int, form: TransferForm | None = None) -> dict[str, Any]:
    """Everything on the page; `form`: a transfer that was refused. Raises Refusal 404."""
    user = request.user
    ceiling: Any = selectors.ceiling(user, pk)
    state, standing = state_of(ceiling), standing_of(ceiling)
    team = policy.is_on_team(user, ceiling)
    kin = kin_of(user, ceiling) if team else []
    may_set = policy.may_change_ceiling(user, ceiling)
    return {
        "ceiling": ceiling,
        "state": state,
        "standing": standing,
        "moved_out": max(-standing.moved, 0),
        "gauge": gauge_of(standing),
        "above": lineage_of(ceiling),
        "parts": (parts := _parts(request, ceiling)),
        "waiting_parts": [row.ceiling for row in parts.rows if not row.ceiling.published_at and policy.may_publish_ceiling(user, row.ceiling)],
        "entries": entries_of(ceiling)[:_SHORT],
        "transfers": transfers_of(user, ceiling, team=team),
        "runs": named_runs(user, pk),
        "formulas": formulas_of(user, ceiling),
        "versions": CeilingVersion.objects.filter(ceiling=ceiling).count(),
        "may_set": may_set,
        "may_publish": policy.may_publish_ceiling(user, ceiling),
        "may_withdraw": rights.may_withdraw_ceiling(user, ceiling) if state == "draft" else None,
        "may_run": policy.may_run(user, ceiling),
        "may_divide": rights.may_set_formula(user, ceiling) if ceiling.region.level != "village" else None,
        "team": team,
        "form": form or (TransferForm(kin=kin, source=ceiling, initial={"id": uuid4(), "source": pk}) if may_set and ceiling.published_at else None),
    }


def named_runs(user: Any, pk: int) -> list[tuple[AllocationRun, str]]:
    """The newest runs of a ceiling that this person may see, each called by its rule."""
    runs = list(selectors.runs(user, ceiling_id=pk).exclude(status=AllocationRun.Status.DISCARDED)[:_SHORT])
    return list(zip(runs, names_of(runs), strict=True))


def lineage_of(ceiling: Ceiling) -> list[Ceiling]:
    """The ceilings above, the widest first; at most four."""
    found: list[Ceiling] = []
    key = ceiling.parent_id
    while key is not None:
        row = Ceiling.objects.select_related("region", "agency").defer("region__boundary", "region__outline").get(pk=key)
        found.insert(0, row)
        key = row.parent_id
    return found


def kin_of(user: Any, ceiling: Any) -> list[Any]:
    """Ceilings to which money of this one may move: itself (from its reserve), the one above, its parts, and parts beside it."""
    beside = Q(parent=ceiling.parent_id) if ceiling.parent_id else Q(pk=ceiling.pk)
    near = Q(pk=ceiling.parent_id) | Q(parent=ceiling.pk) | beside
    return list(selectors.ceilings(user, plan_year=ceiling.plan_year).filter(near, published_at__isnull=False, funding_source=ceiling.funding_source))


def entries_of(ceiling: Ceiling) -> Any:
    """The ledger, newest first, with what each entry is about."""
    joined = LedgerEntry.objects.filter(ceiling=ceiling).select_related(
        "proposal", "actor", "run", "transfer__source__region", "transfer__target__region"
    )
    shapes = [f"transfer__{end}__region__{shape}" for end in ("source", "target") for shape in ("boundary", "outline")]
    return joined.select_related("transfer__source__agency", "transfer__target__agency").defer(*shapes, "run__inputs").order_by("-id")


@dataclass(frozen=True)
class Asked:
    """A transfer on the page and what this person may do with it."""

    transfer: Transfer
    may_confirm: Answer
    may_withdraw: Answer


def transfers_of(user: Any, ceiling: Ceiling, *, team: bool) -> list[Asked]:
    """Confirmed ones for everybody; those that wait, first, for the team."""
    rows = Transfer.objects.filter(Q(source=ceiling) | Q(target=ceiling))
    if not team:
        rows = rows.filter(status=Transfer.Status.CONFIRMED)
    ends = [f"{end}__{part}" for end in ("source", "target") for part in ("region", "agency", "parent")]
    shapes = [f"{end}__region__{shape}" for end in ("source", "target") for shape in ("boundary", "outline")]
    found = rows.select_related(*ends, "asked_by", "decided_by").defer(*shapes).order_by("-asked_at", "id")[: 2 * _SHORT]
    told = [Asked(one, rights.may_confirm(user, one), rights.may_withdraw(user, one)) for one in found]
    return sorted(told, key=lambda one: one.transfer.status != Transfer.Status.ASKED)


def formulas_of(user: Any, ceiling: Ceiling) -> list[Formula]:
    """Published formulas that divide this ceiling, newest first; the one in preparation for its team."""
    rows = Formula.objects.filter(ceiling=ceiling).select_related("set_by", "published_by").defer("inputs", "outcome")
    if not rights.may_set_formula(user, ceiling):
        rows = rows.filter(published_at__isnull=False)
    return list(rows.order_by("-number")[:_FORMULAS])


def _parts(request: HttpRequest, ceiling: Ceiling) -> Page:
    page = page_of(request, selectors.ceilings(request.user).filter(parent=ceiling))
    rows = [Row(row, gauge_of(standing_of(row)), 0, 0, state_of(row)) for row in page.rows]
    return Page(rows, page.next, page.previous)
