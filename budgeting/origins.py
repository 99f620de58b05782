"""Where a funded line comes from, read from the proposal's own channel. Pure but for the words."""

from budgeting.words import Origin
from proposals.models import Proposal
from proposals.words import Channel

_BY_CHANNEL = {
    Channel.VILLAGE.value: Origin.VILLAGE,
    Channel.COUNCIL.value: Origin.COUNCIL,
    Channel.AGENCY.value: Origin.AGENCY,
    Channel.MANDATORY.value: Origin.MANDATORY,
}


def origin_of(proposal: Proposal) -> Origin:
    """The origin that the register knows; a village's proposal of an earlier year is told as carried over."""
    if proposal.channel == Channel.VILLAGE and proposal.years_waiting:
        return Origin.CARRIED_OVER
    return _BY_CHANNEL[proposal.channel]
