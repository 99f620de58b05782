"""Answers for pages and programs. They belong to published runs, so everybody reads them."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.refusals import Missing
from budgeting.models import VillageAnswer
from geo import codes

_SHAPES = ("region__boundary", "region__outline", "run__inputs", "run__account")


def path_of(run_id: UUID, code: str) -> str:
    """The page of an answer: an address that never changes, for letters and for what is printed."""
    return f"/anggaran/{run_id}/jawaban/{code}/"


def _known() -> QuerySet[VillageAnswer]:
    people = VillageAnswer.objects.select_related("region", "run__ceiling__region", "run__requested_by", "answered_by")
    return people.defer(*_SHAPES, "run__ceiling__region__boundary", "run__ceiling__region__outline")


def of_run(run_id: UUID) -> QuerySet[VillageAnswer]:
    """All answers of a run, by region: the order of a cursor."""
    return _known().filter(run=run_id).order_by("region_id", "id")


def of_region(code: str) -> QuerySet[VillageAnswer]:
    """What a region was answered, the newest first."""
    return _known().filter(region=code).order_by("-answered_at", "id")


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
