"""What only people know of a record: its number, who spoke, who signs. Checked when it is typed, kept with the draft."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts import text
from accounts.models import Assignment
from accounts.refusals import Invalid
from accounts.roles import Role
from deliberation.models import Meeting
from deliberation.records import forms
from deliberation.records.facts.meeting import signing_day
from deliberation.words import MeetingKind

#: One line a person or a subject.
LISTS = {"materials": 20, "remarks": 20, "resource_persons": 20}
_LINE_LONGEST = 200
_SIGNERS_MOST, _REPRESENTATIVES_MOST = 12, 40
CLAUSE_LONGEST = 2000
#: Whose signature stands below a record, by kind of meeting, beside chair and note-taker; the office that names itself.
_OFFICES: dict[str, tuple[tuple[str, str | None], ...]] = {
    MeetingKind.HAMLET: (("Kepala Dusun", None),),
    MeetingKind.VILLAGE: (("Ketua BPD", None), ("Kepala {kind}", Role.VILLAGE_HEAD)),
    MeetingKind.VILLAGE_PLAN: (("Ketua BPD", None), ("Kepala {kind}", Role.VILLAGE_HEAD)),
    MeetingKind.SUBDISTRICT: (("Camat", Role.SUBDISTRICT_OFFICER),),
    MeetingKind.AGENCY_FORUM: (("Kepala {agency}", None), ("Bappeda", None)),
    MeetingKind.DISTRICT: (("Kepala Bappeda", None), ("Ketua DPRD", None)),
}


def empty(meeting: Meeting) -> dict[str, Any]:
    """What a new draft begins with: the day, the place, the offices that sign; one query where an office names itself."""
    return {
        "record_number": "",
        "signed_at": meeting.region.name,
        "signed_on": signing_day(meeting).isoformat(),
        "materials": [],
        "remarks": [],
        "resource_persons": [],
        "notes": "",
        "signers": _offices(meeting),
        "representatives": [],
        "clauses": {},
    }


def _offices(meeting: Meeting) -> list[dict[str, str]]:
    held = Assignment.objects.filter(region_id=meeting.region_id, ends_on__isnull=True).select_related("user").order_by("starts_on", "pk")
    holders = {one.role: str(one.user) for one in held}
    kind = meeting.region.kind or "Desa"
    agency = meeting.agency.name if meeting.agency else "Perangkat Daerah"
    named = {"Kepala {kind}": "Lurah" if kind == "Kelurahan" else f"Kepala {kind}", "Kepala {agency}": f"Kepala {agency}"}
    return [
        {"capacity": named.get(words, words), "name": holders.get(role, "") if role else "", "line": ""} for words, role in _OFFICES[meeting.kind]
    ]


def checked(meeting: Meeting, sent: dict[str, Any], kept: dict[str, Any]) -> dict[str, Any]:
    """The texts of a draft with what was sent laid over what is kept. Raises Invalid that names every field that is wrong."""
    wrong: dict[str, list[str]] = {}
    out = dict(kept)
    for name, check in _CHECKS.items():
        if name not in sent:
            continue
        try:
            out[name] = check(sent[name], name)
        except Invalid as refusal:
            wrong |= refusal.fields or {}
    if "clauses" in sent:
        out["clauses"], faults = _clauses(meeting, sent["clauses"])
        wrong |= faults
    if wrong:
        raise Invalid(wrong)
    return out


def _line(raw: object, name: str) -> str:
    return text.clean(raw, field=name, max_length=_LINE_LONGEST)


def _prose(raw: object, name: str) -> str:
    return text.clean(raw, field=name, max_length=CLAUSE_LONGEST, lines=True)


def _lines(raw: object, name: str) -> list[str]:
    """From a text with a line each, or from a list."""
    given = raw.splitlines() if isinstance(raw, str) else raw
    if not isinstance(given, list) or len(given) > LISTS[name] * 2:
        raise Invalid({name: [_("Write one in each line, at most %(most)d lines.") % {"most": LISTS[name]}]})
    found = [line for line in (_line(one, name) for one in given) if line]
    if len(found) > LISTS[name]:
        raise Invalid({name: [_("Write one in each line, at most %(most)d lines.") % {"most": LISTS[name]}]})
    return found


def _day(raw: object, name: str) -> str:
    try:
        return date.fromisoformat(str(raw)).isoformat()
    except ValueError:
        raise Invalid({name: [_("Write the date as year-month-day, for example 2027-02-11.")]}) from None


def _people(raw: object, name: str, keys: tuple[str, ...], most: int) -> list[dict[str, str]]:
    """From lines `Ketua BPD; Haji Usman; NIP …`, or from a list of objects with these keys."""
    given = raw.splitlines() if isinstance(raw, str) else raw
    if not isinstance(given, list) or len(given) > most * 2:
        raise Invalid({name: [_("Write one person in each line, at most %(most)d.") % {"most": most}]})
    found = [dict(zip(keys, _parts(one, name, keys), strict=True)) for one in given if one not in ("", {})]
    found = [one for one in found if any(one.values())]
    if len(found) > most:
        raise Invalid({name: [_("Write one person in each line, at most %(most)d.") % {"most": most}]})
    return found


def _parts(raw: object, name: str, keys: tuple[str, ...]) -> list[str]:
    if isinstance(raw, dict):
        return [_line(raw.get(key, ""), name) for key in keys]
    parts = [part.strip() for part in str(_line(raw, name)).split(";")]
    if len(parts) > len(keys):
        raise Invalid({name: [_("A line has at most %(most)d parts, with a semicolon between them.") % {"most": len(keys)}]})
    return parts + [""] * (len(keys) - len(parts))


def _signers(raw: object, name: str) -> list[dict[str, str]]:
    return _people(raw, name, ("capacity", "name", "line"), _SIGNERS_MOST)


def _representatives(raw: object, name: str) -> list[dict[str, str]]:
    return _people(raw, name, ("name", "element", "address"), _REPRESENTATIVES_MOST)


_CHECKS = {
    "record_number": _line,
    "signed_at": _line,
    "signed_on": _day,
    "materials": _lines,
    "remarks": _lines,
    "resource_persons": _lines,
    "notes": _prose,
    "signers": _signers,
    "representatives": _representatives,
}


def _clauses(meeting: Meeting, sent: object) -> tuple[dict[str, str], dict[str, list[str]]]:
    out: dict[str, str] = {}
    wrong: dict[str, list[str]] = {}
    if not isinstance(sent, dict):
        return out, {"clauses": [_("Write a text here.")]}
    for clause in forms.CLAUSES[meeting.kind]:
        field = f"clause_{clause.place}"
        try:
            words = text.clean(sent.get(clause.place, ""), field=field, max_length=CLAUSE_LONGEST, lines=True)
        except Invalid as refusal:
            wrong |= refusal.fields or {}
            continue
        if words:
            out[clause.place] = words
    return out, wrong
