"""The minutes: item by item what was said, asked and answered, and what was voted on."""

from collections import defaultdict
from typing import Any

from accounts.roles import Role
from deliberation.models import AgendaItem, Meeting, Motion, Said
from deliberation.models.floor import QuestionState, SaidKind
from deliberation.models.motion import MotionState
from deliberation.records.facts.meeting import hour
from deliberation.words import Element, ItemKind, ItemState, Mode
from geo.zones import zone_of

_STATES = {ItemState.WAITING: "Tidak dibahas", ItemState.SKIPPED: "Dilewati", ItemState.IN_HAND: "Sedang dibahas", ItemState.DONE: "Selesai dibahas"}
_KINDS = {SaidKind.STATEMENT: "Pernyataan", SaidKind.QUESTION: "Pertanyaan", SaidKind.ANSWER: "Jawaban"}
_MODES = {Mode.HALL: "di ruang musyawarah", Mode.ONLINE: "secara daring"}
#: Capacities that are no office and no element of the roll.
_CAPACITIES = {"delegate": "Delegasi", "resident": "Warga", "citizen": "Warga", "chair": "Pimpinan musyawarah", "note_taker": "Notulis"}
_ELEMENTS = {element.value: element for element in Element}


def titles(meeting: Meeting) -> list[str]:
    """The agenda, as the record names its materials: proposals are one of them together."""
    items = AgendaItem.objects.filter(meeting=meeting).order_by("position")
    found = list(dict.fromkeys("" if item.kind == ItemKind.PROPOSAL else item.title for item in items))
    count = sum(item.kind == ItemKind.PROPOSAL for item in items)
    return [title or f"Pembahasan dan penyepakatan {count} usulan" for title in found]


def minutes(meeting: Meeting, decisions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The items of the agenda in their order, then what belongs to none of them; three queries."""
    said, motions = _said(meeting), _motions(meeting)
    by_proposal: dict[str, list[int]] = defaultdict(list)
    for one in decisions:
        by_proposal[one["proposal"]["id"]].append(one["number"])
    items = AgendaItem.objects.filter(meeting=meeting).order_by("position")
    told = [
        {**_item(item, meeting), **_of(item.pk, said, motions), "decisions": by_proposal[str(item.proposal_id)] if item.proposal_id else []}
        for item in items
    ]
    if said.get(None) or motions.get(None):
        told.append({"title": "Di luar mata acara", "state": "", "from": "", "until": "", **_of(None, said, motions), "decisions": []})
    return told


def _item(item: AgendaItem, meeting: Meeting) -> dict[str, Any]:
    zone = zone_of(meeting.region_id)
    return {
        "title": item.title,
        "state": "Belum selesai dibahas" if item.state == ItemState.WAITING and item.started_at else _STATES[ItemState(item.state)],
        "from": hour(item.started_at.astimezone(zone)) if item.started_at else "",
        "until": hour(item.ended_at.astimezone(zone)) if item.ended_at else "",
    }


def _of(key: int | None, said: dict[int | None, list[dict[str, Any]]], motions: dict[int | None, list[dict[str, Any]]]) -> dict[str, Any]:
    return {"said": said.get(key, []), "motions": motions.get(key, [])}


def _said(meeting: Meeting) -> dict[int | None, list[dict[str, Any]]]:
    found: dict[int | None, list[dict[str, Any]]] = defaultdict(list)
    zone = zone_of(meeting.region_id)
    for one in Said.objects.filter(meeting=meeting).exclude(state=QuestionState.HELD).select_related("region", "answers").order_by("seq"):
        hidden = one.hidden_at is not None
        found[one.item_id].append(
            {
                "kind": _KINDS[SaidKind(one.kind)],
                "at": hour(one.at.astimezone(zone)),
                "name": "" if hidden else one.name,
                "capacity": _capacity(one.capacity),
                "region": one.region.title if one.region else "",
                "mode": _MODES[Mode(one.mode)] if one.mode else "dari luar musyawarah",
                "is_official": one.is_official,
                "answers": one.answers.seq if one.answers else None,
                "seq": one.seq,
                "body": "" if hidden else one.body,
                "hidden": one.hidden_reason if hidden else "",
            }
        )
    return found


def _capacity(code: str) -> str:
    if code in _ELEMENTS:
        label = str(_ELEMENTS[code].label)
        return f"Unsur {label[:1].lower()}{label[1:]}"
    return _CAPACITIES.get(code) or role_word(code)


def role_word(code: str) -> str:
    """The office as it is named on paper."""
    return str(Role(code).label).capitalize() if code in Role.values else "Peserta"


def _motions(meeting: Meeting) -> dict[int | None, list[dict[str, Any]]]:
    found: dict[int | None, list[dict[str, Any]]] = defaultdict(list)
    for one in Motion.objects.filter(meeting=meeting, state=MotionState.CLOSED).order_by("put_at", "id"):
        result = one.result or {}
        votes = {side: sum(value for value in (result.get(side) or {}).values() if isinstance(value, int)) for side in ("for", "against", "abstain")}
        secret = one.manner == "secret"
        found[one.item_id].append(
            {"text": one.text, "secret": secret, **votes, "carried": bool(result.get("carried")), "present": one.presence.get("total")}
        )
    return found
