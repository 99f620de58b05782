"""Spreading news to whoever follows: a worker's work, in bounded statements."""

from typing import Any

from django.db import connection, transaction

from accounts import clock
from deliberation.models import News
from geo import codes

#: Followers that one statement tells; a worker that is stopped goes on behind the last of them.
SPREAD_AT_ONCE = 2000

_SPREAD = """
    WITH following AS (
        SELECT user_id FROM deliberation_follow WHERE proposal_id = %(proposal)s AND user_id > %(after)s
        UNION
        SELECT user_id FROM deliberation_follow WHERE region_id = ANY(%(regions)s) AND sector IN ('', %(sector)s) AND user_id > %(after)s
        ORDER BY user_id LIMIT %(limit)s
    ), told AS (
        INSERT INTO deliberation_notice (news_id, user_id, at)
        SELECT %(news)s, following.user_id, %(at)s FROM following
        JOIN accounts_user ON accounts_user.id = following.user_id AND accounts_user.is_active
        WHERE following.user_id IS DISTINCT FROM %(actor)s ORDER BY following.user_id
        ON CONFLICT (news_id, user_id) DO NOTHING
    )
    SELECT count(*), max(user_id) FROM following
"""


def spread_all() -> int:
    """Tell the followers of everything that waits, oldest first; how many pieces of news were finished here.

    Each step is one bounded statement in a transaction of its own, under the lock of its news: two workers share the work, and
    what a killed one had told stays told.
    """
    finished = 0
    while (done := _spread_some()) is not None:
        finished += done
    return finished


@transaction.atomic
def _spread_some() -> int | None:
    """One step for the oldest news that nobody is at: 1 where that finished it, 0 where more follow, None where nothing waits."""
    waiting = News.objects.select_for_update(skip_locked=True, of=("self",)).filter(to_followers=True, spread_at__isnull=True)
    news = waiting.order_by("pk").first()
    if news is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_SPREAD, _asked(news))
        count, last = cursor.fetchone()
    if count == SPREAD_AT_ONCE:
        News.objects.filter(pk=news.pk).update(spread_to=last)
        return 0
    News.objects.filter(pk=news.pk).update(spread_at=clock.now())
    return 1


def _asked(news: News) -> dict[str, Any]:
    return {
        "news": news.pk,
        "proposal": news.proposal_id,
        "regions": list(codes.lineage(news.region_id)) if news.region_id else [],
        "sector": news.sector,
        "after": news.spread_to,
        "actor": news.actor_id,
        "at": news.at,
        "limit": SPREAD_AT_ONCE,
    }
