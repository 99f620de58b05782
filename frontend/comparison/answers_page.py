"""What the pages of answers show, in a constant number of queries."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from budgeting.answers import reading
from budgeting.models import VillageAnswer
from budgeting.selectors import run as run_for
from frontend.paging import page_of
from geo.lookup import lineage_of

#: The address's word for the villages that asked for nothing.
QUIET = "tanpa-usulan"


def one(run_id: UUID, code: str) -> dict[str, Any]:
    """An answer with its sentences in the reader's language, and the address that is printed."""
    answer = reading.one_of(run_id, code)
    return {
        "answer": answer,
        "words": said(answer),
        "lineage": lineage_of(answer.region),
        "address": settings.SITE_URL + reading.path_of(run_id, code),
    }


def all_of(request: HttpRequest, run_id: UUID) -> dict[str, Any]:
    """The answers of a run a page at a time: those to regions that asked; on a list of its own the villages that did not."""
    run = run_for(request.user, run_id)
    silent = reading.silent(run_id)
    quiet, asking = silent.count(), reading.asking(run_id)
    is_quiet = QUIET in request.GET or (quiet > 0 and not asking.exists())
    page = page_of(request, silent, total=quiet, filled=True, short_rows=True) if is_quiet else page_of(request, asking, filled=True)
    return {"run": run, "page": page, "quiet": quiet, "is_quiet": is_quiet, "quiet_name": QUIET}


def said(answer: VillageAnswer) -> dict[str, Any]:
    """Its parts with the reason beside each proposal, as they were said that day."""
    words = reading.words_in(answer, get_language() or settings.LANGUAGE_CODE)
    rows = {part: [{**row, "why": words["why"].get(row["number"], "")} for row in found] for part, found in answer.facts.items()}
    return {**words, **rows}
