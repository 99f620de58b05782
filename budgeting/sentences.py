"""A line of a run as a sentence in the reader's language, from its reason code and facts: why, and what would have changed it.

The facts are those of the rules (`budgeting.rules`) and of `budgeting.runs.result`; ids in them are proposals' numbers.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgeting.models import AllocationLine
from budgeting.rules.problem import Reason
from proposals.money import rupiah

Facts = Mapping[str, Any]
#: These are refused for want of money, so that the ceiling that ended is named.
_BY_MONEY = frozenset({Reason.BELOW_LINE, Reason.TIE_LOST, Reason.NOT_DIVISIBLE, Reason.QUOTA_DISPLACED})


def sentence(line: AllocationLine) -> str:
    """Why this proposal is in or out, and what would have changed it."""
    code, facts = Reason(line.reason_code), line.facts
    parts = [_OPENINGS[code](line, facts)]
    if line.verdict == AllocationLine.Verdict.FUNDED or code in _PAID:
        return " ".join([*parts, *_ways_in(facts)])
    if code is not Reason.COST_ABOVE_CEILING:
        parts += _change(line, facts)
    if code in _BY_MONEY:
        parts += _last_money(facts)
    return " ".join(parts)


def is_short(line: AllocationLine) -> bool:
    """Whether it is out for want of money that other lines took."""
    return line.verdict != AllocationLine.Verdict.FUNDED and Reason(line.reason_code) in _BY_MONEY


def _remaining(facts: Facts) -> str:
    return _("Remaining ceiling %(amount)s.") % {"amount": rupiah(facts["remaining"])}


def _full(_line: AllocationLine, facts: Facts) -> str:
    return _("Funded. Remaining ceiling %(amount)s.") % {"amount": rupiah(facts["remaining"])}


def _mandatory(_line: AllocationLine, facts: Facts) -> str:
    return _("Funded first, because regulation demands it. %(remaining)s") % {"remaining": _remaining(facts)}


def _partial(line: AllocationLine, facts: Facts) -> str:
    told = {"amount": rupiah(line.amount), "least": rupiah(facts["minimum"]), "missing": rupiah(line.cost - line.amount), "left": _remaining(facts)}
    return _("Funded in part with %(amount)s: at least its first phase of %(least)s. %(missing)s is missing for the whole work. %(left)s") % told


def _ways_in(facts: Facts) -> list[str]:
    """By which way a funded one came in, where that was not its own place in the list."""
    parts = []
    if facts.get("needed_by"):
        parts.append(_("It is funded because proposal %(number)s needs it.") % {"number": facts["needed_by"]})
    if facts.get("how") == "votes":
        parts.append(_("It was paid from what the shares had left, by its votes."))
    if facts.get("how") == "rest":
        parts.append(_("It was paid from what the rule had left, because it may be paid in part."))
    if facts.get("from_share"):
        parts.append(_("It was paid from the share for %(name)s.") % {"name": share_word(facts["from_share"])})
    return parts


def _above(_line: AllocationLine, facts: Facts) -> str:
    parts = _("It costs %(amount)s more than the whole remaining ceiling of %(ceiling)s, so no number of supports could have funded it.")
    return parts % {"amount": rupiah(facts["short_by"]), "ceiling": rupiah(facts["ceiling"])}


def _below(_line: AllocationLine, facts: Facts) -> str:
    if nobody := _unwanted(facts):
        return nobody
    short = facts.get("short_by", 0)
    if facts.get("minimum") and short:
        told = {"amount": rupiah(short), "least": rupiah(facts["minimum"])}
        return _("Short by %(amount)s even for its first phase of %(least)s.") % told
    if short:
        return _("Short by %(amount)s. Cannot be split.") % {"amount": rupiah(short)}
    if facts.get("stopped_by"):
        return _("Its turn did not come: the rule ended at proposal %(number)s, which no longer fitted.") % {"number": facts["stopped_by"]}
    return _("Not in the list that gives the greatest sum, although what is left would pay it: other works give more.")


def _tie(_line: AllocationLine, facts: Facts) -> str:
    lost = _("Proposal %(number)s has as many supports and goes first because it costs less or has the lower number.")
    if "place" in facts or "votes" in facts or "points" in facts:
        lost = _("Proposal %(number)s stands equal with it, and the order among equals puts that one first.")
    return f"{_('Short by %(amount)s. Cannot be split.') % {'amount': rupiah(facts['short_by'])}} {lost % {'number': facts['before']}}"


def _indivisible(_line: AllocationLine, facts: Facts) -> str:
    return _("Short by %(amount)s, and it is paid whole or not at all.") % {"amount": rupiah(facts["short_by"])}


def _unaffordable(_line: AllocationLine, facts: Facts) -> str:
    if nobody := _unwanted(facts):
        return nobody
    share = facts.get("share", 0)
    told = _("Those who voted for it hold less than its cost together, although the ceiling would pay it.")
    return f"{told} {_('In the end each voter had a share of %(share)s.') % {'share': rupiah(share)}}" if share else told


def _unwanted(facts: Facts) -> str:
    """Where nobody asked for it, no sum says more."""
    if facts.get("unlisted"):
        return _("It did not stand on the ballot, so nobody could vote for it.")
    if facts.get("votes") == 0:
        return _("Nobody voted for it.")
    return ""


def _excluded(_line: AllocationLine, facts: Facts) -> str:
    return _("Proposal %(number)s was funded, and only one of the two can be.") % {"number": facts["by"]}


def _needs(_line: AllocationLine, facts: Facts) -> str:
    return _("It needs proposal %(number)s, which is not funded.") % {"number": facts["needs"]}


def _full_village(_line: AllocationLine, facts: Facts) -> str:
    told = {"limit": facts["limit"], "number": facts.get("for", "")}
    return _("Its village already had %(limit)s; before it has more, a village without any comes first: proposal %(number)s.") % told


def _displaced(_line: AllocationLine, facts: Facts) -> str:
    told = {"amount": rupiah(facts.get("reserved", 0)), "name": share_word(facts.get("share", ""))}
    return _("Of what was left, %(amount)s waited for %(name)s.") % told


def share_word(name: object) -> str:
    """A minimum share by its name; the name itself where this version does not know it."""
    return {"non_physical": _("services, training and grants"), "women": _("what women raised")}.get(str(name), str(name))


def _change(line: AllocationLine, facts: Facts) -> list[str]:
    """What would have brought it in: how much cheaper, how many more, which place."""
    if facts.get("unlisted"):
        return []
    ways = [*_cheaper(line, facts), *_more(facts), *_place(facts), *_without(facts)]
    if not ways:
        return []
    if len(ways) == 1:
        return [_("It would have been funded %(way)s.") % {"way": ways[0]}]
    return [_("It would have been funded %(ways)s, or %(last)s.") % {"ways": ", ".join(ways[:-1]), "last": ways[-1]}]


def _cheaper(line: AllocationLine, facts: Facts) -> list[str]:
    # the walk down a list without constraints knows it without being asked: what it is short by
    less = int(facts.get("cheaper") or (facts.get("short_by", 0) if "before" in facts else 0))
    # for nothing at all is no way in
    return [_("for %(amount)s less") % {"amount": rupiah(less)}] if 0 < less < line.cost else []


def _more(facts: Facts) -> list[str]:
    if voters := int(facts.get("more_voters", 0)):
        return [ngettext("with %(more)s more voter who wants only it", "with %(more)s more voters who want only it", voters) % {"more": voters}]
    more = int(facts.get("more_votes", 0))
    if not more:
        return []
    if "votes" in facts:
        return [ngettext("with %(more)s more vote", "with %(more)s more votes", more) % {"more": more}]
    return [ngettext("with %(more)s more support", "with %(more)s more supports", more) % {"more": more}]


def _without(facts: Facts) -> list[str]:
    name = facts.get("without")
    if not name:
        return []
    if name == "per_group":
        return [_("without the limit for each village")]
    if name in {"non_physical", "women"}:
        return [_("without the share for %(name)s") % {"name": share_word(name)}]
    return [_("if proposal %(number)s did not exclude it") % {"number": name}]


def _place(facts: Facts) -> list[str]:
    place = int(facts.get("better_place", 0))
    return [_("at place %(place)s of the order or before it") % {"place": place}] if place else []


def _last_money(facts: Facts) -> list[str]:
    """Which line took the last money before it, and which ceiling it was that ended."""
    parts = []
    if facts.get("after"):
        parts.append(_("The last money before it went to proposal %(number)s.") % {"number": facts["after"]})
    bound = {
        "CEILING_AGENCY": _("It was the ceiling of the agency that ended."),
        "CEILING_KECAMATAN": _("It was the ceiling of the sub-district that ended."),
        "CEILING_VILLAGE": _("It was the ceiling of the village that ended."),
        "CEILING_SOURCE": _("It was the ceiling of this funding source that ended."),
    }
    return [*parts, bound[facts["bound"]]] if facts.get("bound") in bound else parts


Opening = Callable[[AllocationLine, Facts], str]
_PAID: dict[Reason, Opening] = {Reason.FUNDED_FULL: _full, Reason.MANDATORY: _mandatory, Reason.FUNDED_PARTIAL: _partial}
_OPENINGS: dict[Reason, Opening] = {
    **_PAID,
    Reason.COST_ABOVE_CEILING: _above,
    Reason.BELOW_LINE: _below,
    Reason.TIE_LOST: _tie,
    Reason.NOT_DIVISIBLE: _indivisible,
    Reason.SUPPORTERS_SHORT: _unaffordable,
    Reason.EXCLUDED_BY: _excluded,
    Reason.NEEDS: _needs,
    Reason.GROUP_FULL: _full_village,
    Reason.QUOTA_DISPLACED: _displaced,
}
