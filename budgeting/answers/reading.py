"""Answers for pages and programs. They belong to published runs, so everybody reads them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from accounts.refusals import Missing
from budgeting.models import VillageAnswer
from budgeting.models.ceiling import FundingSource
from geo import codes
from geo.models import Region

#: Shown beside a region; the older ones stand on the pages of their runs.
BESIDE = 3

_SHAPES = ("region__boundary", "region__outline", "run__inputs", "run__account", "run__ceiling__region__boundary", "run__ceiling__region__outline")
_SHAPES_ABOVE = ("region__parent__boundary", "region__parent__outline")


def path_of(run_id: UUID, code: str) -> str:
    """The page of an answer: an address that never changes, for letters and for what is printed."""
    return f"/anggaran/{run_id}/jawaban/{code}/"


def _known() -> QuerySet[VillageAnswer]:
    people = VillageAnswer.objects.select_related("region", "run__ceiling__region", "run__ceiling__agency", "run__requested_by", "answered_by")
    return people.defer(*_SHAPES)


def of_run(run_id: UUID) -> QuerySet[VillageAnswer]:
    """All answers of a run, by region: the order of a cursor."""
    return _known().filter(run=run_id).order_by("region_id", "id")


def asking(run_id: UUID) -> QuerySet[VillageAnswer]:
    """Those to regions that asked for something, with the region above each."""
    return of_run(run_id).filter(asked__gt=0).select_related("region__parent").defer(*_SHAPES, *_SHAPES_ABOVE)


def silent(run_id: UUID) -> QuerySet[VillageAnswer]:
    """Those to villages that no proposal came from: what a list of names needs."""
    names = ("run_id", "region__name", "region__kind", "region__level", "region__parent__name")
    return VillageAnswer.objects.filter(run=run_id, asked=0).select_related("region__parent").only(*names).order_by("region_id", "id")


@dataclass(frozen=True)
class Beside:
    """An answer as it stands beside its region: the run, its money, the first sentence, when and by whom."""

    run: UUID
    year: int
    source: str
    opening: str
    at: datetime
    by: str


def with_answers(regions: QuerySet[Region], language: str) -> QuerySet[Region]:
    """The same rows, each with `answered`: its newest answers as JSON, in the same question (decision 0210)."""
    told = JSONObject(
        run=F("run_id"),
        year=F("plan_year"),
        source=F("run__ceiling__funding_source"),
        opening=F(f"words__{language}__opening"),
        at=F("answered_at"),
        by=F("answered_by__display_name"),
    )
    newest = VillageAnswer.objects.filter(region=OuterRef("pk")).order_by("-answered_at", "id").values(told=told)[:BESIDE]
    return regions.annotate(answered=ArraySubquery(newest))


def beside(region: Region) -> list[Beside]:
    """The answers that came along with a region; none where it was read without them."""
    rows: list[dict[str, Any]] = getattr(region, "answered", [])
    words = dict(FundingSource.choices)
    return [
        Beside(
            UUID(row["run"]),
            row["year"],
            str(words.get(row["source"], row["source"])),
            row["opening"] or "",
            datetime.fromisoformat(row["at"]),
            row["by"],
        )
        for row in rows
    ]


def one_of(run_id: UUID, code: str) -> VillageAnswer:
    """The answer of a run to a region. Raises Missing where there is none."""
    found = _known().filter(run=run_id, region=code).first() if codes.is_code(code) else None
    if found is None:
        raise Missing
    return found


def words_in(answer: VillageAnswer, language: str) -> dict[str, Any]:
    """Its sentences in a language; those of the state's language where it was not said in this one."""
    words: dict[str, Any] = answer.words.get(language) or answer.words.get("id") or {}
    return words


def as_text(answer: VillageAnswer, language: str) -> list[str]:
    """The whole answer as lines of plain text, as it is read aloud."""
    words = words_in(answer, language)
    told = [f"{one['number']} {one['title']}: {words['why'].get(one['number'], '')}" for part in answer.facts.values() for one in part]
    return [words["opening"], *told, *words["wider"], *words["decided"], *words["can_do"]]
