"""A line of a run as a sentence in the reader's language, from its reason code and facts."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgeting.models import AllocationLine
from budgeting.rules.problem import Reason
from proposals.money import rupiah


def sentence(line: AllocationLine) -> str:
    """Why this proposal is in or out, and what would have changed it."""
    facts = line.facts
    if line.reason_code == Reason.FUNDED_FULL:
        return _("Funded. Remaining ceiling %(amount)s.") % {"amount": rupiah(facts["remaining"])}
    if line.reason_code == Reason.COST_ABOVE_CEILING:
        parts = _("It costs %(amount)s more than the whole remaining ceiling of %(ceiling)s, so no number of supports could have funded it.")
        return parts % {"amount": rupiah(facts["short_by"]), "ceiling": rupiah(facts["ceiling"])}
    short = _("Short by %(amount)s. Cannot be split.") % {"amount": rupiah(facts["short_by"])}
    tie = [_lost_tie(facts)] if line.reason_code == Reason.TIE_LOST else []
    return " ".join([short, *tie, _change(facts)])


def _lost_tie(facts: dict[str, str | int]) -> str:
    return _("Proposal %(number)s has as many supports and goes first because it costs less or has the lower number.") % {"number": facts["before"]}


def _change(facts: dict[str, str | int]) -> str:
    amount = rupiah(int(facts["short_by"]))
    if "more_votes" not in facts:
        return _("It would have been funded for %(amount)s less.") % {"amount": amount}
    more = int(facts["more_votes"])
    words = ngettext(
        "It would have been funded for %(amount)s less, or with %(more)s more support.",
        "It would have been funded for %(amount)s less, or with %(more)s more supports.",
        more,
    )
    return words % {"amount": amount, "more": more}
