"""Choosing another route than the table's: a signed row beside the answer of that day."""

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts import audit, clock, text
from accounts.refusals import Conflict, Invalid
from accounts.scope import Person
from budgeting import routing
from budgeting.models import RouteDecision
from budgeting.models.ceiling import FundingSource
from budgeting.once import keep_once
from budgeting.provenance import telling
from budgeting.routes import policy
from budgeting.routes.lookup import routed, with_route
from budgeting.routes.words import Target
from deliberation.masking import masked
from proposals.models import Proposal
from proposals.services import rows

_REASON_LONGEST = 500


@transaction.atomic
def choose_route(
    *, proposal_id: UUID, actor: Person, target: Any, funding_source: Any, reason: Any, seen: int = 0, decision_id: UUID | None = None
) -> tuple[RouteDecision, bool]:
    """Send a proposal another way than the table does: `(the decision that rules now, whether it is new)`.

    `seen` is the turn of the decision that was read (0: none); where another one rules by now it is a Conflict. The same again by
    the same person, or the same `decision_id`, changes nothing. Raises Refusal (401, 403, 404), Conflict, Invalid by field.
    """
    official = rows.signed_in(actor)
    proposal = rows.locked(proposal_id)
    allowed = policy.may_choose(official, proposal).or_refuse()
    way, source, said = _read(target, funding_source, reason)
    newest = RouteDecision.objects.filter(proposal=proposal).select_related("signed_by").order_by("-turn").first()
    if newest is not None and (newest.pk == decision_id or _same(newest, official.pk, way, source, said)):
        return newest, False
    if (newest.turn if newest else 0) != seen:
        raise Conflict(_what_was_chosen(newest), code="chosen_meanwhile")
    answer = routed(with_route(Proposal.objects.select_related("dictionary_entry")).get(pk=proposal.pk)).route
    decision = RouteDecision(
        id=decision_id or uuid4(),
        proposal=proposal,
        turn=seen + 1,
        target=way,
        funding_source=source,
        suggested=answer.code,
        reason=said,
        signed_by=official,
        signed_role=allowed.role,
        signed_at=clock.now(),
    )
    keep_once(decision, _("This decision was sent already, for another proposal."))
    audit.record(
        actor=official,
        role=allowed.role,
        action="budgeting.route.choose",
        subject=f"proposal:{proposal.pk}",
        region_code=proposal.village_id,
        changes={"turn": decision.turn, "target": way, "funding_source": source, "suggested": answer.code},
        reason=said,
    )
    telling.route_chosen(decision, proposal, official)
    return decision, True


def _same(newest: RouteDecision, user_id: int, *said: str) -> bool:
    return (newest.signed_by_id, newest.target, newest.funding_source, newest.reason) == (user_id, *said)


def _read(target: Any, funding_source: Any, reason: Any) -> tuple[str, str, str]:
    errors: dict[str, list[str]] = {}
    if target not in Target.values:
        errors["target"] = [_("Choose one of the list.")]
    if funding_source not in FundingSource.values:
        errors["funding_source"] = [_("Choose one of the funding sources.")]
    elif not errors and funding_source not in routing.SOURCES_OF[routing.Way(target)]:
        errors["funding_source"] = [_("This list does not lead to this money.")]
    try:
        said = masked(text.clean(reason, field="reason", max_length=_REASON_LONGEST, min_length=rows.REASON_SHORTEST))
    except Invalid as wrong:
        errors |= wrong.fields or {}
        said = ""
    if errors:
        raise Invalid(errors)
    return str(target), str(funding_source), said


def _what_was_chosen(newest: RouteDecision | None) -> str:
    if newest is None:
        return _("The decision that you have read is not there. Open the page again.")
    sentence = _("%(who)s chose a route meanwhile, on %(when)s: %(way)s. Look at it before you choose otherwise.")
    when = date_format(localtime(newest.signed_at), "j F Y, H.i")
    return sentence % {"who": newest.signed_by, "when": when, "way": newest.get_target_display()}
