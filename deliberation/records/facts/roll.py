"""Who was there: the counts that a record names, and the lines of the attendance list."""

from typing import Any

from deliberation.models import Attendance, Meeting
from deliberation.records.facts.meeting import hour
from deliberation.roll import reading
from deliberation.words import Element, Mode, Sex
from geo.zones import zone_of

#: As the column of a printed list is headed and filled.
SEXES = {Sex.FEMALE: "P", Sex.MALE: "L"}
MODES = {Mode.HALL: "Ruang", Mode.ONLINE: "Daring"}


def presence(meeting: Meeting) -> dict[str, Any]:
    """The counts of the meeting: whole for the signed paper, `public` with small groups kept together (decision 0155)."""
    return {"whole": _counts(reading.snapshot(meeting, exact=True)), "public": _counts(reading.snapshot(meeting))}


def _counts(told: dict[str, Any]) -> dict[str, Any]:
    elements = [{"element": str(Element(code).label), "people": people} for code, people in told["elements"].items()]
    return {**{key: value for key, value in told.items() if key != "elements"}, "elements": elements}


def at_a_decision(told: dict[str, Any]) -> dict[str, Any]:
    """What a decision keeps of who was there, as much as its line on paper says."""
    quorum = told.get("quorum") or {}
    return {**{key: told.get(key) for key in ("total", "hall", "online", "women")}, "quorum_met": quorum.get("met")}


def lines(meeting: Meeting) -> dict[str, Any]:
    """The attendance list in the order of its numbers; who was struck off is counted, not named."""
    zone = zone_of(meeting.region_id)
    held = Attendance.objects.filter(meeting=meeting).select_related("region").defer("region__boundary", "region__outline")
    rows: list[dict[str, Any]] = []
    struck = 0
    for one in held.prefetch_related("stays").order_by("number"):
        if one.struck_at:
            struck += 1
            continue
        stays = list(one.stays.all())
        left = [stay.left_at for stay in stays if stay.left_at]
        rows.append(
            {
                "number": one.number,
                "name": one.name,
                "sex": SEXES[Sex(one.sex)],
                "element": str(Element(one.element).label),
                "origin": ", ".join(part for part in (one.institution, one.address, one.region.title if one.region else "") if part),
                "mode": ", ".join(dict.fromkeys(MODES[Mode(stay.mode)] for stay in stays)),
                "came": hour(stays[0].arrived_at.astimezone(zone)) if stays else "",
                "left": hour(max(left).astimezone(zone)) if left and len(left) == len(stays) else "",
            }
        )
    return {"rows": rows, "struck": struck}
