"""The wording of the forms for a plan year, and who has held it against the law of the place."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, clock, text
from accounts.refusals import Invalid
from accounts.scope import Person
from deliberation.models import Clause
from deliberation.policy import signed_in
from deliberation.records import forms, policy
from deliberation.records.texts import CLAUSE_LONGEST
from proposals.models import Cycle

_BASIS_LONGEST = 300


@transaction.atomic
def word(*, cycle_id: int, actor: Person, meeting_kind: str, place: str, words: str, legal_basis: str = "", is_verified: bool = False) -> Clause:
    """Word one clause of a form; verified only with what it rests on. Papers that are issued keep what they say.

    Raises Refusal (401, 403), Invalid by field.
    """
    cycle = Cycle.objects.select_for_update(of=("self",), no_key=True).get(pk=cycle_id)
    writer = signed_in(actor)
    allowed = policy.may_word(writer, cycle).or_refuse()
    if place not in {clause.place for clause in forms.CLAUSES.get(meeting_kind, ())}:
        raise Invalid({"place": [_("Choose one of the list.")]})
    written = text.clean(words, field="text", max_length=CLAUSE_LONGEST, min_length=10, lines=True)
    basis = text.clean(legal_basis, field="legal_basis", max_length=_BASIS_LONGEST)
    if is_verified and not basis:
        raise Invalid({"legal_basis": [_("Name the regulation against which you have checked it.")]})
    now = clock.now()
    values = {"text": written, "legal_basis": basis, "verified_by": writer if is_verified else None, "verified_at": now if is_verified else None}
    made, _new = Clause.objects.update_or_create(
        cycle=cycle, meeting_kind=meeting_kind, place=place, defaults={**values, "changed_by": writer, "changed_at": now}
    )
    audit.record(
        actor=writer,
        role=allowed.role,
        action="deliberation.clause.word",
        subject=f"cycle:{cycle.pk}",
        region_code=cycle.region_id,
        changes={"form": meeting_kind, "place": place, "text": written, "legal_basis": basis, "verified": is_verified},
    )
    return made
