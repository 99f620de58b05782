"""What /metrics measures beside requests: how far telling people is behind (docs/talk.md)."""

import logging
from collections.abc import Iterator

from django.db import DatabaseError, connection
from prometheus_client import REGISTRY
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from deliberation.models import Letter
from deliberation.notices.backlog import backlog

logger = logging.getLogger(__name__)


class TellingBacklog(Collector):
    """Asked of the database at each visit, so that every process answers the same."""

    def describe(self) -> list[Metric]:
        """Nothing beforehand: registering must not ask the database."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The gauges; none while the database does not answer, which its own alarm tells."""
        try:
            now = backlog()
        except DatabaseError:
            logger.warning("The backlog of news could not be measured.", exc_info=True)
            connection.close()
            return
        yield GaugeMetricFamily("musrenbang_news_unspread_seconds", "Age of the oldest news that followers wait for.", now.news_seconds)
        yield GaugeMetricFamily("musrenbang_news_unwritten_seconds", "Age of the oldest news whose letter is overdue.", now.unwritten_seconds)
        yield GaugeMetricFamily("musrenbang_letters_waiting_seconds", "Age of the oldest letter that is due or being sent.", now.letter_seconds)
        letters = GaugeMetricFamily("musrenbang_letters", "Letters that are not sent, by what became of them.", labels=["status"])
        for status in Letter.Status.values:
            if status != Letter.Status.SENT:
                letters.add_metric([status], now.letters.get(status, 0))
        yield letters


def register() -> None:
    """Once a process."""
    REGISTRY.register(TellingBacklog())
