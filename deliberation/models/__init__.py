"""What people say about a proposal, what meetings decide, and who is told."""

from deliberation.models.ballot import Ballot, BallotFile, Candidate
from deliberation.models.comment import Comment
from deliberation.models.criterion import CriteriaSet, Criterion
from deliberation.models.decision import Decision, Ranking
from deliberation.models.document import Clause, Document, DocumentFile
from deliberation.models.floor import Agreement, Floor, Said, Turn
from deliberation.models.follow import Follow
from deliberation.models.meeting import AgendaItem, Meeting
from deliberation.models.moderation import Appeal, ModerationAct, Report, SaidAppeal
from deliberation.models.motion import Hand, Motion, SecretVote, SecretVoter
from deliberation.models.notice import Letter, MailChoice, News, Notice
from deliberation.models.paper import PaperBatch, Typing
from deliberation.models.question import Addressee, Question
from deliberation.models.roll import Attendance, Mandate, Presence
from deliberation.models.scoring import Panel, PanelEntry, Recusal, Score, Sheet
from deliberation.models.support import Support
from deliberation.models.voting import Vote, VoterMark

__all__ = [
    "Addressee",
    "AgendaItem",
    "Agreement",
    "Appeal",
    "Attendance",
    "Ballot",
    "BallotFile",
    "Candidate",
    "Clause",
    "Comment",
    "CriteriaSet",
    "Criterion",
    "Decision",
    "Document",
    "DocumentFile",
    "Floor",
    "Follow",
    "Hand",
    "Letter",
    "MailChoice",
    "Mandate",
    "Meeting",
    "ModerationAct",
    "Motion",
    "News",
    "Notice",
    "Panel",
    "PanelEntry",
    "PaperBatch",
    "Presence",
    "Question",
    "Ranking",
    "Recusal",
    "Report",
    "Said",
    "SaidAppeal",
    "Score",
    "SecretVote",
    "SecretVoter",
    "Sheet",
    "Support",
    "Turn",
    "Typing",
    "Vote",
    "VoterMark",
]
