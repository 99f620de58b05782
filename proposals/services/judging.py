"""Saying whether two proposals are one, and what differs where they are not."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts import audit, clock, text
from accounts.models import User
from accounts.refusals import Conflict, Invalid
from accounts.scope import Person
from proposals import policy
from proposals.models import Proposal, Resemblance, Verdict
from proposals.models.resemblance import DIFFERENCE_LONGEST, DIFFERENCE_SHORTEST
from proposals.services import rows
from proposals.similar import policy as similar_policy
from proposals.stages import Stage


@transaction.atomic
def judge_resemblance(
    *, proposal_id: UUID, other_id: UUID | None, actor: Person, verdict: Any, difference: Any = "", seen: int | None = None
) -> tuple[Resemblance, bool]:
    """Say what two proposals are to each other: `(the judgement that rules now, whether it is new)`.

    `difference` has at least 20 characters where they are different works. `seen` is the key of the judgement that the
    person has read, None where there was none: where another one rules by now it is a Conflict, so of two people at
    once one wins. The same again by the same person changes nothing. Raises Refusal (401, 403, 404), Conflict, Invalid.
    """
    judge = rows.signed_in(actor)
    proposal, other = _pair(proposal_id, other_id, judge)
    first, second = in_order(proposal, other)
    newest = Resemblance.objects.filter(first=first, second=second).select_related("by").order_by("-turn").first()
    allowed = similar_policy.may_judge(judge, proposal, other, newest).or_refuse()
    told = _read(verdict, difference)
    if newest is not None and (newest.by_id, newest.verdict, newest.difference) == (judge.pk, *told):
        return newest, False
    if newest is not None and newest.pk != seen:
        raise Conflict(_what_was_said(newest), code="judged_meanwhile")
    judgement = Resemblance(first=first, second=second, verdict=told[0], difference=told[1], by=judge, role=allowed.role, at=clock.now())
    judgement.turn = newest.turn + 1 if newest else 1
    judgement.save(force_insert=True)
    _record(judgement, proposal, other)
    return judgement, True


def in_order(one: Proposal, other: Proposal) -> tuple[Proposal, Proposal]:
    """A pair as it is kept: the smaller key first."""
    return (one, other) if one.pk < other.pk else (other, one)


def _pair(proposal_id: UUID, other_id: UUID | None, judge: User) -> tuple[Proposal, Proposal]:
    """Both rows under lock. Somebody else's draft is told in the same words as what does not exist."""
    proposal, other = rows.locked_pair(proposal_id, other_id)
    policy.may_see(judge, proposal).or_refuse()
    if other is None or not policy.may_see(judge, other):
        raise Invalid({"other": [_("There is no such proposal.")]})
    return proposal, other


def _read(verdict: Any, difference: Any) -> tuple[str, str]:
    errors: dict[str, list[str]] = {}
    if verdict not in Verdict.values:
        errors["verdict"] = [_("Say whether they are the same work, related, or different works.")]
    said = "" if difference is None else text.clean(difference, field="difference", max_length=DIFFERENCE_LONGEST, lines=True)
    if verdict == Verdict.DIFFERENT and len(said) < DIFFERENCE_SHORTEST:
        errors["difference"] = [_("Write what differs, in at least %(least)d characters: others rely on it.") % {"least": DIFFERENCE_SHORTEST}]
    if errors:
        raise Invalid(errors)
    return str(verdict), said


def _what_was_said(newest: Resemblance) -> str:
    sentence = _("%(who)s judged these two meanwhile, on %(when)s: %(verdict)s. Look at it before you say otherwise.")
    when = date_format(localtime(newest.at), "j F Y, H.i")
    return sentence % {"who": newest.by, "when": when, "verdict": newest.get_verdict_display()}


def _record(judgement: Resemblance, proposal: Proposal, other: Proposal) -> None:
    """The journal keeps the words only where both are public: nobody but its writers may read a draft."""
    public = Stage.DRAFT not in (proposal.stage, other.stage)
    audit.record(
        actor=judgement.by,
        role=judgement.role,
        action="proposals.similar.judge",
        subject=f"proposal:{proposal.pk}",
        region_code=proposal.village_id,
        changes={"other": str(other.pk), "verdict": judgement.verdict, "turn": judgement.turn},
        reason=judgement.difference if public else "",
    )
