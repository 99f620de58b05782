"""A pasted list on its way onto the roll: what each row says, what is wrong with it, and what comes in."""

from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.refusals import Refusal
from deliberation.masking import masked
from deliberation.models import Meeting
from deliberation.roll import pasting
from deliberation.roll.content import represented
from deliberation.roll.listing import on_the_roll
from deliberation.roll.names import key
from deliberation.roll.services.entering import Answer, Sent
from deliberation.roll.shorthand import element_of
from deliberation.words import Element, Sex


class Checked:
    """The rows of a list beside the roll as it stands."""

    def __init__(self, request: HttpRequest, meeting: Meeting) -> None:
        self.text = request.POST.get("list", "")
        self.sex, self.element = request.POST.get("sex", ""), request.POST.get("element", "")
        self.left_out = frozenset(request.POST.getlist("leave_out"))
        self.known = on_the_roll(meeting)
        self.villages = {key(region.name): region.pk for region in represented(meeting)}
        self.meeting = meeting
        self.pasted = pasting.read(self.text, sex=self.sex if self.sex in Sex else "", element=element_of(self.element) or "")

    def rows(self) -> list[dict[str, Any]]:
        """What the preview shows of each row."""
        return [self._shown(row) for row in self.pasted.rows]

    def sent(self) -> list[Sent]:
        """The rows that come in, under UUIDs of their own that the same list gives again: pressed twice it is on the roll once."""
        wanted = [row for row in self.pasted.rows if not row.problems and str(row.place) not in self.left_out]
        return [Sent(uuid5(NAMESPACE_OID, f"{self.meeting.pk}:{row.place}:{row.key}:{len(self.text)}"), self._fields(row)) for row in wanted]

    def _fields(self, row: pasting.Row) -> dict[str, str]:
        region = row.fields.get("region", "")
        code = self.villages.get(key(region.removeprefix("Desa ").removeprefix("Kelurahan ").removeprefix("Kecamatan ")), "")
        # a region that nobody here knows is kept where it is read: in the institution
        institution = row.fields.get("institution", "") or ("" if code else region)
        return {**row.fields, "region": code, "institution": institution}

    def _shown(self, row: pasting.Row) -> dict[str, Any]:
        fields = self._fields(row)
        words = {
            "sex": Sex(fields["sex"]).label if fields["sex"] else "",
            "element": Element(fields["element"]).label if fields["element"] else "",
            **{name: masked(fields.get(name, "")) for name in ("name", "address", "institution")},
        }
        return {
            "place": row.place,
            **words,
            "problems": [PROBLEMS[problem]() for problem in row.problems],
            "same_as": row.same_as,
            "on_the_roll": self.known.get(row.key, []),
            "is_left_out": str(row.place) in self.left_out or (not self.left_out and bool(row.same_as or self.known.get(row.key))),
        }


PROBLEMS = {
    "no_name": lambda: _("There is no name in this row."),
    "sex": lambda: _("It does not say whether female or male: add a column L/P, or choose below for all rows without."),
    "element": lambda: _("It does not say whom the person stands for: add a column “unsur”, or choose below for all rows without."),
    "long": lambda: _("A text of this row is longer than the roll takes."),
}


def refusals(answers: Sequence[Answer]) -> list[tuple[int, Refusal]]:
    """What the service refused all the same, by the row's place in what was sent."""
    return [(place, one.refusal) for place, one in enumerate(answers, start=1) if one.refusal is not None]
