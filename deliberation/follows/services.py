"""Following and ending it: each once, however often it is pressed."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, clock
from accounts.models import User
from accounts.refusals import Conflict, Invalid, Missing
from accounts.scope import Person
from deliberation.models import Follow
from deliberation.policy import signed_in
from geo.models import Region
from proposals import policy as register
from proposals.models import Proposal
from proposals.stages import Stage
from proposals.words import Sector

#: More than anybody reads; a machine that follows everything reads the open data instead.
FOLLOWS_A_PERSON = 500


@transaction.atomic
def follow(*, actor: Person, proposal_id: UUID | None = None, region_code: str = "", sector: str = "") -> Follow:
    """Hear of one proposal, or of everything in a region, or of one sector there. Pressing again changes nothing.

    Raises Missing for what is not there or not for this person's eyes, Invalid by field, Conflict above `FOLLOWS_A_PERSON`.
    """
    person = signed_in(actor)
    what = _proposal(person, proposal_id) if proposal_id else _region(region_code, sector)
    # the person's row puts two of their windows in line, so that the limit holds
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if (kept := Follow.objects.filter(user=person, **what).first()) is not None:
        return kept
    if Follow.objects.filter(user=person).count() >= FOLLOWS_A_PERSON:
        raise Conflict(_("You follow %(limit)d things already. End some of them first.") % {"limit": FOLLOWS_A_PERSON})
    new = Follow.objects.create(user=person, at=clock.now(), **what)
    _journal(new, "begin")
    return new


@transaction.atomic
def unfollow(*, actor: Person, follow_id: int) -> None:
    """End one. What is not there, or another person's, changes nothing."""
    kept = Follow.objects.select_for_update().filter(user=signed_in(actor), pk=follow_id).first()
    if kept is not None:
        _journal(kept, "end")
        kept.delete()


def _proposal(person: User, proposal_id: UUID) -> dict[str, object]:
    proposal = Proposal.objects.filter(pk=proposal_id).first()
    if proposal is None:
        raise Missing
    register.may_see(person, proposal).or_refuse()
    if proposal.stage == Stage.DRAFT:
        raise Conflict(_("This is still a draft. It can be followed when it is sent in."), code="draft")
    return {"proposal": proposal}


def _region(code: str, sector: str) -> dict[str, object]:
    region = Region.objects.light().filter(pk=code.replace("\0", "")).first()
    if region is None:
        raise Invalid({"region": [_("There is no region with this code.")]})
    if sector and sector not in Sector.values:
        raise Invalid({"sector": [_("Choose one of the sectors, or all.")]})
    return {"region": region, "sector": sector}


def _journal(one: Follow, verb: str) -> None:
    region = one.proposal.village_id if one.proposal else one.region_id
    subject = f"proposal:{one.proposal_id}" if one.proposal_id else f"region:{one.region_id}"
    audit.record(
        actor=one.user,
        action=f"deliberation.follow.{verb}",
        subject=subject,
        region_code=region or "",
        changes={"sector": one.sector} if one.sector else {},
    )
