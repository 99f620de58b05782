"""The result as it is published and kept: standing, turnout by channel and place, paper, with small groups held back."""

from typing import Any

from deliberation.ballots import disclosure, electorate
from deliberation.ballots.disclosure import told
from deliberation.ballots.reading import standees_of
from deliberation.ballots.tally import Standing
from deliberation.ballots.words import VoteChannel
from deliberation.models import Ballot, PaperBatch
from geo.models import Region


def result_of(ballot: Ballot, standing: Standing) -> dict[str, Any]:
    """Facts only, as JSON; pages put them into words. Of too few secret ballots no line, no order and no abstention is told."""
    standees = standees_of(ballot)
    withheld = disclosure.is_withheld(is_secret=ballot.is_secret, ballots=standing.ballots)
    lines = [
        {
            "place": line.place,
            "number": line.number,
            "title": standees[line.number].title,
            "village": standees[line.number].village,
            "proposal": standees[line.number].proposal,
            "cost": standees[line.number].cost,
            "votes": line.votes,
            "score": line.score,
            "tied": line.tied,
            "within": line.within,
        }
        for line in (() if withheld else standing.lines)
    ]
    gone = [{"number": one.number, "title": one.title} for one in standees.values() if one.withdrawn]
    return {
        "lines": lines,
        "withdrawn": gone,
        "ballots": standing.ballots,
        "abstentions": None if withheld else standing.abstentions,
        "withheld": withheld,
        "turnout": turnout_of(ballot),
        "paper": _paper(ballot),
    }


def turnout_of(ballot: Ballot) -> dict[str, Any]:
    """How many of how many have voted, by channel and by place; None is "fewer than 5"."""
    channels = electorate.marked_by_channel(ballot)
    places = electorate.marked_by_place(ballot)
    entitled: dict[str, int] = ballot.frozen.get("places") or {}
    names = dict(Region.objects.filter(pk__in=[code for code in {*places, *entitled} if code]).values_list("pk", "name"))
    shown = told({code: places.get(code, 0) for code in sorted({*places, *entitled})})
    return {
        "marked": sum(channels.values()),
        "entitled": ballot.entitled,
        **told(channels),
        "places": [{"code": code, "name": names.get(code, ""), "marked": count, "entitled": entitled.get(code)} for code, count in shown.items()],
    }


def running_turnout(ballot: Ballot) -> dict[str, int | None] | None:
    """By channel while the ballot runs, where it shows that; None where it does not."""
    if not ballot.shows_turnout:
        return None
    return told(electorate.marked_by_channel(ballot))


def tells_channels(ballot: Ballot) -> bool:
    """Whether how many voted online may be told; where it may not, nothing published may let it be counted."""
    return told(electorate.marked_by_channel(ballot))[VoteChannel.ONLINE] is not None


def _paper(ballot: Ballot) -> dict[str, Any]:
    """What became of the sheets; how many there were only where turnout tells it, or online could be subtracted."""
    tells = tells_channels(ballot)
    batches = list(PaperBatch.objects.filter(ballot=ballot).order_by("label"))
    sheets = sum(batch.sheets for batch in batches)
    return {
        "sheets": sheets if tells else None,
        "invalid": sum(batch.invalid for batch in batches),
        "set_aside": sum(batch.set_aside for batch in batches),
        "differences": sum(batch.differences for batch in batches),
        "missing": electorate.marked_by_channel(ballot)[VoteChannel.PAPER] - sheets,
        "recounts": [
            {
                "label": batch.label,
                "sheets": batch.sheets if tells else None,
                "recounted": batch.recounted if tells else None,
                "note": batch.recount_note,
            }
            for batch in batches
            if batch.recounted is not None and batch.recounted != batch.sheets
        ],
    }
