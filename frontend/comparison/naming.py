"""How a run is called beside others: by its rule, and where two share one, by its day."""

from collections import Counter
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime

from budgeting.models import AllocationRun
from budgeting.runs import words


def names_of(runs: Sequence[AllocationRun]) -> list[str]:
    """One name a run, in their order; no two are the same."""
    plain = [capfirst(words.rule(run.rule)) for run in runs]
    twice = Counter(plain)
    dated = [f"{name}, {_moment(run)}" if twice[name] > 1 else name for name, run in zip(plain, runs, strict=True)]
    again = Counter(dated)
    return [f"{name} ({str(run.pk)[:4]})" if again[name] > 1 else name for name, run in zip(dated, runs, strict=True)]


def _moment(run: AllocationRun) -> str:
    local = localtime(run.requested_at)
    return f"{date_format(local, 'j F Y')} {local:%H.%M}"
