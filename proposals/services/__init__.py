"""Everything that writes to the register. Each verb is one transaction."""

from proposals.services.answers import answer, take_back
from proposals.services.attachments import attach, close, detach
from proposals.services.by_run import Verdict, move_by_run
from proposals.services.carrying import Carried, carry_over, carry_over_many
from proposals.services.decisions import move, submit
from proposals.services.drafts import edit, save_draft
from proposals.services.judging import judge_resemblance
from proposals.services.splitting import split

__all__ = [
    "Carried",
    "Verdict",
    "answer",
    "attach",
    "carry_over",
    "carry_over_many",
    "close",
    "detach",
    "edit",
    "judge_resemblance",
    "move",
    "move_by_run",
    "save_draft",
    "split",
    "submit",
    "take_back",
]
