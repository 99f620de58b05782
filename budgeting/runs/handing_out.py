"""What a run hands out: its lines as a table, its problem as a Pabulib file, and the bundle with which it is calculated again."""

import json
from typing import Any

from django.utils import translation

from budgeting.calculation import kept_of
from budgeting.models import AllocationRun
from budgeting.overrides.reading import in_force, of_run
from budgeting.runs import bundle, pabulib, readme
from budgeting.runs.inputs import canonical
from budgeting.selectors import lines_of
from budgeting.sentences import sentence
from proposals.sheets.exports import line as row_of

TABLE = (
    "rank", "number", "title", "village", "village_name", "cost", "verdict", "amount", "supports", "votes", "reason_code", "reason",
    "final_verdict", "final_amount", "override_reason",
)  # fmt: skip


def table(run: AllocationRun) -> str:
    """Every line as CSV with its sentence in the reader's language, beside it what overrides made of it. Two questions."""
    standing = in_force(run)
    rows = [row_of(list(TABLE))]
    for line in lines_of(run):
        override = standing.get(line.proposal_id)
        proposal = line.proposal
        decided = (override.verdict, override.amount, override.reason) if override else (line.verdict, line.amount, "")
        place = (line.rank, proposal.number, proposal.title, proposal.village_id, proposal.village.title)
        votes = line.facts.get("votes", line.facts.get("points", ""))
        rows.append(row_of([*place, line.cost, line.verdict, line.amount, line.supports, votes, line.reason_code, sentence(line), *decided]))
    return "\ufeff" + "".join(rows)


def problem(run: AllocationRun) -> str:
    """The run's problem as a `.pb` file; empty where the rule read no ballots."""
    return pabulib.written(run.inputs) if "ballot" in run.inputs else ""


def members_of(run: AllocationRun) -> dict[str, str]:
    """The texts of a run's bundle by name; those that people read are in the language of the state, and in English."""
    result = canonical(kept_of(run))
    members = {bundle.INPUTS: canonical(run.inputs), bundle.RESULT: result, "overrides.json": _pretty(of_run(run))}
    with translation.override("id"):
        members |= {"lines.csv": table(run), "BACA-SAYA.txt": readme.text(run)}
    with translation.override("en"):
        members["README.txt"] = readme.text(run)
    if told := problem(run):
        members["problem.pb"] = told
    return members


def bundle_of(run: AllocationRun) -> bytes:
    """The bundle as it is downloaded."""
    return bundle.packed(members_of(run))


def _pretty(told: Any) -> str:
    return json.dumps(told, sort_keys=True, indent=2, ensure_ascii=False) + "\n"
