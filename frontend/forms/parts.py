"""The form in which a proposal is divided: a row for each part, as many as were asked for; empty rows are left out."""

from typing import Any

from accounts.refusals import Refusal
from frontend import figures
from proposals.models import Proposal
from proposals.services.parts import PARTS_AT_MOST

FIELDS = ("title", "volume", "amount", "locus", "lat", "lon", "mismatch_reason")


class PartRow:
    """One part as it was typed, with the sentences about it."""

    def __init__(self, place: int, typed: dict[str, str]) -> None:
        self.place, self.typed = place, typed
        self.errors: list[tuple[str, str]] = []

    @property
    def number(self) -> int:
        """As people count."""
        return self.place + 1

    @property
    def is_empty(self) -> bool:
        """Nothing was typed in it."""
        return not any(self.typed.values())

    def as_sent(self) -> dict[str, Any]:
        """The part as the service takes it; words that are no numbers go on as they are and are refused there."""
        typed = self.typed
        sent: dict[str, Any] = {name: typed[name] for name in ("title", "locus", "mismatch_reason")}
        sent |= {name: figures.plain(typed[name]) if typed[name] else None for name in ("volume", "amount")}
        if typed["lat"] or typed["lon"]:
            sent["location"] = [typed["lon"].replace(",", "."), typed["lat"].replace(",", ".")]
        return sent


class PartsForm:
    """Everything typed, kept when it is refused."""

    def __init__(self, proposal: Proposal, data: Any = None) -> None:
        self.proposal = proposal
        self.reason = data.get("reason", "").strip() if data else ""
        self.version = figures.version(data.get("version", "")) or 0 if data else proposal.version
        self.rows = _rows(data) if data else [PartRow(place, dict.fromkeys(FIELDS, "")) for place in range(2)]
        self.errors: list[tuple[str, str]] = []

    def one_more(self) -> None:
        """A further empty row, up to the most there may be."""
        if len(self.rows) < PARTS_AT_MOST:
            self.rows.append(PartRow(len(self.rows), dict.fromkeys(FIELDS, "")))

    def parts(self) -> list[dict[str, Any]]:
        """The rows in which something was typed."""
        return [row.as_sent() for row in self._filled()]

    def _filled(self) -> list[PartRow]:
        return [row for row in self.rows if not row.is_empty]

    def refuse(self, refusal: Refusal) -> None:
        """Keep each sentence with a link to its field; where the version moved on, the next try is made from what stands."""
        self.errors = [] if refusal.fields else [("", str(refusal.message))]
        filled = self._filled()
        for name, sentences in (refusal.fields or {}).items():
            self.errors += [(self._anchor(name, filled), sentence) for sentence in sentences]

    def _anchor(self, name: str, filled: list[PartRow]) -> str:
        if not name.startswith("parts."):
            return "id_reason" if name == "reason" else "bagian-0-title" if name == "parts" else ""
        _parts, place, field = name.split(".", 2)
        row = filled[int(place)] if int(place) < len(filled) else self.rows[0]
        return f"bagian-{row.place}-{'lat' if field == 'location' else field}"


def _rows(data: Any) -> list[PartRow]:
    """At least two rows and at most what is allowed, from a form that says how many it shows."""
    count = min(max(figures.whole(data.get("count", "")) or 2, 2), PARTS_AT_MOST)
    return [PartRow(place, {name: data.get(f"{name}-{place}", "").strip()[:400] for name in FIELDS}) for place in range(count)]
