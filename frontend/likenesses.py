"""What pages show of proposals that look alike: beside a draft, on a proposal's page, in the lists of pairs."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.scope import Person, offices_of
from frontend.forms.judging import JudgementForm, form_about
from frontend.paging import Page, page_of
from proposals.models import Proposal, SimilarPair, Verdict
from proposals.models.similar_pair import SimilarPairQuerySet
from proposals.similar import alike
from proposals.similar import candidates as similar
from proposals.similar import words as similar_words
from proposals.similar.candidates import Candidate
from proposals.stages import Stage
from proposals.words import Channel

#: On a proposal's page: the rest is one link away.
_BESIDE = 6
#: Filters of the officials' list: key, words, and the question they ask.
KINDS = {
    "": _("all"),
    "pokir": _("village and council (pokir)"),
    "agency": _("village and agency plan"),
    "funded": _("one is funded, the other asks"),
    "year": _("in the same plan year"),
}
VERDICTS = {"": _("not judged yet"), "same": _("the same work"), "related": _("related"), "different": _("different works")}


@dataclass(frozen=True)
class Likeness:
    """One line about another proposal: why it looks alike and what was said about the two."""

    proposal: Proposal
    reasons: str
    is_strong: bool
    verdict: str = ""
    difference: str = ""
    said_by: str = ""
    must_answer: bool = False
    form: JudgementForm | None = None
    #: A council member's item beside a village's proposal at the same place, said as a sentence.
    same_place: str = ""

    @property
    def verdict_word(self) -> str:
        """The verdict for the screen."""
        return str(Verdict(self.verdict).label) if self.verdict else ""


@dataclass(frozen=True)
class Pair:
    """Two proposals of a list of pairs."""

    first: Proposal
    second: Proposal
    reasons: str
    is_strong: bool
    verdict: str
    difference: str

    @property
    def sides(self) -> list[tuple[str, Proposal]]:
        """Both with their letters."""
        return [("A", self.first), ("B", self.second)]

    @property
    def verdict_word(self) -> str:
        """The verdict for the screen."""
        return str(Verdict(self.verdict).label) if self.verdict else ""


def of_draft(proposal: Proposal, tried: JudgementForm | None = None) -> dict[str, Any]:
    """What looks like a draft, each with its form, and how many its writer still has to answer; four queries."""
    found = similar.candidates(similar.asked_of(proposal))
    return {"similar": [_beside(one, tried) for one in found], "unanswered": sum(one.is_unanswered for one in found)}


def _beside(candidate: Candidate, tried: JudgementForm | None) -> Likeness:
    assert candidate.proposal is not None, "candidates come with their rows"  # noqa: S101 - a broken promise must stop here
    said = candidate.judgement
    return Likeness(
        candidate.proposal,
        ", ".join(similar_words.reasons(candidate.facts, candidate.proposal)),
        candidate.is_strong,
        said.verdict if said else "",
        said.difference if said else "",
        str(said.by) if said else "",
        candidate.must_answer,
        form_about(candidate.key, said, "check", tried),
    )


def beside(proposal: Proposal) -> list[Likeness]:
    """Other proposals at the place of one that everybody sees; one query, none where the page knows that there are none."""
    if proposal.stage == Stage.DRAFT or not getattr(proposal, "has_likeness", True):
        return []
    pairs = SimilarPair.objects.standing().of(proposal.pk).with_verdict().with_rows()[:_BESIDE]
    return [_other_side(pair, proposal) for pair in pairs]


def _other_side(pair: Any, proposal: Proposal) -> Likeness:
    other = pair.second if pair.first_id == proposal.pk else pair.first
    reasons = ", ".join(similar_words.reasons(similar_words.facts_of(pair), other))
    said = _same_place(proposal, other, pair.verdict or "") if pair.distance_m is not None or pair.first_village == pair.second_village else ""
    return Likeness(other, reasons, pair.points >= alike.STRONG, pair.verdict or "", pair.difference or "", same_place=said)


def _same_place(proposal: Proposal, other: Proposal, verdict: str) -> str:
    """What everybody reads about pokir and village at one place and year, unless somebody judged them to be two works."""
    channels = {proposal.channel, other.channel}
    if channels != {Channel.COUNCIL, Channel.VILLAGE} or proposal.plan_year != other.plan_year or verdict not in ("", Verdict.SAME):
        return ""
    if verdict == Verdict.SAME:
        told = gettext("This pokir serves the same place as village proposal %(number)s.")
        asked = gettext("Pokir %(number)s serves the same place as this proposal.")
    else:
        told = gettext("This pokir may serve the same place as village proposal %(number)s; nobody has judged it yet.")
        asked = gettext("Pokir %(number)s may serve the same place as this proposal; nobody has judged it yet.")
    return (told if proposal.channel == Channel.COUNCIL else asked) % {"number": other.number}


def pairs_for(request: HttpRequest, user: Person) -> tuple[Page, str, str]:
    """A page of the pairs in the person's regions, worst first, with the filters that were asked for."""
    kind, verdict = _known(request.GET.get("kind", ""), KINDS), _known(request.GET.get("verdict", ""), VERDICTS)
    mine = sorted({office.region_code for office in offices_of(user)})
    pairs = _of_kind(SimilarPair.objects.standing().within_any(mine), kind)
    pairs = pairs.judged(verdict) if verdict else pairs.unjudged().with_verdict()
    return told(page_of(request, pairs.with_rows())), kind, verdict


def _known(value: str, words: dict[str, Any]) -> str:
    return value if value in words else ""


def _of_kind(pairs: SimilarPairQuerySet, kind: str) -> SimilarPairQuerySet:
    if kind in ("pokir", "agency"):
        return pairs.across_channels(Channel.COUNCIL if kind == "pokir" else Channel.AGENCY)
    if kind == "funded":
        return pairs.funded_and_asked()
    return pairs.same_year() if kind == "year" else pairs


def told(page: Page) -> Page:
    """The page with its pairs in words."""
    page.rows[:] = [_told(pair) for pair in page.rows]
    return page


def _told(pair: Any) -> Pair:
    reasons = ", ".join(similar_words.reasons(similar_words.facts_of(pair)))
    return Pair(pair.first, pair.second, reasons, pair.points >= alike.STRONG, pair.verdict or "", pair.difference or "")
