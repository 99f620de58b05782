"""The reports in a sheet's rows: each checked as one that is sent by hand, then written all or none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.translation import gettext as _

from accounts import scope
from accounts.models import User
from accounts.refusals import Allowed, Invalid
from budgeting.models import FundedWork, Progress
from budgeting.works import exports, policy, reading_values, reporting
from budgeting.works.reporting import Said
from budgeting.works.sheet_rows import HEADINGS, KEYS, Line
from proposals.models import Proposal
from proposals.services.entries import Unreadable

Telling = Callable[[int, int], None]
_HEADING_OF = dict(zip(KEYS, HEADINGS, strict=True))


@dataclass
class Found:
    """What a sheet's rows come to: the new reports, how many are here already, what is wrong with which row and column."""

    new: list[tuple[FundedWork, Said, Allowed]] = field(default_factory=list)
    faults: list[dict[str, Any]] = field(default_factory=list)
    same: int = 0
    #: Rows of the form that nobody filled in.
    empty: int = 0
    #: Which row tells of a work on a day.
    days: dict[tuple[UUID, date], int] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """As a job keeps it."""
        rows = {"new": len(self.new), "same": self.same, "empty": self.empty, "error": len({fault["row"] for fault in self.faults})}
        return {"counts": rows, "faults": self.faults[:1000]}


def look(lines: Iterable[Line], maker: User, tell: Telling, *, lock: bool = False) -> Found:
    """Compare every row with its work. A constant number of queries, and one a village for the rights.

    `lock`: the works, and before them their proposals, stay locked to the end of the transaction.
    """
    scope.remember_claim(maker)
    rows = list(lines)
    keys = [_key(line) for line in rows]
    works = _works([key for key in keys if key], lock=lock)
    last = reporting.last_of_each(works)
    known = dict(Progress.objects.filter(work__in=works).values_list("pk", "work_id"))
    found, rights = Found(), dict[UUID, Any]()
    for place, (line, key) in enumerate(zip(rows, keys, strict=True)):
        _look_at(line, works.get(key) if key else None, maker, found=found, last=last, known=known, rights=rights)
        tell(place, len(rows))
    return found


def _look_at(line: Line, work: FundedWork | None, maker: User, *, found: Found, last: dict[UUID, Progress], known: Any, rights: Any) -> None:
    if line.fault:
        _fault(found, line, {line.fault[0]: [line.fault[1]]})
        return
    if not any(line.cells.get(name) for name in ("as_of", "note")) and (work is None or _is_as_sent_out(line, work)):
        found.empty += 1
        return
    if work is None:
        _fault(found, line, {"work": [_("There is no such work.")]})
        return
    if work.pk not in rights:
        rights[work.pk] = policy.may_report(maker, work)
    answer = rights[work.pk]
    if not answer:
        _fault(found, line, {"work": [str(answer.reason)]})
        return
    try:
        said = _said(line, work)
        if said.id in known:
            found.same += 1
            return
        reporting.refuse_wrong(said, work, last.get(work.pk))
        _refuse_second(found, said, work, line)
    except Invalid as invalid:
        _fault(found, line, invalid.fields or {})
        return
    known[said.id] = work.pk
    if work.pk not in last or last[work.pk].as_of <= said.as_of:
        last[work.pk] = Progress(work=work, **vars(said))
    found.new.append((work, said, answer))


def _is_as_sent_out(line: Line, work: FundedWork) -> bool:
    """Whether nobody touched the row of the form: else a day was forgotten, and what was filled in would be lost without a word.

    A form that went out before the work's latest report shows an older state by itself.
    """
    if line.cells.get("last_as_of", "")[:10] != exports.last_day(work) and "last_as_of" in line.cells:
        return True
    try:
        percent = reading_values.percent(line.cells.get("physical_percent", ""))
        paid = reading_values.paid(line.cells.get("paid", ""))
    except Unreadable:
        return not (line.cells.get("physical_percent") or line.cells.get("paid"))
    return (percent, paid) == (work.physical_percent, work.paid)


def _refuse_second(found: Found, said: Said, work: FundedWork, line: Line) -> None:
    """Two rows that tell differently of one work on one day: nobody knows which is meant."""
    first = found.days.setdefault((work.pk, said.as_of), line.number)
    if first != line.number:
        sentence = _("Row %(row)s tells something else of this work on the same day. Keep one of them.")
        raise Invalid({"as_of": [sentence % {"row": first}]})


def write(found: Found, maker: User, tell: Telling) -> int:
    """Write the new reports of a sheet that was looked at under lock; how many. The caller's transaction makes it all or none."""
    for place, (work, said, allowed) in enumerate(found.new):
        reporting.keep(work, said, reporter=maker, allowed=allowed)
        tell(place, len(found.new))
    return len(found.new)


def _said(line: Line, work: FundedWork) -> Said:
    """A row as a report; its UUID follows from what it says, so that the same file twice adds nothing."""
    _refuse_share(line.cells.get("physical_percent", ""))
    values = reporting.read({**{name: line.cells.get(name, "") for name in ("as_of", "physical_percent", "paid", "note")}, "id": work.pk})
    name = f"musrenbang:{work.pk}:{values.as_of}:{values.physical_percent}:{values.paid}:{values.note}"
    return Said(uuid5(NAMESPACE_URL, name), values.as_of, values.physical_percent, values.paid, values.note)


def _refuse_share(text: str) -> None:
    """0.45 without a sign may be 45 per cent or less than one half: spreadsheets write both so. `0,45 %` says which."""
    bare = text.replace(",", ".")
    if bare.startswith("0.") and "%" not in bare and bare.strip("0."):
        sentence = _("Does %(text)s mean %(percent)s%%? Write %(percent)s, or %(text)s%% if you mean less than one per cent.")
        whole = f"{Decimal(bare) * 100:f}".rstrip("0").rstrip(".") if bare.replace(".", "", 1).isdecimal() else text
        raise Invalid({"physical_percent": [sentence % {"text": text, "percent": whole}]})


def _key(line: Line) -> UUID | None:
    try:
        return reading_values.key(line.cells.get("work", ""))
    except Unreadable:
        return None


def _works(keys: list[UUID], *, lock: bool) -> dict[UUID, FundedWork]:
    rows = FundedWork.objects.filter(pk__in=keys).select_related("region", "agency").order_by("pk")
    if not lock:
        return {work.pk: work for work in rows}
    list(Proposal.objects.select_for_update(no_key=True).filter(funded_work__in=keys).order_by("pk").values_list("pk"))
    return {work.pk: work for work in rows.select_for_update(of=("self",), no_key=True)}


def _fault(found: Found, line: Line, fields: dict[str, list[str]]) -> None:
    for name, sentences in fields.items():
        found.faults.append({"row": line.number, "column": _HEADING_OF.get(name, name), "message": " ".join(map(str, sentences))})
