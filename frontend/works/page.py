"""One work's page: its line, its road, its progress, its photos, what the village says. A constant number of queries."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import Q, QuerySet

from accounts import clock
from accounts.refusals import Refusal
from accounts.scope import Person
from budgeting.models import Confirmation, DisputeAnswer, FundedWork, Progress, WorkPhoto
from budgeting.words import PhotoMoment, Witness
from budgeting.works import policy, reading, rows
from frontend.context import home_or_code
from frontend.drawings import Drawing, neighbours_of, place_map
from frontend.works.cards import Card
from frontend.works.drawing import Chart, chart_of, pin_of
from geo.lookup import lineage_and
from proposals.models import Attachment, Recommendation

#: So much stands on the page itself; pages of their own have all.
REPORTS_SHOWN, WORDS_SHOWN, ANSWERS_SHOWN = 10, 10, 5
#: The drawing tells the newest so many.
_DRAWN = 120


@dataclass(frozen=True)
class Photos:
    """Photos of one moment; those of the proposal stand before all."""

    words: str
    shown: list[Any]


def work_view(user: Person, work_id: UUID, *, refusal: Refusal | None = None, written: dict[str, Any] | None = None) -> dict[str, Any]:
    """Everything on the page. `refusal` and `written`: what was refused, and what had been typed."""
    work = rows.loaded(work_id, drawn=True)
    lineage, home = lineage_and(work.region, settings.HOME_REGION)
    reports, words, answers = list(reports_of(work)[:_DRAWN]), words_of(work, user), answers_of(work)
    standing, former = (list(words.filter(superseded_at__isnull=is_standing)[: WORDS_SHOWN + 1]) for is_standing in (True, False))
    photos = photos_of(work)
    card = Card(work, reading.counted([work])[work.pk])
    return {
        "card": card,
        "work": work,
        "lineage": lineage,
        # the page's frame names it too, and would ask again
        "home": home_or_code(home),
        "drawing": _drawing(work),
        "reports": reports[:REPORTS_SHOWN],
        "more_reports": len(reports) > REPORTS_SHOWN,
        "latest": reports[0] if reports else None,
        "chart": chart(work, reports),
        "words_in_force": standing[:WORDS_SHOWN],
        "words_before": former[:WORDS_SHOWN],
        "more_words": len(standing) > WORDS_SHOWN or len(former) > WORDS_SHOWN,
        "own_word": words.filter(superseded_at__isnull=True, person_id=user.pk).first() if user.is_authenticated else None,
        "answers": list(answers[:ANSWERS_SHOWN]),
        "photos": photos,
        "steps": _steps(work),
        "may_say": bool(policy.may_say(user, work)) if user.is_authenticated else False,
        "may_report": bool(policy.may_report(user, work)) if user.is_authenticated else False,
        "may_answer": bool(policy.may_answer(user, work)) if user.is_authenticated else False,
        "may_keep": bool(policy.may_keep(user, work.region_id, work.agency_id, work.funding_source)) if user.is_authenticated else False,
        "today": clock.today(),
        "key": uuid4(),
        "refusal": refusal,
        "written": written or {},
    }


def reports_of(work: FundedWork) -> QuerySet[Progress]:
    """Every report, the newest day first."""
    return work.progress.select_related("reported_by").order_by("-as_of", "-reported_at", "-id")


def answers_of(work: FundedWork) -> QuerySet[DisputeAnswer]:
    """What was answered, the newest first."""
    return work.answers.select_related("by").order_by("-at", "-id")


def words_of(work: FundedWork, user: Person) -> QuerySet[Confirmation]:
    """What is shown of the village's words: a bare yes that is in force is only counted, unless it is the reader's own."""
    bare = Q(verdict=Witness.CONFIRM, reason="", superseded_at__isnull=True) & ~Q(person_id=user.pk or 0)
    return work.confirmations.exclude(bare).select_related("person").order_by("-at", "-id")


def chart(work: FundedWork, reports: list[Progress]) -> Chart | None:
    """The drawing of the reports, from two of them on."""
    return chart_of(work, reports) if len(reports) > 1 else None


def photos_of(work: FundedWork) -> list[Photos]:
    """Before, during, after; two queries."""
    taken: dict[str, list[Any]] = {moment.value: [] for moment in PhotoMoment}
    if work.proposal_id is not None:
        asked = Attachment.objects.filter(proposal=work.proposal_id, kind=Attachment.Kind.PHOTO, is_closed=False)
        taken[PhotoMoment.BEFORE.value] += list(asked.order_by("added_at", "pk")[:6])
    for photo in WorkPhoto.objects.filter(work=work).order_by("added_at", "pk"):
        taken[photo.moment].append(photo)
    return [Photos(str(PhotoMoment(moment).label), shown) for moment, shown in taken.items()]


def _steps(work: FundedWork) -> list[Recommendation]:
    """The road of its proposal: each step once, oldest first."""
    if work.proposal_id is None:
        return []
    return list(Recommendation.objects.filter(proposal=work.proposal_id).order_by("version", "pk"))


def _drawing(work: FundedWork) -> Drawing | None:
    """The place in its region; one query for the neighbours."""
    pins = [(work.location, pin_of(work))] if work.location else []
    return place_map(work.region, neighbours_of(work.region), pins=pins, tallest=360)
