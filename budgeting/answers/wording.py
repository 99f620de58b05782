"""An answer in sentences that a village head reads aloud, in the language in force."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgeting.answers.facts import Answer, Wider
from budgeting.answers.money import Money, told
from budgeting.models import AllocationRun
from budgeting.runs import words
from geo.codes import Level, level
from proposals.money import rupiah
from proposals.stages import Stage


def words_of(answer: Answer, run: AllocationRun, names: Mapping[str, str], why: Mapping[str, str], alike: Sequence[str]) -> dict[str, Any]:
    """`opening`, `why` by number, `wider`, `decided`, `can_do`; `names`: titles of regions, `why`: reasons by number, `alike`: as `decided`."""
    own = {piece.number: why[piece.number] for piece in (*answer.funded, *answer.not_funded)}
    return {
        "opening": _opening(answer, run, names[answer.region]),
        "why": own,
        "wider": [_wider(one, names[one.region]) for one in answer.wider],
        "decided": list(alike),
        "can_do": _can_do(answer, run),
    }


def _opening(answer: Answer, run: AllocationRun, name: str) -> str:
    facts = {"name": name, "year": run.ceiling.plan_year, "asked": answer.asked, "funded": len(answer.funded), "amount": rupiah(answer.amount)}
    if not answer.asked:
        return _("No proposal of %(name)s waited for this money in plan year %(year)s, so nothing was decided about %(name)s here.") % facts
    brought = ngettext(
        "%(asked)s proposal of %(name)s was decided for plan year %(year)s.",
        "%(asked)s proposals of %(name)s were decided for plan year %(year)s.",
        answer.asked,
    )
    return f"{brought} {_came(answer)}" % facts


def _came(answer: Answer) -> str:
    """What became of what it asked for; one proposal is told as one."""
    if answer.asked == 1:
        return _("It is funded with %(amount)s.") if answer.funded else _("It is not funded from this money.")
    if not answer.funded:
        return _("None of them is funded from this money.")
    if not answer.not_funded:
        return _("All of them are funded, %(amount)s in all.")
    return ngettext("%(funded)s of them is funded, with %(amount)s.", "%(funded)s of them are funded, %(amount)s in all.", len(answer.funded))


def _wider(one: Wider, name: str) -> str:
    sentence = ngettext(
        "Besides, %(count)s work for all of %(name)s is funded, with %(amount)s.",
        "Besides, %(count)s works for all of %(name)s are funded, %(amount)s in all.",
        one.count,
    )
    return sentence % {"count": one.count, "name": name, "amount": rupiah(one.amount)}


def decided(run: AllocationRun, money: Money) -> list[str]:
    """What every answer of a run says alike: the money, how the list was made, and by whom."""
    facts = {"prepared": run.requested_by, "approved": run.published_by, "day": date_format(localtime(run.published_at), "j F Y")}
    people = _("Prepared by %(prepared)s, approved and published by %(approved)s on %(day)s.") % facts
    return [*told(run, money), _("How the list was made: %(rule)s.") % {"rule": words.rule(run.rule)}, people]


def _can_do(answer: Answer, run: AllocationRun) -> list[str]:
    if not answer.asked:
        return [_("Whoever has a proposal for the next plan year brings it to the village facilitator."), _asking()]
    steps = []
    if answer.funded:
        steps.append(_("What is funded: follow the work on its page and say there whether it was built as promised."))
    if answer.not_funded:
        steps += [_going_on(answer, run), _("Whoever thinks that the reason is wrong writes an objection on the proposal's page.")]
    return [*steps, _asking()]


def _going_on(answer: Answer, run: AllocationRun) -> str:
    if run.stage == Stage.VILLAGE.value:
        return _("What is not funded by the village's own money stays open and can go on to the sub-district meeting.")
    if level(answer.region) is not Level.VILLAGE:
        return _("What is not funded can be asked for again in the next plan year.")
    return _("What is not funded can be carried over: the facilitator or the village head takes it into the next plan year with its supporters.")


def _asking() -> str:
    return _("Questions are asked on the proposal's page or at the village office. The office that decided must answer.")
