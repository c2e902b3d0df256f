"""The figures that Prometheus reads: counts and ages, drawn anew at each reading; no text, no person."""

import platform
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from bot.health._state import SILENT_SECONDS, Health
from bot.rules.deliveries import WAITING
from bot.services.deliveries import Standing
from bot.settings import version


def metrics(health: Health) -> tuple[str, bytes]:
    """Content type and text, in a registry of their own."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(health))
    return CONTENT_TYPE_PLAIN_0_0_4, generate_latest(registry)


class _Figures(Collector):
    def __init__(self, health: Health) -> None:
        self._health = health

    def collect(self) -> Iterator[Metric]:
        yield InfoMetricFamily("raportoi_build", "What runs here.", _build())
        ledger = self._health.ledger()
        yield GaugeMetricFamily("raportoi_database_up", "1: the database answers.", ledger is not None)
        yield GaugeMetricFamily("raportoi_database_writable", "1: what is stored stays.", self._health.is_writable())
        if ledger is not None:
            yield from _deliveries(ledger.standing, self._health.deps.now())
        yield from self._socket()
        yield self._clock()

    def _socket(self) -> Iterator[Metric]:
        if (silent := self._health.silent_seconds()) is not None:
            yield GaugeMetricFamily("raportoi_socket_up", "1: Slack is heard.", silent <= SILENT_SECONDS)
            yield GaugeMetricFamily("raportoi_socket_silent_seconds", "Since Slack was last heard.", silent)

    def _clock(self) -> Metric:
        last = GaugeMetricFamily("raportoi_knock_last_run_seconds", "Unix time of its last run.", labels=["knock"])
        for knock in self._health.knocks():
            last.add_metric([knock.name], knock.last.timestamp())
        return last


def _deliveries(standing: Sequence[Standing], now: datetime) -> Iterator[Metric]:
    """Counts of what the ledger holds (it forgets after months, so that they may fall), and the age of its queue."""
    labels = ["kind", "state"]
    counts = GaugeMetricFamily("raportoi_deliveries", "Messages in the ledger.", labels=labels)
    late = GaugeMetricFamily(
        "raportoi_deliveries_late", "Of them, those that should have gone long ago.", labels=labels
    )
    ages = [0.0]
    for (kind, state), some in groupby(standing, lambda one: (one.kind, one.state)):
        rows = list(some)
        counts.add_metric([kind, state], sum(one.count for one in rows))
        if state in WAITING:
            late.add_metric([kind, state], sum(one.late for one in rows))
            ages += [(now - one.oldest).total_seconds() for one in rows]
    yield from (counts, late)
    yield GaugeMetricFamily("raportoi_queue_age_seconds", "How long the first in the queue has been due.", max(ages))


def _build() -> dict[str, str]:
    return {"version": version(), "python": platform.python_version()}
