"""What is asked for, and what was said about it at each level."""

from proposals.models.attachment import Attachment, Upload
from proposals.models.closure import StageClosure
from proposals.models.cycle import Cycle, DictionaryEntry, StageWindow
from proposals.models.lineage import Lineage
from proposals.models.live import LiveEvent, LiveRoom
from proposals.models.proposal import Proposal
from proposals.models.recommendation import Recommendation
from proposals.models.requirement import NotApplicable, Requirement
from proposals.models.resemblance import Resemblance, Verdict
from proposals.models.saved_search import SavedSearch
from proposals.models.search import SearchEntry, SearchWord, UnreadText
from proposals.models.sheet import SheetJob
from proposals.models.similar_pair import SimilarPair
from proposals.models.tally import MapStamp, Tally, TallyChange
from proposals.models.version import ProposalVersion

__all__ = [
    "Attachment",
    "Cycle",
    "DictionaryEntry",
    "Lineage",
    "LiveEvent",
    "LiveRoom",
    "MapStamp",
    "NotApplicable",
    "Proposal",
    "ProposalVersion",
    "Recommendation",
    "Requirement",
    "Resemblance",
    "SavedSearch",
    "SearchEntry",
    "SearchWord",
    "SheetJob",
    "SimilarPair",
    "StageClosure",
    "StageWindow",
    "Tally",
    "TallyChange",
    "UnreadText",
    "Upload",
    "Verdict",
]
