"""Overrides as sentences in the reader's language."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.roles import Role
from budgeting.models import AllocationLine, Override
from budgeting.overrides.reading import Decided
from budgeting.sentences import is_short, sentence
from proposals.money import rupiah

_FUNDED = AllocationLine.Verdict.FUNDED


def role_word(code: str) -> str:
    """The office in which somebody signed; the code itself where this version does not know it."""
    return str(Role(code).label) if code in Role.values else code


def signed(one: Override, line: AllocationLine) -> str:
    """What was changed by hand, by whom, when and why."""
    facts = {
        "name": one.signed_by,
        "role": role_word(one.signed_role),
        "day": date_format(localtime(one.signed_at), "j F Y"),
        "amount": rupiah(one.amount),
        "reason": one.reason,
    }
    if one.verdict != _FUNDED:
        return _("Taken out by hand by %(name)s, %(role)s, on %(day)s. Reason: %(reason)s") % facts
    if line.verdict != _FUNDED:
        return _("Put in by hand with %(amount)s by %(name)s, %(role)s, on %(day)s. Reason: %(reason)s") % facts
    return _("Amount set to %(amount)s by hand by %(name)s, %(role)s, on %(day)s. Reason: %(reason)s") % facts


def decided_sentence(one: Decided) -> str:
    """Why a proposal is in or out, with what the rule had said where somebody decided otherwise."""
    if one.override is None:
        return rule_sentence(one)
    return f"{signed(one.override, one.line)} {rule_sentence(one)}"


def rule_sentence(one: Decided) -> str:
    """What the rule said of a line, marked as the rule's word where people changed what it is about.

    That is the line itself, or the money that it was short of: once another line is taken out, "short by so much" is true of the rule's list alone.
    """
    said = sentence(one.line)
    marked = one.override or (one.amid and is_short(one.line))
    return _("The rule had said: %(sentence)s") % {"sentence": said} if marked else said
