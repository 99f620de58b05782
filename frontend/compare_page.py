"""Two proposals beside each other: every field, what differs, where both lie, and what can be done."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.scope import Person
from frontend import figures
from frontend.close_up import close_up
from frontend.forms.judging import JudgementForm, form_about
from frontend.forms.moves import MoveForm
from proposals import money, policy
from proposals.models import Proposal, Resemblance
from proposals.services.judging import in_order
from proposals.similar import alike
from proposals.similar import candidates as similar
from proposals.similar import policy as similar_policy
from proposals.similar import words as similar_words
from proposals.stages import MOVES, Outcome, Realisation, Stage
from proposals.words import OUTCOME_WORDS, REALISATION_WORDS, STAGE_WORDS


@dataclass(frozen=True)
class Row:
    """One field of both."""

    name: str
    one: str
    other: str

    @property
    def differs(self) -> bool:
        """Whether the two say otherwise; told by a mark and a word, not by colour."""
        return " ".join(self.one.lower().split()) != " ".join(self.other.lower().split())


def context_of(request: HttpRequest, one: Proposal, other: Proposal, *, tried: JudgementForm | None = None) -> dict[str, Any]:
    """Everything on the page, in a constant number of queries; both were found to be visible to this person."""
    first, second = in_order(one, other)
    said = list(Resemblance.objects.filter(first=first, second=second).select_related("by").order_by("-turn"))
    facts = similar.compare(similar.asked_of(one), other)
    answer = similar_policy.may_judge(request.user, one, other, said[0] if said else None)
    return {
        "one": one,
        "other": other,
        "rows": [row for row in _rows(one, other) if row.one or row.other],
        "reasons": ", ".join(similar_words.reasons(facts)),
        "is_strong": alike.points(facts, radius_m=one.cycle.duplicate_radius_m) >= alike.STRONG,
        "drawing": close_up(one, other, facts.distance_m),
        "said": said,
        "answer": answer,
        "form": form_about(other.pk, said[0] if said else None, "compare", tried) if answer else tried,
        "merges": _merges(request.user, one, other) if request.user.is_authenticated else [],
    }


def _merges(user: Person, one: Proposal, other: Proposal) -> list[MoveForm]:
    """A form for joining one with the other, each way that this person may decide now."""
    law = MOVES["merge"]
    ways = [(proposal, target) for proposal, target in ((one, other), (other, one)) if target.number and policy.may_move(user, proposal, law)]
    return [
        MoveForm(
            law=law,
            proposal=proposal,
            initial={"move": law.name, "version": proposal.version, "target": target.number},
            auto_id=f"id_{proposal.pk}_%s",
        )
        for proposal, target in ways
    ]


def _rows(one: Proposal, other: Proposal) -> list[Row]:
    return [Row(name, *(_text(read, proposal) for proposal in (one, other))) for name, read in _fields()]


def _text(read: Any, proposal: Proposal) -> str:
    value = read(proposal)
    return "" if value is None else str(value)


def _fields() -> list[tuple[str, Any]]:
    """Each field's name, and how it is read for the screen."""
    return [
        (_("Village"), lambda proposal: proposal.village.title),
        (_("Plan year"), lambda proposal: proposal.plan_year),
        (_("Channel"), lambda proposal: capfirst(proposal.get_channel_display())),
        (_("Whose programme"), lambda proposal: proposal.sponsor),
        (_("Stage"), _where),
        (_("Place in words"), lambda proposal: proposal.locus),
        (_("The problem"), lambda proposal: proposal.problem),
        (_("What it is for"), lambda proposal: proposal.objective),
        (_("Sector"), lambda proposal: proposal.get_sector_display()),
        (_("In the list of works"), lambda proposal: proposal.dictionary_entry),
        (_("Volume"), lambda proposal: f"{figures.number(proposal.volume)} {proposal.unit}".strip() if proposal.volume else ""),
        (_("Amount"), lambda proposal: money.rupiah(proposal.amount) if proposal.amount else ""),
        (_("Funded"), lambda proposal: money.rupiah(proposal.funded_amount) if proposal.funded_amount else ""),
        (_("Agency"), lambda proposal: proposal.agency),
        (_("Proposed by"), lambda proposal: proposal.on_behalf_of or proposal.author),
        (_("Supports"), lambda proposal: "" if proposal.stage == Stage.DRAFT else figures.number(proposal.supports)),
    ]


def _where(proposal: Proposal) -> str:
    words = [str(STAGE_WORDS[Stage(proposal.stage)])]
    if proposal.stage != Stage.DRAFT:
        words.append(str(REALISATION_WORDS[Realisation(proposal.realisation)]) or str(OUTCOME_WORDS[Outcome(proposal.outcome)]))
    return " · ".join(words)
