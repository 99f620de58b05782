"""What the pages about routes and authorities show, each in a constant number of queries."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, QueryDict

from accounts import scope
from accounts.models import User
from accounts.refusals import Missing
from accounts.roles import Role
from accounts.scope import Person
from budgeting import routing
from budgeting.models import AuthorityRule, GrantRecipient, RouteDecision
from budgeting.models.ceiling import FundingSource
from budgeting.routes import lists, policy, words
from budgeting.routes.lookup import Routed, routed
from frontend import figures
from frontend.forms.provenance import AuthorityForm, RecipientForm, RouteForm
from frontend.paging import Page, page_of
from frontend.provenance.place import place_of
from geo.lookup import lineage_of
from proposals.models import Cycle, DictionaryEntry, Proposal

_LISTED = ("route", "funding_source", "chosen")


def listed(request: HttpRequest) -> dict[str, Any]:
    """A page of proposals with their routes."""
    place = place_of(request, with_lines=False)
    asked = {name: request.GET[name] for name in _LISTED if request.GET.get(name)} | place.query
    page = page_of(request, lists.routes(QueryDict(urlencode(asked))), filled=True)
    page.rows[:] = [(row, routed(row)) for row in page.rows]
    return {
        "place": place,
        "page": page,
        "asked": asked,
        "codes": words.SHORT,
        "sources": FundingSource.choices,
        "query": urlencode(asked),
        "is_filtered": bool(set(asked) - {"region", "plan_year"}),
    }


def route_page(user: Person, proposal: Proposal, *, form: RouteForm | None = None, recipient: RecipientForm | None = None) -> dict[str, Any]:
    """One proposal's route: the table's answer, what it rests on, every decision about it, and the form of who may choose another."""
    found, decisions = routed(proposal), list(RouteDecision.objects.filter(proposal=proposal).select_related("signed_by").order_by("-turn"))
    may = policy.may_choose(user, proposal)
    return _grant(user, proposal, found, recipient) | {
        "proposal": proposal,
        "lineage": lineage_of(proposal.village),
        "route": found,
        "decisions": [(one, words.short(one.suggested)) for one in decisions],
        "may": may,
        "form": form or (RouteForm(initial=_suggested(found, decisions)) if may else None),
        "law": [(row.code, words.short(row.code), words.REASONS[row.code], row.code == found.route.code) for row in routing.LAW],
    }


def _grant(user: Person, proposal: Proposal, found: Routed, form: RecipientForm | None) -> dict[str, Any]:
    """Who receives the grant, newest first, and the form of who may say it; nothing where the proposal asks for no grant."""
    if not found.route.needs_legal_entity:
        return {"is_grant": False}
    said = list(GrantRecipient.objects.filter(proposal=proposal).select_related("said_by").order_by("-turn"))
    known = {name: getattr(said[0], name) for name in ("name", "form", "registration")} if said else {}
    may = policy.may_name_recipient(user, proposal)
    started = {**known, "seen": said[0].turn if said else 0}
    return {"is_grant": True, "recipients": said, "recipient_form": form or (RecipientForm(initial=started, auto_id="penerima_%s") if may else None)}


def _suggested(found: Routed, decisions: list[Any]) -> dict[str, Any]:
    way = found.chosen_way or found.route.way.value
    return {"target": way, "funding_source": found.source, "seen": decisions[0].turn if decisions else 0}


@dataclass(frozen=True)
class Shelf:
    """A plan year's authorities as its planner keeps them. `cycle` None: the person plans for no year."""

    cycle: Cycle | None
    cycles: list[Cycle] = field(default_factory=list)
    #: Each rule with the name of its work.
    page: Page = field(default_factory=lambda: Page([]))
    #: Rules that nobody of the kabupaten has confirmed.
    unverified: int = 0
    #: Works of the dictionary about which nobody has said anything.
    silent: int = 0


def shelf_of(request: HttpRequest, user: User, chosen: str) -> Shelf:
    """A page of the chosen plan year of a kabupaten the person plans for, or of the newest that has begun; five queries."""
    regions = scope.regions_of(user, Role.PLANNER)
    cycles = list(Cycle.objects.filter(region__in=regions).select_related("region").defer("region__boundary", "region__outline").begun_first())
    cycle = next((one for one in cycles if str(one.pk) == chosen), cycles[0] if cycles else None)
    if cycle is None:
        return Shelf(None)
    rules, works = AuthorityRule.objects.filter(cycle=cycle), DictionaryEntry.objects.filter(cycle=cycle)
    counted = rules.aggregate(all=Count("pk"), unverified=Count("pk", filter=Q(verified_at__isnull=True)))
    page = page_of(request, rules.select_related("verified_by").order_by("sector", "work_code", "id"), total=counted["all"])
    names = dict(works.filter(code__in=[rule.work_code for rule in page.rows if rule.work_code]).values_list("code", "name"))
    page.rows[:] = [(rule, names.get(rule.work_code, "")) for rule in page.rows]
    own, of_sector = rules.filter(work_code=OuterRef("code")), rules.filter(work_code="", sector=OuterRef("sector"))
    return Shelf(cycle, cycles, page, counted["unverified"], works.exclude(Exists(own)).exclude(Exists(of_sector)).count())


def own_cycle(user: User, key: Any) -> Cycle:
    """A plan year that the person plans for, by its key; 404 for every other."""
    cycle = (
        Cycle.objects.filter(pk=key).select_related("region").first() if str(key).isascii() and str(key).isdigit() and len(str(key)) < 18 else None
    )
    if cycle is None:
        raise Missing
    policy.may_set_authority(user, cycle.region_id).or_refuse()
    return cycle


def form_for(shelf: Shelf, changing: str) -> AuthorityForm:
    """An empty form, or the one that changes a rule."""
    rule = AuthorityRule.objects.filter(cycle=shelf.cycle, pk=figures.whole(changing) or 0).first() if shelf.cycle and changing else None
    if rule is None:
        return AuthorityForm()
    names = ("sector", "work_code", "authority", "on_menu", "legal_basis", "version")
    return AuthorityForm(initial={name: getattr(rule, name) for name in names})
