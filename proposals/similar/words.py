"""Why two proposals look alike, in words: `120 m away, the same work, plan year 2027, already funded`."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.refusals import Refusal
from proposals.models import Proposal, SimilarPair
from proposals.similar import alike
from proposals.similar.alike import Facts, Work
from proposals.similar.candidates import Candidate
from proposals.stages import Outcome
from proposals.words import Channel


def reasons(facts: Facts, proposal: Proposal | None = None) -> list[str]:
    """Place, work and words, strongest first; then year, channel and state of the proposal it is told about."""
    told = [_place(facts), _work(facts.work)]
    if facts.words >= alike.TELLING_WORDS:
        told.append(_("similar words"))
    if proposal is not None:
        told += [_("plan year %(year)s") % {"year": proposal.plan_year}, _channel(proposal), _state(proposal)]
    return [word for word in told if word]


def facts_of(pair: SimilarPair) -> Facts:
    """What the prepared table keeps of a pair."""
    same_village = pair.first_village == pair.second_village
    return Facts(pair.distance_m, Work(pair.work), pair.words, pair.overlap, same_village)


def _place(facts: Facts) -> str:
    if facts.overlap:
        return _("%(share)s%% of it on the same ground") % {"share": facts.overlap // 10} if facts.overlap >= 10 else _crossing()
    if facts.distance_m is None:
        return _("the same village, the place not marked")
    if facts.distance_m == 0:
        return _crossing() if facts.overlap is not None else _("at the same place")
    return ngettext("%(metres)d m away", "%(metres)d m away", facts.distance_m) % {"metres": facts.distance_m}


def _crossing() -> str:
    return _("they touch at one place")


def _work(work: Work) -> str:
    return {Work.SAME: _("the same work"), Work.RELATED: _("related work"), Work.SECTOR: _("the same sector")}.get(work, "")


def _channel(proposal: Proposal) -> str:
    return "" if proposal.channel == Channel.VILLAGE else str(Channel(proposal.channel).label)


def _state(proposal: Proposal) -> str:
    told = {Outcome.FUNDED: _("already funded"), Outcome.NOT_FUNDED: _("not funded"), Outcome.REJECTED: _("turned down")}
    return told.get(Outcome(proposal.outcome), "")


def line_of(candidate: Candidate) -> str:
    """One candidate in a line: number, title, and why."""
    proposal = candidate.proposal
    named = f"{proposal.number} {proposal.title}" if proposal else str(candidate.key)
    return f"{named}: {', '.join(reasons(candidate.facts, proposal))}"


def answer_first(waiting: list[Candidate]) -> Refusal:
    """The 409 of a proposal that cannot be sent yet; every candidate is named."""
    sentence = ngettext(
        "A similar proposal is nearby. Say whether it is the same, or what differs, before you send this one.",
        "%(count)d similar proposals are nearby. Say of each whether it is the same, or what differs, before you send this one.",
        len(waiting),
    )
    return Refusal(sentence % {"count": len(waiting)}, code="similar_unanswered", status=409, fields={"similar": [line_of(one) for one in waiting]})
