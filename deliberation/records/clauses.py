"""The wording of a form's clauses: the kabupaten's own for the plan year where it has one, else the unverified default."""

from dataclasses import dataclass
from typing import Any

from deliberation.models import Clause, Meeting
from deliberation.records import forms
from deliberation.words import DocumentKind
from proposals.models import Cycle

DEFAULT, PROFILE, TYPED = "default", "profile", "typed"


@dataclass(frozen=True)
class Worded:
    """One clause as it stands now. `source`: `default`, `profile` (of the kabupaten's year) or `typed` (for this paper)."""

    place: str
    heading: str
    text: str
    source: str = DEFAULT
    legal_basis: str = ""
    is_verified: bool = False


def worded(cycle: Cycle, meeting_kind: str, typed: dict[str, str] | None = None) -> list[Worded]:
    """The clauses of a form in their order; one query. What was typed for one paper is verified by nobody."""
    own = {clause.place: clause for clause in Clause.objects.filter(cycle=cycle, meeting_kind=meeting_kind)}
    return [_worded(clause, own.get(clause.place), (typed or {}).get(clause.place, "")) for clause in forms.CLAUSES[meeting_kind]]


def _worded(default: forms.Clause, own: Clause | None, typed: str) -> Worded:
    standing = own.text if own else default.text
    if typed and typed != standing:
        return Worded(default.place, default.heading, typed, TYPED)
    if own is None:
        return Worded(default.place, default.heading, default.text)
    return Worded(default.place, default.heading, own.text, PROFILE, own.legal_basis, own.verified_at is not None)


def printed(meeting: Meeting, typed: dict[str, str], annexes: dict[str, str]) -> list[dict[str, Any]]:
    """The clauses as a snapshot keeps them, with the names of the annexes and the year in their places."""
    names = {
        "{year}": str(meeting.cycle.plan_year),
        "{priorities}": annexes.get(DocumentKind.PRIORITIES, forms.TITLES[DocumentKind.PRIORITIES]),
        "{not_accommodated}": annexes.get(DocumentKind.NOT_ACCOMMODATED, forms.TITLES[DocumentKind.NOT_ACCOMMODATED]),
    }
    return [
        {
            "place": one.place,
            "heading": one.heading,
            "text": _filled(one.text, names),
            "source": one.source,
            "basis": one.legal_basis,
            "verified": one.is_verified,
        }
        for one in worded(meeting.cycle, meeting.kind, typed)
    ]


def _filled(text: str, names: dict[str, str]) -> str:
    for place, name in names.items():
        text = text.replace(place, name)
    return text
