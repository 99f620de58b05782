"""Naming who receives a grant (DOMAIN 7.1, test 4): whoever writes for the proposal says it, an office checks the papers."""

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts import audit, clock, text
from accounts.refusals import Conflict, Invalid
from accounts.scope import Person
from budgeting.models import GrantRecipient
from budgeting.models.grant import NAME_LONGEST, REGISTRATION_LONGEST, LegalForm
from budgeting.once import keep_once
from budgeting.routes import policy
from deliberation.masking import masked
from proposals.models import Proposal
from proposals.services import rows
from proposals.words import WorkKind

_SHORTEST = 3


@transaction.atomic
def name_recipient(
    *, proposal_id: UUID, actor: Person, name: Any, form: Any, registration: Any = "", seen: int = 0, statement_id: UUID | None = None
) -> tuple[GrantRecipient, bool]:
    """Say who receives the grant that a proposal asks for: `(what rules now, whether it is new)`.

    `form` is one of `LegalForm`; every legal entity has a `registration`. `seen` is the turn that was read (0: none); another one
    in between is a Conflict. The same again by the same person, or the same `statement_id`, changes nothing.
    Raises Refusal (401, 403, 404), Conflict, Invalid by field.
    """
    person = rows.signed_in(actor)
    proposal = rows.locked(proposal_id)
    allowed = policy.may_name_recipient(person, proposal).or_refuse()
    said = _read(name, form, registration)
    is_checked = allowed.role in policy.CHECKERS
    newest = GrantRecipient.objects.filter(proposal=proposal).select_related("said_by").order_by("-turn").first()
    if newest is not None and (newest.pk == statement_id or _same(newest, (person.pk, *said, is_checked))):
        return newest, False
    if (newest.turn if newest else 0) != seen:
        raise Conflict(_what_was_said(newest), code="said_meanwhile")
    kept = GrantRecipient(
        id=statement_id or uuid4(),
        proposal=proposal,
        turn=seen + 1,
        **dict(zip(("name", "form", "registration"), said, strict=True)),
        is_checked=is_checked,
        said_by=person,
        said_role=allowed.role,
        said_at=clock.now(),
    )
    keep_once(kept, _("This was sent already, for another proposal."))
    audit.record(
        actor=person,
        role=allowed.role,
        action="budgeting.grant.recipient",
        subject=f"proposal:{proposal.pk}",
        region_code=proposal.village_id,
        changes={"turn": kept.turn, "name": kept.name, "form": kept.form, "registration": kept.registration, "checked": kept.is_checked},
    )
    return kept, True


def without_entity(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """The grants among these whose recipient is not known to be a legal entity: nobody named it, or no office has checked it."""
    newest = GrantRecipient.objects.filter(proposal=OuterRef("pk")).order_by("-turn")
    told = {"recipient_checked": Subquery(newest.values("is_checked")[:1]), "recipient_form": Subquery(newest.values("form")[:1])}
    open_ = Q(recipient_checked__isnull=True) | Q(recipient_checked=False) | Q(recipient_form=LegalForm.NONE)
    return proposals.filter(dictionary_entry__kind=WorkKind.GRANT).alias(**told).filter(open_)


def _read(name: Any, form: Any, registration: Any) -> tuple[str, str, str]:
    errors: dict[str, list[str]] = {}
    if form not in LegalForm.values:
        errors["form"] = [_("Choose one of the list.")]
    needed = form in LegalForm.values and form != LegalForm.NONE
    told = {"name": "", "registration": ""}
    asked = (("name", name, _SHORTEST, NAME_LONGEST), ("registration", registration if needed else "", _SHORTEST * needed, REGISTRATION_LONGEST))
    for field, value, shortest, longest in asked:
        try:
            told[field] = masked(text.clean(value, field=field, max_length=longest, min_length=shortest))
        except Invalid as wrong:
            errors |= wrong.fields or {}
    if needed and "registration" in errors:
        errors["registration"] = [_("Write the number of the decree or deed under which the recipient is a legal entity.")]
    if errors:
        raise Invalid(errors)
    return told["name"], str(form), told["registration"]


def _same(newest: GrantRecipient, told: tuple[Any, ...]) -> bool:
    """Who holds an office by now checks with the same words what they said for the village before."""
    return (newest.said_by_id, newest.name, newest.form, newest.registration, newest.is_checked) == told


def _what_was_said(newest: GrantRecipient | None) -> str:
    if newest is None:
        return _("The statement that you have read is not there. Open the page again.")
    sentence = _("%(who)s named %(name)s meanwhile, on %(when)s. Look at it before you say otherwise.")
    return sentence % {"who": newest.said_by, "name": newest.name, "when": date_format(localtime(newest.said_at), "j F Y, H.i")}
