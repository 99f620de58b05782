"""Where a citizen lives: claimed by the person, confirmed by the village, ended by either."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, clock, policy
from accounts.models import Residency, User
from accounts.refusals import Conflict, Invalid, Missing
from accounts.scope import Person
from accounts.text import clean
from geo.codes import Level, is_code
from geo.models import Region

OPEN = (Residency.Status.PENDING, Residency.Status.CONFIRMED)


@transaction.atomic
def request_residency(*, actor: Person, village_code: str, hint: str = "") -> Residency:
    """The actor's claim to live in a village; the same claim again is the same row.

    Raises Invalid for a village that is none, Conflict while another village's claim is open.
    """
    allowed = policy.may_request_residency(actor).or_refuse()
    hint = clean(hint, field="hint", max_length=120)
    village = _village(village_code)
    # The person's row orders her own claims; no_key lets everything that merely names her go on.
    person = User.objects.select_for_update(no_key=True).get(pk=actor.pk or 0)
    own = Residency.objects.filter(user=person, status__in=OPEN).select_related("village")
    before = own.defer("village__boundary", "village__outline").first()
    if before is not None:
        if before.village_id == village.pk:
            return before
        raise Conflict(_("You are entered in %(village)s. End that first if you moved.") % {"village": before.village.title})
    residency = Residency.objects.create(user=person, village=village, hint=hint, requested_at=clock.now())
    _journal(residency, actor, allowed.role, "request")
    return residency


@transaction.atomic
def decide_residency(*, residency_id: int, actor: Person, confirm: bool, reason: str = "") -> Residency:
    """Confirm or refuse a claim. A refusal says why; whoever comes second gets Conflict."""
    residency = _locked(residency_id)
    allowed = policy.may_decide_residency(actor, residency).or_refuse()
    reason = clean(reason, field="reason", max_length=300, min_length=0 if confirm else 10)
    residency.status = Residency.Status.CONFIRMED if confirm else Residency.Status.REFUSED
    _close(residency, actor, reason)
    _journal(residency, actor, allowed.role, "confirm" if confirm else "refuse", reason)
    return residency


@transaction.atomic
def end_residency(*, residency_id: int, actor: Person, reason: str = "") -> Residency:
    """The person moved away. The village says why; the person need not. Support given before stays what it was."""
    residency = _locked(residency_id)
    allowed = policy.may_end_residency(actor, residency).or_refuse()
    reason = clean(reason, field="reason", max_length=300, min_length=0 if residency.user_id == actor.pk else 10)
    residency.status = Residency.Status.ENDED
    _close(residency, actor, reason)
    _journal(residency, actor, allowed.role, "end", reason)
    return residency


def _village(code: str) -> Region:
    village = Region.objects.light().in_force().at(Level.VILLAGE).filter(pk=code).first() if is_code(code) else None
    if village is None:
        raise Invalid({"village": [_("Choose your village from the list.")]})
    return village


def _locked(residency_id: int) -> Residency:
    residency = Residency.objects.select_for_update(no_key=True).filter(pk=residency_id).first()
    if residency is None:
        raise Missing
    return residency


def _close(residency: Residency, actor: Person, reason: str) -> None:
    residency.decided_by_id, residency.decided_at, residency.reason = actor.pk, clock.now(), reason
    residency.save(update_fields=["status", "decided_by", "decided_at", "reason"])


def _journal(residency: Residency, actor: Person, role: str, verb: str, reason: str = "") -> None:
    audit.record(
        actor=actor,
        role=role,
        action=f"accounts.residency.{verb}",
        subject=f"residency:{residency.pk}",
        region_code=residency.village_id,
        changes={"user": residency.user_id, "status": residency.status},
        reason=reason,
    )
