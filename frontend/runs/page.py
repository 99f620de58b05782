"""Everything on a run's page, in a constant number of questions however many lines it has."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.refusals import Refusal
from budgeting import ledger, policy, selectors
from budgeting.calculation import WAITS
from budgeting.models import AllocationLine, AllocationRun, Override
from budgeting.overrides.reading import Change, Decided, standing_of
from budgeting.overrides.wording import rule_sentence
from budgeting.runs import words
from budgeting.runs.attempts import attempts_of
from budgeting.sentences import is_short
from frontend.budgets import gauge
from frontend.paging import page_of
from frontend.runs.paying import payments_of
from frontend.runs.waiting import waiting

Status = AllocationRun.Status
IN, OUT = "masuk", "tidak"
_VERDICTS = {IN: AllocationLine.Verdict.FUNDED, OUT: AllocationLine.Verdict.NOT_FUNDED}
_DECIDED = (Status.DRAFT, Status.PUBLISHED)


@dataclass(frozen=True)
class Row:
    """A line as the page shows it. `votes` as the rule counted them; `is_cut`: the line of the ceiling runs below it.

    `fits`: it is out of a draft that was changed by hand, and what is left now would pay it.
    """

    decided: Decided
    sentence: str
    votes: int
    is_cut: bool
    fits: bool = False

    @property
    def line(self) -> AllocationLine:
        """What the rule decided."""
        return self.decided.line


def run_for(user: Any, run_id: UUID) -> AllocationRun:
    """A run that the person may see, without its inputs. Raises Refusal: 401, 403, 404."""
    return selectors.run(user, run_id)


def whole_run(user: Any, run_id: UUID) -> AllocationRun:
    """The same with its inputs, for files."""
    found = run_for(user, run_id)
    return AllocationRun.objects.select_related("ceiling__region").get(pk=found.pk)


def calculated_run(user: Any, run_id: UUID) -> AllocationRun:
    """One that has a result, with its inputs. Raises Refusal (401, 403, 404)."""
    found = run_for(user, run_id)
    if found.status not in _DECIDED and not found.calculated_at:
        raise Refusal(_("This run has no result."), code="not_found", status=404)
    return AllocationRun.objects.select_related("ceiling__region").get(pk=found.pk)


def view_of(request: HttpRequest, run: AllocationRun) -> dict[str, Any]:
    """The page's whole context."""
    told = {**_frame(request.user, run), "wait": waiting(run) if run.status in WAITS else None, "failure": words.failure(run)}
    return told | _result(request, run) if run.calculated_at else told


def _frame(user: Any, run: AllocationRun) -> dict[str, Any]:
    return {
        "run": run,
        "rule": words.rule(run.rule),
        "rule_sentence": words.rule_sentence(run.rule),
        "options": words.told_options(run),
        "team": policy.is_on_team(user, run.ceiling),
        "may_publish": policy.may_publish_run(user, run),
        "may_discard": policy.may_discard_run(user, run),
    }


def _result(request: HttpRequest, run: AllocationRun) -> dict[str, Any]:
    standing, change = standing_of(run)
    wanted = request.GET.get("hasil", "")
    last_rank, funded = _cut(run, standing)
    totals = {"": run.total, IN: funded, OUT: run.total - funded}
    lines = selectors.lines_of(run)
    if wanted in _VERDICTS:
        lines = lines.filter(counts_as(_VERDICTS[wanted], standing))
    page = page_of(request, lines, total=totals.get(wanted, run.total))
    left = run.budget - change.spent
    decided = [Decided(line, standing.get(line.proposal_id), bool(standing)) for line in page.rows]
    within = left if run.status == Status.DRAFT and standing else 0
    return {
        "page": page,
        "rows": [_row(one, within, is_cut=not wanted and one.line.rank == last_rank) for one in decided],
        "wanted": wanted if wanted in _VERDICTS else "",
        "filters": [(code, word, totals[code]) for code, word in (("", _("All")), (IN, _("In")), (OUT, _("Not in")))],
        "measure": _measure(run),
        "funded": funded,
        "change": change,
        "standing": standing,
        "seen": ",".join(sorted(str(one.pk) for one in standing.values())),
        "given": change.spent,
        "left": left,
        "gauge": _gauge(run, change),
        "unlisted": run.lines.filter(facts__has_key="unlisted").count() if run.ballot_id else 0,
        "payments": payments_of(run),
        "attempts": attempts_of(run),
    }


def counts_as(verdict: str, standing: dict[UUID, Override]) -> Q:
    """Lines with a verdict as it counts: the rule's, save where somebody decided otherwise by hand."""
    changed = [key for key, one in standing.items() if one.verdict == verdict]
    return Q(verdict=verdict) & ~Q(proposal_id__in=standing) | Q(proposal_id__in=changed)


def _cut(run: AllocationRun, standing: dict[UUID, Override]) -> tuple[int, int]:
    """The rank of the last line that the rule funds (0 where it funds none), and how many are funded as it counts. One query."""
    last = Max("rank", filter=Q(verdict=_VERDICTS[IN]))
    row = run.lines.order_by().aggregate(last=last, funded=Count("pk", filter=counts_as(_VERDICTS[IN], standing)))
    return row["last"] or 0, row["funded"]


def _row(one: Decided, within: int, *, is_cut: bool) -> Row:
    facts = one.line.facts
    votes = next((facts[name] for name in ("votes", "points", "place") if name in facts), one.line.supports)
    fits = one.override is None and is_short(one.line) and one.line.cost <= within
    return Row(one, rule_sentence(one), votes, is_cut, fits)


def _measure(run: AllocationRun) -> str:
    """What the third column counts: what the rule went by."""
    if run.rule == "rank":
        return _("Place in the order")
    source = run.options.get("votes")
    return {"ballot": _("Votes for it"), "scores": _("Score, in hundredths")}.get(source or "", _("Supports"))


def _gauge(run: AllocationRun, change: Change) -> Any:
    return gauge(run.ceiling, ledger.committed(run.ceiling), 0 if run.status == Status.PUBLISHED else change.spent)
