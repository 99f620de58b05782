"""What is paid for, and why."""

from budgeting.models.ceiling import Ceiling, LedgerEntry
from budgeting.models.run import AllocationLine, AllocationRun

__all__ = ["AllocationLine", "AllocationRun", "Ceiling", "LedgerEntry"]
