"""The only code that writes papers: prepare, issue, sign, correct, photograph, word clauses."""

from deliberation.records.services.clauses import word
from deliberation.records.services.correcting import correct
from deliberation.records.services.issuing import ask_again, issue
from deliberation.records.services.photos import add_photo, close_photo, remove_photo
from deliberation.records.services.preparing import prepare
from deliberation.records.services.signing import sign

__all__ = ["add_photo", "ask_again", "close_photo", "correct", "issue", "prepare", "remove_photo", "sign", "word"]
