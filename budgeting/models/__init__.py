"""What is paid for, and why."""

from budgeting.models.answer import VillageAnswer
from budgeting.models.ceiling import Ceiling, LedgerEntry
from budgeting.models.formula import CeilingVersion, Formula
from budgeting.models.grant import GrantRecipient
from budgeting.models.kept_figures import KeptFigures
from budgeting.models.override import Override
from budgeting.models.provenance import OriginClaim, OriginStatement
from budgeting.models.route import AuthorityRule, RouteDecision
from budgeting.models.run import AllocationLine, AllocationRun
from budgeting.models.transfer import Transfer
from budgeting.models.work import Confirmation, DisputeAnswer, FundedWork, Progress, ProgressSheet, WorkPhoto

__all__ = [
    "AllocationLine",
    "AllocationRun",
    "AuthorityRule",
    "Ceiling",
    "CeilingVersion",
    "Confirmation",
    "DisputeAnswer",
    "Formula",
    "FundedWork",
    "GrantRecipient",
    "KeptFigures",
    "LedgerEntry",
    "OriginClaim",
    "OriginStatement",
    "Override",
    "Progress",
    "ProgressSheet",
    "RouteDecision",
    "Transfer",
    "VillageAnswer",
    "WorkPhoto",
]
