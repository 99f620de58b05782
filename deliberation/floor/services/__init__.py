"""The verbs of the floor: each one transaction under the meeting's lock, asked, journalled, announced."""

from deliberation.floor.services.appeals import appeal_statement, decide_statement_appeal
from deliberation.floor.services.motions import close_motion, count_hall, open_motion, put_motion, withdraw_motion
from deliberation.floor.services.questions import agree, answer, ask_question, settle_question
from deliberation.floor.services.statements import hide_statement, record_statement
from deliberation.floor.services.turns import ask_for_floor, choose_order, end_turn, grant_floor, withdraw_request
from deliberation.floor.services.voting import vote

__all__ = [
    "agree",
    "answer",
    "appeal_statement",
    "ask_for_floor",
    "ask_question",
    "choose_order",
    "close_motion",
    "count_hall",
    "decide_statement_appeal",
    "end_turn",
    "grant_floor",
    "hide_statement",
    "open_motion",
    "put_motion",
    "record_statement",
    "settle_question",
    "vote",
    "withdraw_motion",
    "withdraw_request",
]
