"""What was decided: every item of the record, and the lists that follow from it."""

from typing import Any
from uuid import UUID

from deliberation.meetings import computed
from deliberation.models import AgendaItem, Decision, Meeting, Ranking
from deliberation.records.facts.roll import at_a_decision
from deliberation.words import ItemKind, Method
from geo.codes import Level
from proposals.models import Proposal
from proposals.stages import Outcome

#: The moves in the words of a record; what leads on, what waits, and what ends here.
MOVES = {
    "forward": "Diteruskan",
    "forward_adjusted": "Diteruskan dengan penyesuaian",
    "return": "Dikembalikan untuk dilengkapi",
    "reserve": "Cadangan",
    "reject": "Belum dapat diakomodir",
    "reroute": "Dialihkan ke perangkat daerah lain",
    "merge": "Digabungkan dengan usulan lain",
}
ACCEPTED = frozenset({"forward", "forward_adjusted"})
RESERVED = frozenset({"reserve"})
METHODS = {Method.CONSENSUS: "Musyawarah mufakat", Method.VOTE: "Pemungutan suara"}
_WITH = ("proposal__village", "proposal__agency", "proposal__dictionary_entry", "step__agency", "target", "decided_by")
#: Behind every place that was given.
_LAST = 10**9
#: Heavy, and on no paper.
_HEAVY = ("proposal__shape", "proposal__village__boundary", "proposal__village__outline", "proposal__village__search_text")


def decided(meeting: Meeting) -> list[dict[str, Any]]:
    """Every decision in the order of its numbers; one query."""
    found = Decision.objects.filter(meeting=meeting).select_related(*_WITH, "step").defer(*_HEAVY)
    return [_told(one) for one in found.order_by("number")]


def _told(one: Decision) -> dict[str, Any]:
    agency = one.step.agency or one.proposal.agency
    return {
        "number": one.number,
        "proposal": _proposal(one.proposal),
        "move": one.move,
        "decision": MOVES.get(one.move, one.move),
        "volume": volume(one.step.volume),
        "unit": one.step.unit or one.proposal.unit,
        "amount": one.step.amount,
        "agency": agency.name if agency else "",
        "target": (one.target.number or "") if one.target else "",
        "reason": ": ".join(part for part in (str(one.get_reason_code_display()) if one.reason_code else "", one.reason) if part),
        "responsible": one.responsible,
        "method": METHODS[Method(one.method)],
        "presence": at_a_decision(one.presence),
        "decided_by": str(one.decided_by),
    }


def _proposal(proposal: Proposal) -> dict[str, Any]:
    entry = proposal.dictionary_entry
    return {
        "id": str(proposal.pk),
        "number": proposal.number or "",
        "title": proposal.title,
        "village": proposal.village.title if Level(proposal.village.level) is Level.VILLAGE else "",
        "locus": proposal.locus,
        "proposer": proposal.on_behalf_of,
        "objective": proposal.objective,
        "sector": str(proposal.get_sector_display()) if proposal.sector else "",
        "programme": entry.programme if entry else "",
        "activity": entry.activity if entry else "",
        "source": proposal.funding_source,
    }


def volume(value: Any) -> str:
    """A volume as it is written: `1.250,5`; empty where there is none."""
    if value is None:
        return ""
    whole, _point, rest = f"{value:,.3f}".partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


def lists_of(meeting: Meeting, decisions: list[dict[str, Any]]) -> dict[str, Any]:
    """The priority list in its order, and what is not on it, by the last decision about each proposal; a constant number of queries.

    The order is the meeting's own ranking; what it did not rank stands behind, by the computed places and then the order of the
    decisions, as on the page of the order.
    """
    last = {one["proposal"]["id"]: one for one in decisions}
    ranks = {str(rank.proposal_id): rank for rank in Ranking.objects.filter(meeting=meeting)}
    accepted = [{**one, **_rank(ranks.get(key))} for key, one in last.items() if one["move"] in ACCEPTED]
    places = _computed(meeting, last)
    accepted.sort(key=lambda one: (one["place"] or _LAST, places.get(one["proposal"]["id"], _LAST), one["number"]))
    return {
        "accepted": accepted,
        "reserved": [one for one in last.values() if one["move"] in RESERVED],
        "left_out": [one for one in last.values() if one["move"] not in ACCEPTED | RESERVED],
        "undecided": _undecided(meeting, set(last)),
    }


def _computed(meeting: Meeting, last: dict[str, dict[str, Any]]) -> dict[str, int]:
    lists = [[UUID(key) for key, one in last.items() if one["move"] in moves] for moves in (ACCEPTED, RESERVED)]
    return {str(key): place for key, place in computed.within(meeting, *lists).items()}


def _rank(rank: Ranking | None) -> dict[str, Any]:
    if rank is None:
        return {"place": None, "computed_place": None, "rank_reason": ""}
    return {"place": rank.place, "computed_place": rank.computed_place, "rank_reason": rank.reason}


def _undecided(meeting: Meeting, settled: set[str]) -> list[dict[str, Any]]:
    items = AgendaItem.objects.filter(meeting=meeting, kind=ItemKind.PROPOSAL).select_related("proposal__village", "proposal__dictionary_entry")
    waiting = [item.proposal for item in items.defer(*_HEAVY).order_by("position") if item.proposal and str(item.proposal_id) not in settled]
    return [
        {"proposal": _proposal(one), "volume": volume(one.volume), "unit": one.unit, "amount": one.amount, "standing": _elsewhere(meeting, one)}
        for one in waiting
    ]


def _elsewhere(meeting: Meeting, proposal: Proposal) -> str:
    """What became of a proposal that this meeting left open, where it no longer waits for one."""
    if proposal.outcome == Outcome.WITHDRAWN:
        return "Dicabut oleh pengusulnya"
    if proposal.stage != meeting.stage or proposal.outcome not in (Outcome.OPEN, Outcome.RESERVED, Outcome.RETURNED):
        return "Diputuskan di luar rapat ini"
    return ""


def item_of(meeting_id: UUID, proposal_id: UUID) -> int | None:
    """The number in the meeting's record under which a proposal was decided last."""
    numbers = Decision.objects.filter(meeting_id=meeting_id, proposal_id=proposal_id).order_by("-number")
    return numbers.values_list("number", flat=True).first()
