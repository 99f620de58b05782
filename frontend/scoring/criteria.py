"""The pages of a stage's criteria: the set as it stands, and the form of one."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from accounts.refusals import Missing, Refusal
from deliberation.models import CriteriaSet, Criterion
from deliberation.scoring import criteria, policy
from deliberation.scoring.law import BANDS, HIGHEST, MEASURES
from deliberation.scoring.words import Source, Unknown
from frontend.scoring.asked import Asked, shown
from proposals.models import Cycle


@dataclass(frozen=True)
class Loaded:
    """A set with its criteria; unsaved defaults where nobody has set any."""

    kept: CriteriaSet
    rows: list[Criterion]


@dataclass(frozen=True)
class Line:
    """One criterion of the table, its weight as typed where it was refused."""

    asked: Asked
    weight: str
    error: str
    bands: list[int]
    unknown: str


def load(cycle_id: int, stage: str) -> Loaded:
    """Raises Missing where the year has no such stage to score at."""
    cycle = (
        Cycle.objects.select_related("region").defer("region__boundary", "region__outline").filter(pk=cycle_id).prefetch_related("windows").first()
    )
    if cycle is None or stage not in criteria.stages_of(cycle):
        raise Missing
    kept, rows = criteria.read(cycle, stage)
    kept.cycle = cycle
    return Loaded(kept, rows)


def frame_of(found: Loaded) -> dict[str, Any]:
    """What both pages name."""
    window = found.kept.cycle.window(found.kept.stage)  # type: ignore[arg-type]
    return {"kept": found.kept, "cycle": found.kept.cycle, "stage": found.kept.stage, "window": window}


def context_of(request: HttpRequest, cycle_id: int, stage: str, refusal: Refusal | None) -> dict[str, Any]:
    """The table, and for the planner what may be set."""
    found = load(cycle_id, stage)
    wrong = (refusal.fields if refusal else None) or {}
    told = shown(criteria.told(found.rows))
    lines = []
    for asked, row in zip(told, found.rows, strict=True):
        weight = request.POST.get(f"bobot-{asked.code}", str(asked.weight))
        unknown = str(Unknown(row.when_unknown).label)
        lines.append(Line(asked, weight, " ".join(wrong.get(f"bobot-{asked.code}", [])), row.bands, unknown))
    return {
        **frame_of(found),
        "lines": lines,
        "may_set": policy.may_set_criteria(request.user, found.kept),
        "refusal": refusal,
        "median_from": request.POST.get("median_from", str(found.kept.median_from)),
        "legal_basis": request.POST.get("legal_basis", found.kept.legal_basis or found.kept.cycle.legal_basis),
    }


def sent(request: HttpRequest) -> dict[str, Any]:
    """One criterion as it was typed, in the service's own names."""
    fields: dict[str, Any] = {name: request.POST.get(name, "") for name in ("name", "question", "source", "when_unknown", "weight")}
    return fields | {"anchors": [request.POST.get(f"anchor_{at}", "") for at in range(1, HIGHEST + 1)], "bands": request.POST.getlist("bands")}


def form_of(request: HttpRequest, row: Criterion | None, refusal: Refusal | None) -> dict[str, Any]:
    """The values of the form: as typed where it was refused, else as they stand."""
    if refusal is not None:
        values = sent(request)
    elif row is not None:
        values = {name: getattr(row, name) for name in criteria.FACTS}
    else:
        values = {
            "name": "",
            "question": "",
            "source": Source.PANEL,
            "when_unknown": Unknown.MIDDLE,
            "weight": 5,
            "anchors": [""] * HIGHEST,
            "bands": [],
        }
    code = row.code if row else request.POST.get("code", "").strip().upper()
    bands = [*values["bands"], *[""] * BANDS][:BANDS]
    return {
        "values": values,
        "code": code,
        "anchors": list(enumerate(values["anchors"], start=1)),
        "bands": bands,
        "sources": Source.choices,
        "unknowns": Unknown.choices,
        "measure": MEASURES.get(code),
        "wrong": (refusal.fields if refusal else None) or {},
    }
