"""Writing the answers of a run and telling them, inside the transaction that publishes it: all of them or none."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import translation

from accounts import clock
from accounts.models import User
from accounts.roles import Role
from accounts.scope import held_on
from budgeting.answers import wording
from budgeting.answers.facts import Answer, Piece, answers
from budgeting.answers.money import money_of
from budgeting.answers.reading import path_of
from budgeting.models import AllocationRun, VillageAnswer
from budgeting.overrides.reading import Decided
from budgeting.overrides.wording import decided_sentence
from deliberation.notices.telling import Told, tell
from geo.codes import Level
from geo.models import Region
from proposals.models import Proposal

#: Those who read it aloud: they are told by name, whoever else follows the village.
_READERS = (Role.FACILITATOR.value, Role.VILLAGE_HEAD.value)
_AT_ONCE = 500


def answer_all(run: AllocationRun, decided: Sequence[Decided], actor: User) -> list[VillageAnswer]:
    """One answer to every village of the ceiling's region and to every wider region that asked, in both languages, and their news.

    The caller holds the run's lock and has published it: `published_by` and `published_at` are set. A constant number of statements.
    """
    proposals = {key: (number, title, region) for key, number, title, region in _proposals(decided)}
    regions = _regions(run, {region for _number, _title, region in proposals.values()})
    # a ceiling of a run is read without its region where it was locked
    run.ceiling.region = regions[run.ceiling.region_id]
    pieces = [_piece(one, *proposals[one.line.proposal_id]) for one in decided]
    found = answers(pieces, [code for code, region in regions.items() if region.level == Level.VILLAGE.value])
    names = {code: region.title for code, region in regions.items()}
    said = _said(run, found, names, decided, {key: row[0] for key, row in proposals.items()})
    rows = [_row(run, answer, {language: words[answer.region] for language, words in said.items()}, actor) for answer in found]
    made = VillageAnswer.objects.bulk_create(rows, batch_size=_AT_ONCE)
    tell(_told(run, made, names, _readers(names), actor))
    return made


def _proposals(decided: Sequence[Decided]) -> Iterable[tuple[UUID, str, str, str]]:
    rows = Proposal.objects.filter(pk__in=[one.line.proposal_id for one in decided]).order_by("pk")
    return rows.values_list("pk", "number", "title", "village_id")  # type: ignore[return-value]


def _regions(run: AllocationRun, asking: set[str]) -> dict[str, Region]:
    """The villages of the ceiling's region in force, the regions that asked, and its own."""
    code = run.ceiling.region_id
    below = Q(level=Level.VILLAGE.value, valid_until__isnull=True) & (Q(pk=code) | Q(pk__startswith=f"{code}."))
    return {region.pk: region for region in Region.objects.light().filter(below | Q(pk__in=asking) | Q(pk=code)).order_by("pk")}


def _piece(one: Decided, number: str, title: str, region: str) -> Piece:
    return Piece(number, title, region, one.line.cost, one.amount, one.is_funded)


def _said(
    run: AllocationRun, found: Sequence[Answer], names: Mapping[str, str], decided: Sequence[Decided], numbers: Mapping[UUID, str]
) -> dict[str, dict[str, Any]]:
    """By language, then by region."""
    said, money = {}, money_of(run)
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            why = {numbers[one.line.proposal_id]: decided_sentence(one) for one in decided}
            alike = wording.decided(run, money)
            said[language] = {answer.region: wording.words_of(answer, run, names, why, alike) for answer in found}
    return said


def _row(run: AllocationRun, answer: Answer, words: dict[str, Any], actor: User) -> VillageAnswer:
    return VillageAnswer(
        run=run,
        region_id=answer.region,
        plan_year=run.ceiling.plan_year,
        asked=answer.asked,
        funded=len(answer.funded),
        amount=answer.amount,
        facts={"funded": [_fact(one) for one in answer.funded], "not_funded": [_fact(one) for one in answer.not_funded]},
        words=words,
        answered_by=actor,
        answered_at=run.published_at or clock.now(),
    )


def _fact(one: Piece) -> dict[str, Any]:
    return {"number": one.number, "title": one.title, "cost": one.cost, "amount": one.amount}


def _readers(names: Mapping[str, str]) -> dict[str, set[int]]:
    """Facilitators and heads in office today, by village. One query."""
    held = held_on(clock.today()).filter(role__in=_READERS, region__in=list(names))
    found: dict[str, set[int]] = {}
    for code, user_id in held.values_list("region_id", "user_id"):
        found.setdefault(code, set()).add(user_id)
    return found


def _told(run: AllocationRun, made: Sequence[VillageAnswer], names: Mapping[str, str], readers: Mapping[str, set[int]], actor: User) -> list[Told]:
    """Followers hear where something was decided; who reads it aloud hears in any case."""
    return [
        Told(
            kind="village_answer" if one.asked else "village_unasked",
            key=f"answer:{one.pk}",
            path=path_of(run.pk, one.region_id),
            facts={"village": names[one.region_id], "year": one.plan_year, "asked": one.asked, "funded": one.funded},
            actor=actor,
            region_code=one.region_id,
            to=frozenset(readers.get(one.region_id, set())),
            to_followers=bool(one.asked),
        )
        for one in made
    ]
