"""What a proposal's page shows, in a constant number of queries."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import User
from accounts.refusals import Denied, Refusal
from accounts.scope import Person, remember_claim
from budgeting.models.ceiling import FundingSource
from budgeting.origins import origin_of
from budgeting.routes.lookup import routed, with_route
from deliberation import policy as talking
from deliberation.records.reading import with_items
from frontend import likenesses
from frontend.discussion import comments_of
from frontend.drawings import Drawing, neighbours_of, place_map
from frontend.facts import Facts, facts_of
from frontend.family import family_of, with_family
from frontend.forms.moves import MoveForm
from frontend.papers import photos_of
from frontend.served import served_by
from frontend.standing import standing_of
from geo.models import Region
from proposals import history, policy
from proposals.carried import carried, unpack
from proposals.measured import measured_of
from proposals.models import LiveRoom, NotApplicable, Proposal, Requirement, SimilarPair, StageWindow

_PROVINCE = "village__parent__parent__parent"
#: Geometries that the page does not draw; the village's outline it does.
_HEAVY = (
    "village__boundary",
    *(
        f"{path}__{field}"
        for path in ("village__parent", "village__parent__parent", _PROVINCE, "located_village")
        for field in ("boundary", "outline")
    ),
)


def load(address: str, user: Person) -> Proposal:
    """The proposal of a number, or of a UUID for drafts; 404 where it is not, or is not for this person's eyes."""
    told = LiveRoom.objects.filter(pk=OuterRef("pk")).values("seq")[:1]
    rows = Proposal.objects.for_cards().select_related("cycle", "dictionary_entry", "located_village", "merged_into", "funded_work", _PROVINCE)
    one = with_route(with_family(rows.filter(**_key(address)))).annotate(told=Subquery(told), **_along()).prefetch_related("attachments")
    proposal: Any = one.defer(None).defer(*_HEAVY).first()
    if proposal is None:
        raise Http404(_("There is no proposal with this number."))
    unpack(proposal.cycle, "windows", StageWindow, proposal.its_windows)
    unpack(proposal.cycle, "requirements", Requirement, proposal.its_requirements)
    unpack(proposal, "not_applicable", NotApplicable, proposal.its_answers)
    policy.may_see(user, proposal).or_refuse()
    found: Proposal = proposal
    return found


def _along() -> dict[str, Any]:
    """What comes along in the same query: the year's stages and requirements, what has no paper and why, whether anything looks alike."""
    return {
        "its_windows": carried(StageWindow.objects.filter(cycle=OuterRef("cycle")).order_by("position")),
        "its_requirements": carried(Requirement.objects.filter(cycle=OuterRef("cycle")).order_by("pk")),
        "has_likeness": Exists(SimilarPair.objects.filter(first=OuterRef("pk"))) | Exists(SimilarPair.objects.filter(second=OuterRef("pk"))),
        "its_answers": carried(NotApplicable.objects.filter(proposal=OuterRef("pk")).order_by("document")),
    }


def _key(address: str) -> dict[str, Any]:
    try:
        return {"pk": UUID(address)}
    except ValueError:
        return {"number": address.replace("\0", "")}


def context_of(
    request: HttpRequest,
    proposal: Proposal,
    *,
    refusal: Refusal | None = None,
    move_form: MoveForm | None = None,
    written: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Everything on the page. `refusal`, `move_form` and `written` bring back what was typed and refused."""
    user: Person = request.user
    remember_claim(user)
    history.read_steps(proposal, with_items(history.told_steps()))
    facts = facts_of(user, proposal)
    rungs, milestones = history.ladder(proposal), history.road(proposal)
    photos = photos_of(user, proposal)
    return {
        "proposal": proposal,
        "lineage": _lineage(proposal.village),
        "drawing": drawing_of(proposal, with_photo=bool(photos)),
        "photos": photos,
        "measured": measured_of(proposal),
        "money_route": routed(proposal),
        "origin": origin_of(proposal),
        "served": served_by(proposal),
        "source": dict(FundingSource.choices).get(proposal.funding_source, ""),
        "milestones": milestones,
        "standing": standing_of(proposal, milestones),
        "rungs": rungs if len(rungs) > 1 else [],
        "moves": _moves(user, proposal, move_form),
        "may_edit": bool(policy.may_edit(user, proposal)) if user.is_authenticated else False,
        "refusal": refusal,
        "written": written or {},
        "likenesses": likenesses.beside(proposal),
        "seq": getattr(proposal, "told", None) or 0,
        **family_of(request, proposal),
        **_support(user, proposal, facts),
        **comments_of(request, proposal, facts),
        **facts.frame(),
    }


def _lineage(region: Region) -> list[Region]:
    """The province down to the region, as they were loaded with the proposal."""
    above = _lineage(region.parent) if region.parent else []
    return [*above, region]


def drawing_of(proposal: Proposal, *, with_photo: bool) -> Drawing | None:
    """The village with the proposal's place, one query for its neighbours; beside a photo it is as high as one."""
    village = proposal.village
    pins = [(proposal.location, proposal.stage)] if proposal.location else []
    shapes = [proposal.shape] if proposal.shape else []
    return place_map(village, neighbours_of(village), pins=pins, drawn=shapes, tallest=450 if with_photo else 300)


def _moves(user: Person, proposal: Proposal, tried: MoveForm | None) -> list[MoveForm]:
    """A form a possible move; the one that was refused comes back as it was typed, even when it is no longer possible."""
    laws = policy.possible_moves(user, proposal) if user.is_authenticated else []
    forms = [tried if tried and tried.law == law else MoveForm(law=law, proposal=proposal) for law in laws]
    return [tried, *forms] if tried and tried.law not in laws else forms


def _support(user: Person, proposal: Proposal, facts: Facts) -> dict[str, Any]:
    answer = talking.may_withdraw(user, proposal) if facts.supported else talking.may_support(user, proposal)
    ends = proposal.cycle.support_closes_at
    return {
        "supported": facts.supported,
        "may_support": answer,
        "support_ends": ends,
        "support_ended": ends is not None and ends <= clock.now(),
        "takes_support": talking.takes_support(proposal),
        "says_no_home": isinstance(user, User)
        and isinstance(answer, Denied)
        and answer.code == "not_a_resident"
        and not talking.open_residency(user),
    }
