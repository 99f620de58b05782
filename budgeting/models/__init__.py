"""What is paid for, and why."""

from budgeting.models.answer import VillageAnswer
from budgeting.models.ceiling import Ceiling, LedgerEntry
from budgeting.models.override import Override
from budgeting.models.run import AllocationLine, AllocationRun
from budgeting.models.work import Confirmation, DisputeAnswer, FundedWork, Progress, ProgressSheet, WorkPhoto

__all__ = [
    "AllocationLine",
    "AllocationRun",
    "Ceiling",
    "Confirmation",
    "DisputeAnswer",
    "FundedWork",
    "LedgerEntry",
    "Override",
    "Progress",
    "ProgressSheet",
    "VillageAnswer",
    "WorkPhoto",
]
