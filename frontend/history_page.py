"""The page of a proposal's versions: what changed from one to the next, and between any two."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.refusals import Invalid
from frontend import figures
from frontend.paging import page_of
from frontend.version_words import Line, action_word, line_of, names_in
from proposals import content, versions
from proposals.models import Proposal, ProposalVersion
from proposals.policy import ROLE_WORDS


@dataclass(frozen=True)
class Entry:
    """One version as the page tells it."""

    version: ProposalVersion
    action: str
    role: str
    lines: list[Line]
    is_first: bool


def history_of(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    """A page of versions, newest first, and the two that were chosen to be compared; a constant number of queries."""
    seen = versions.visible(proposal, request.user)
    page = page_of(request, seen)
    told = versions.told(page.rows, seen)
    names = names_in(one for version in told for one in version.differences)
    entries = [
        Entry(
            version=one.version,
            action=action_word(one.version.action),
            role=str(ROLE_WORDS.get(one.version.role, "")),
            lines=[line_of(difference, names) for difference in one.differences],
            is_first=one.is_first,
        )
        for one in told
    ]
    return {"page": page, "entries": entries, "oldest": entries[-1].version.version if entries else None, **_compared(request, seen)}


def _compared(request: HttpRequest, seen: Any) -> dict[str, Any]:
    """What differs between two versions asked for; a version that is none, or is not for the reader, is a 400."""
    asked = [request.GET.get(name, "").strip() for name in ("dari", "ke")]
    if not any(asked):
        return {"compared": None}
    numbers = [figures.whole(text) for text in asked]
    found = {version.version: version for version in seen.filter(version__in=[number for number in numbers if number is not None])}
    pair = [found.get(number) if number is not None else None for number in numbers]
    if None in pair:
        raise Invalid({"dari": [_("Choose two versions that stand on this page.")]}, _("Choose two versions that stand on this page."))
    before, after = sorted(pair, key=lambda version: version.version)  # type: ignore[union-attr]
    differences = versions.differences(before.content, after.content)  # type: ignore[union-attr]
    names = names_in(differences)
    return {"compared": (before, after), "differing": [line_of(one, names) for one in differences], "of": len(content.CONTENT)}
