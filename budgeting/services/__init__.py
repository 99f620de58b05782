"""Everything that writes about money. Each verb is one transaction."""

from budgeting.calculation import perform_run, replay
from budgeting.ceilings.formulas import apply_formula, publish_formula, set_formula
from budgeting.ceilings.transfers import ask_transfer, confirm_transfer, withdraw_transfer
from budgeting.ceilings.withdrawing import withdraw_ceiling
from budgeting.services.ceilings import KEEP, publish_ceiling, publish_parts, set_ceiling
from budgeting.services.publication import publish_run
from budgeting.services.runs import discard_run, request_run

__all__ = [
    "KEEP",
    "apply_formula",
    "ask_transfer",
    "confirm_transfer",
    "discard_run",
    "perform_run",
    "publish_ceiling",
    "publish_formula",
    "publish_parts",
    "publish_run",
    "replay",
    "request_run",
    "set_ceiling",
    "set_formula",
    "withdraw_ceiling",
    "withdraw_transfer",
]
