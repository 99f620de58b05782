"""What is asked for, and what was said about it at each level."""

from proposals.models.attachment import Attachment
from proposals.models.cycle import Cycle, DictionaryEntry, StageWindow
from proposals.models.lineage import Lineage
from proposals.models.live import LiveEvent, LiveRoom
from proposals.models.proposal import Proposal
from proposals.models.recommendation import Recommendation
from proposals.models.tally import Tally, TallyChange
from proposals.models.version import ProposalVersion

__all__ = [
    "Attachment",
    "Cycle",
    "DictionaryEntry",
    "Lineage",
    "LiveEvent",
    "LiveRoom",
    "Proposal",
    "ProposalVersion",
    "Recommendation",
    "StageWindow",
    "Tally",
    "TallyChange",
]
