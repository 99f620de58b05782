"""A draft of a ceiling that was set by mistake is withdrawn: the row goes, the journal keeps what stood in it.

Only what nobody but its team has ever read can go. A ceiling that was published once stays, and is set to what it should be.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.refusals import Conflict
from accounts.scope import Person
from budgeting.ceilings import policy, tree
from budgeting.models import Ceiling, Formula

_KEPT = ("amount", "reserve", "legal_basis", "parent_id", "agency_id", "version")


@transaction.atomic
def withdraw_ceiling(*, actor: Person, ceiling_id: int, version: int) -> Ceiling:
    """Take away a draft that was read at `version`, with the formula that is in preparation under it; the row as it was.

    Raises Refusal (401, 403, 404) and Conflict: it was published once, parts stand below it, somebody changed or withdrew it.
    """
    # the whole row, as its key goes: a part that is being set below it, or a run, is waited for
    found = Ceiling.objects.select_for_update(of=("self",)).select_related("parent").filter(pk=ceiling_id).first()
    if found is None:
        raise tree.gone(ceiling_id)
    # whoever publishes the formula at this moment is waited for: the question below then finds it published
    drafts = list(Formula.objects.select_for_update().filter(ceiling=found, published_at__isnull=True).values_list("pk", flat=True))
    allowed = policy.may_withdraw_ceiling(actor, found).or_refuse()
    if found.version != version:
        raise Conflict(_("Someone changed this ceiling meanwhile. See what changed before you save."), code="version")
    changes = {name: [value, None] for name in _KEPT if (value := getattr(found, name)) is not None}
    place = {"plan_year": found.plan_year, "funding_source": found.funding_source, "formulas": len(drafts)}
    Formula.objects.filter(pk__in=drafts).delete()
    Ceiling.objects.filter(pk=ceiling_id).delete()
    audit.record(
        actor=actor,
        role=allowed.role,
        action=tree.WITHDRAWN,
        subject=f"ceiling:{ceiling_id}",
        region_code=found.region_id,
        changes={**place, **changes},
    )
    return found
