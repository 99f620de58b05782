"""A paper's snapshot: all that it says, ready to be frozen. Its words are Indonesian in every reader's language."""

from typing import Any

from django.utils import translation

from deliberation.models import Document, Meeting
from deliberation.records import clauses, forms, texts
from deliberation.records.facts import ballots as voted
from deliberation.records.facts import decisions as decided
from deliberation.records.facts import delegates, meeting, roll, talk
from deliberation.records.numerals import roman, written_day
from deliberation.words import DocumentKind

Facts = dict[str, Any]


def current(held: Meeting, kind: str, *, typed: dict[str, Any] | None = None, issued: list[Document] | None = None) -> Facts:
    """What the paper would say if it were issued now, in a constant number of queries.

    `typed` are a draft's texts (`records.texts`), `issued` the annexes that are issued already, which a record names with
    their codes.
    """
    with translation.override("id"):
        return {
            "form": forms.template_of(kind, held.kind),
            "kind": kind,
            "title": forms.TITLES[kind],
            **_MAKERS[DocumentKind(kind)](held, typed, issued or []),
        }


def annex_names(meeting_kind: str) -> dict[str, str]:
    """`{"priorities": "Lampiran II"}`."""
    return {kind: f"Lampiran {roman(place)}" for place, kind in enumerate(forms.ANNEXES[meeting_kind], start=1)}


def _record(held: Meeting, typed: dict[str, Any] | None, issued: list[Document]) -> Facts:
    words = {**texts.empty(held), **(typed or {})}
    made = decided.decided(held)
    lists = decided.lists_of(held, made)
    names = annex_names(held.kind)
    codes = {paper.kind: paper.printed_code for paper in issued}
    return {
        **_common(held),
        "presence": roll.presence(held),
        "agenda": talk.titles(held),
        "decisions": made,
        "ballots": voted.ballots(held),
        "sums": _sums(lists),
        "methods": sorted({one["method"] for one in made}),
        "annexes": [{"name": name, "title": forms.TITLES[kind], "code": codes.get(kind, "")} for kind, name in names.items()],
        "texts": {key: value for key, value in words.items() if key != "clauses"},
        "signed_day": written_day(meeting.day_of(words["signed_on"])),
        "clauses": clauses.printed(held, words["clauses"], names),
    }


def _sums(lists: dict[str, Any]) -> dict[str, dict[str, int]]:
    return {name: {"count": len(rows), "amount": sum(row["amount"] or 0 for row in rows)} for name, rows in lists.items()}


def _common(held: Meeting) -> Facts:
    return {"meeting": meeting.head(held)}


def _annex(held: Meeting, kind: str) -> Facts:
    return {**_common(held), "annex": annex_names(held.kind)[kind], "signed_day": written_day(meeting.signing_day(held))}


def _attendance(held: Meeting, _typed: dict[str, Any] | None, _issued: list[Document]) -> Facts:
    return {**_annex(held, DocumentKind.ATTENDANCE), "presence": roll.presence(held), "roll": roll.lines(held)}


def _minutes(held: Meeting, _typed: dict[str, Any] | None, _issued: list[Document]) -> Facts:
    made = decided.decided(held)
    return {**_annex(held, DocumentKind.MINUTES), "items": talk.minutes(held, made), "decisions": made, "ballots": voted.ballots(held)}


def _priorities(held: Meeting, _typed: dict[str, Any] | None, _issued: list[Document]) -> Facts:
    lists = decided.lists_of(held, decided.decided(held))
    rows = lists["accepted"]
    total, unranked = sum(row["amount"] or 0 for row in rows), len(rows) > 1 and any(row["place"] is None for row in rows)
    return {
        **_annex(held, DocumentKind.PRIORITIES),
        "rows": rows,
        "sum": total,
        "unset": forms.UNSET,
        "order_note": forms.UNRANKED if unranked else "",
    }


def _not_accommodated(held: Meeting, _typed: dict[str, Any] | None, _issued: list[Document]) -> Facts:
    lists = decided.lists_of(held, decided.decided(held))
    return {**_annex(held, DocumentKind.NOT_ACCOMMODATED), **{key: lists[key] for key in ("left_out", "reserved", "undecided")}}


def _delegates(held: Meeting, _typed: dict[str, Any] | None, _issued: list[Document]) -> Facts:
    return {**_annex(held, DocumentKind.DELEGATES), "delegates": delegates.delegates(held)}


_MAKERS = {
    DocumentKind.RECORD: _record,
    DocumentKind.ATTENDANCE: _attendance,
    DocumentKind.MINUTES: _minutes,
    DocumentKind.PRIORITIES: _priorities,
    DocumentKind.NOT_ACCOMMODATED: _not_accommodated,
    DocumentKind.DELEGATES: _delegates,
}


def addendum(of: Document, number: int, typed: dict[str, Any]) -> Facts:
    """What an addendum says: which paper it corrects, where, and why; the paper itself stays as it was."""
    with translation.override("id"):
        return {
            "form": forms.template_of("addendum", of.meeting.kind),
            "kind": of.kind,
            "title": f"Adendum ke-{number} atas {forms.TITLES[of.kind]}",
            **_common(of.meeting),
            "number": number,
            "corrects": {"title": forms.TITLES[of.kind], "code": of.printed_code, "sha256": of.sha256, "record_number": _number_of(of)},
            "reason": typed["reason"],
            "corrections": typed["corrections"],
            "signers": typed["signers"],
            "signed_day": written_day(meeting.day_of(typed["signed_on"])),
            "signed_at": typed["signed_at"],
        }


def _number_of(paper: Document) -> str:
    return str(((paper.snapshot or {}).get("texts") or {}).get("record_number", ""))
