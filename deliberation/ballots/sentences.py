"""What is wrong with a ballot, in words that say what to change."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from deliberation.ballots.rules import Fault
from proposals.money import rupiah

_SENTENCES: dict[str, Callable[[Fault], str]] = {
    "empty": lambda _one: _("Nothing is marked. Mark something, or say that you abstain."),
    "abstains_and_marks": lambda _one: _("You abstain and mark something. Do one of the two."),
    "unknown": lambda one: _("No candidate has the number %(number)d.") % {"number": one.number},
    "withdrawn": lambda one: _("Number %(number)d was withdrawn and can no longer be chosen. Look at the ballot again.") % {"number": one.number},
    "twice": lambda one: _("Number %(number)d is named twice.") % {"number": one.number},
    "value": lambda one: _("Number %(number)d has a value that is none.") % {"number": one.number},
    "too_many": lambda one: _("At most %(limit)d may be chosen; this ballot has %(given)d.") % {"limit": one.limit, "given": one.given},
    "over_budget": lambda one: (
        _("The choice costs %(given)s; the budget is %(limit)s. Take out something of at least %(over)s.")
        % {"given": rupiah(one.given), "limit": rupiah(one.limit), "over": rupiah(one.given - one.limit)}
    ),
    "place_twice": lambda one: _("The place %(place)d is given twice.") % {"place": one.given},
    "gap": lambda one: _("The place %(place)d is missing. Give the places 1, 2, 3 without a gap.") % {"place": one.given},
    "too_many_each": lambda one: (
        _("Number %(number)d has %(given)d points; one candidate may have at most %(limit)d.")
        % {"number": one.number, "given": one.given, "limit": one.limit}
    ),
    "too_many_points": lambda one: _("%(given)d points are given; there are %(limit)d.") % {"given": one.given, "limit": one.limit},
    "unreadable": lambda _one: _("This line cannot be read."),
}


def sentence(fault: Fault) -> str:
    """One fault in words."""
    return _SENTENCES[fault.code](fault)
