"""What was captured without signal, on its way into the register: when it was, and whether it still counts."""

from datetime import timedelta
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from accounts import clock
from accounts.refusals import Invalid
from proposals import policy
from proposals.capture_words import Told, why_not
from proposals.captures import CLOCK_BOUND, Capture, accepted_capture
from proposals.models import Proposal
from proposals.stages import Move, Stage


def moment_of(told: Told | None) -> dict[str, Any]:
    """`captured_at` of a draft, put right by the server's clock; nothing where none was told or the device's clock is far off."""
    if told is None:
        return {}
    one = accepted_capture(received_at=clock.now(), captured_at=told.captured_at, device_now=told.device_now)
    return {"captured_at": one.at} if abs(one.clock_offset) <= CLOCK_BOUND else {}


def judged(proposal: Proposal, law: Move, told: Told | None) -> Capture | None:
    """The capture that a submission brings along or its draft came with; None where there is none, or nothing hangs on it.

    Raises Conflict with the sentence where it came too late, or says nothing credible of when it was made, and Invalid
    for a move that nobody makes without signal.
    """
    if told is not None and law.name != "submit":
        raise Invalid({"captured_at": [_("Only sending in is taken from a device that was without signal.")]})
    # what was returned is answered by a meeting's word, not by when its draft was once captured
    if told is None and (law.name != "submit" or proposal.stage != Stage.DRAFT or proposal.captured_at is None):
        return None
    stage = policy.stage_of_move(proposal)
    prefetch_related_objects([proposal], "cycle__windows")
    window = proposal.cycle.window(stage)
    if window is None or window.closed_at is not None:
        return None  # the policy says which
    capture = accepted_capture(
        received_at=clock.now(),
        captured_at=told.captured_at if told else proposal.captured_at,
        device_now=told.device_now if told else clock.now(),
        opens_at=window.opens_at,
        closes_at=window.closes_at,
        grace=timedelta(hours=window.late_grace_hours),
    )
    refused = why_not(capture, closes_at=window.closes_at, opens_at=window.opens_at)
    if refused is not None:
        refused.or_refuse()
    return capture


def kept(capture: Capture | None) -> dict[str, Any]:
    """What the step of a captured submission keeps."""
    return {"captured_at": capture.at, "late_sync": capture.is_late} if capture is not None else {}


def for_journal(capture: Capture | None) -> dict[str, Any]:
    """The same for the journal, with the error of the device's clock in whole seconds."""
    return {**kept(capture), "clock_offset_s": int(capture.clock_offset.total_seconds())} if capture is not None else {}
