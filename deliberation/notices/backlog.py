"""How far telling is behind, for whoever watches: the outbox's alarm."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from accounts import clock
from deliberation.models import Letter, News
from deliberation.notices import letters


@dataclass(frozen=True)
class Backlog:
    """Seconds since the oldest of each happened (0: none waits): news for followers, news whose letter is overdue, letters on their way."""

    news_seconds: float
    unwritten_seconds: float
    letter_seconds: float
    #: How many by what became of them; sent ones are not counted.
    letters: dict[str, int]


def backlog() -> Backlog:
    """Four small questions. A retried letter counts from when it was written: a post office that is away must be seen."""
    now = clock.now()

    def age(moment: datetime | None) -> float:
        return max((now - moment).total_seconds(), 0.0) if moment else 0.0

    counts = Letter.objects.exclude(status=Letter.Status.SENT).order_by().values("status").annotate(number=Count("pk"), first=Min("made_at"))
    by_status = {row["status"]: row for row in counts}
    news = News.objects.filter(to_followers=True, spread_at__isnull=True).aggregate(first=Min("at"))["first"]
    unwritten = letters.overdue().aggregate(oldest=Min("first"))["oldest"]
    moving = [row["first"] for status, row in by_status.items() if status in (Letter.Status.DUE, Letter.Status.SENDING)]
    return Backlog(
        news_seconds=age(news),
        unwritten_seconds=age(unwritten),
        letter_seconds=age(min(moving, default=None)),
        letters={status: row["number"] for status, row in by_status.items()},
    )
