"""Everything that writes about money. Each verb is one transaction."""

from budgeting.calculation import perform_run, replay
from budgeting.services.ceilings import publish_ceiling, set_ceiling
from budgeting.services.publication import publish_run
from budgeting.services.runs import discard_run, request_run

__all__ = ["discard_run", "perform_run", "publish_ceiling", "publish_run", "replay", "request_run", "set_ceiling"]
