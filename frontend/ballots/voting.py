"""The voting form: rows to draw, and marks read from what was sent."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from deliberation.ballots import secrecy
from deliberation.ballots.reading import rules_of, standees_of
from deliberation.ballots.rules import Kind, Mark, Rules, Standee, faults_of
from deliberation.ballots.sentences import sentence
from deliberation.models import Ballot

MARK, PLACE_OR_POINTS, ABSTAIN = "pilih", "nilai-", "abstain"


@dataclass(frozen=True)
class Row:
    """One candidate with what was marked on it."""

    standee: Standee
    value: int | None = None


@dataclass
class VotingForm:
    """Everything marked, kept when it is refused; `nonce` is this form's own random number."""

    ballot: Ballot
    rules: Rules
    rows: list[Row]
    nonce: UUID
    abstains: bool = False
    errors: tuple[str, ...] = ()

    @property
    def places(self) -> range:
        """The places that a ranking gives."""
        return range(1, min(self.rules.most or 0, len([row for row in self.rows if not row.standee.withdrawn])) + 1)

    @property
    def marks(self) -> list[Mark]:
        """What was marked."""
        return [(row.standee.number, row.value) for row in self.rows if row.value is not None]

    @property
    def chosen(self) -> list[Row]:
        """The marked candidates; of a ranking in its order, of points the most first."""
        found = [row for row in self.rows if row.value is not None]
        turned = -1 if self.rules.kind is Kind.POINTS else 1
        return sorted(found, key=lambda row: (turned * (row.value or 0), row.standee.number))

    @property
    def total(self) -> int:
        """What the marked candidates cost together."""
        return sum(row.standee.cost for row in self.rows if row.value is not None)

    @property
    def given(self) -> int:
        """The points given."""
        return sum(row.value or 0 for row in self.rows)

    @property
    def hidden(self) -> list[tuple[str, Any]]:
        """The choice as hidden fields, to be sent once more from the page on which it is checked."""
        named = self.rules.kind in {Kind.RANKING, Kind.POINTS}
        fields = [(f"{PLACE_OR_POINTS}{number}", value) if named else (MARK, number) for number, value in self.marks]
        return [*fields, ("nonce", self.nonce), *([(ABSTAIN, "1")] if self.abstains else [])]

    def check(self) -> bool:
        """Whether it can be cast as it is; the errors say why not."""
        faults = faults_of(self.rules, {row.standee.number: row.standee for row in self.rows}, self.marks, abstains=self.abstains)
        self.errors = (*self.errors, *(sentence(fault) for fault in faults)) if not self.errors else self.errors
        return not self.errors


def empty_form(ballot: Ballot) -> VotingForm:
    """A form that nobody has filled in, with a number of its own."""
    return VotingForm(ballot, rules_of(ballot), [Row(one) for one in standees_of(ballot).values()], secrecy.new_nonce())


def sent_form(ballot: Ballot, data: Any) -> VotingForm:
    """The form as it was sent; what is no number stays unmarked and is told."""
    form = empty_form(ballot)
    form.nonce = _uuid(data.get("nonce", "")) or form.nonce
    form.abstains = bool(data.get(ABSTAIN))
    by_value = form.rules.kind in {Kind.RANKING, Kind.POINTS}
    marked = set(data.getlist(MARK))
    wrong, rows = list[str](), list[Row]()
    for row in form.rows:
        number = row.standee.number
        text = data.get(f"{PLACE_OR_POINTS}{number}", "").strip() if by_value else "1" if str(number) in marked else ""
        value = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None
        if text and value is None:
            wrong.append(_("Number %(number)d has a value that is none.") % {"number": number})
        rows.append(Row(row.standee, value or None))
    form.rows, form.errors = rows, tuple(wrong)
    return form


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
