"""What a Prometheus server asks for; one registry an application."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import psycopg
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from psycopg_pool import PoolTimeout

from domain.errors import MonitoringError
from services.readmodel.operations import Operations

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """Counts requests, and looks at log, read tables and alerts when asked."""

    def __init__(self, operations: Operations) -> None:
        self.registry = CollectorRegistry()
        self.registry.register(_StateOfThings(operations))
        self._requests = Histogram(
            "jixiao_http_request_duration_seconds",
            "HTTP requests by method, route and status",
            ("method", "route", "status"),
            buckets=BUCKETS,
            registry=self.registry,
        )

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        self._requests.labels(method, route, str(status)).observe(seconds)

    def text(self) -> bytes:
        """Everything, in Prometheus's text format."""
        return generate_latest(self.registry)


class _StateOfThings(Collector):
    """Reads what is true now; a database that is away leaves only ``jixiao_database_up 0``."""

    def __init__(self, operations: Operations) -> None:
        self._operations = operations

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Nothing: names are found by collecting, which needs the database."""
        return ()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Ask log and read tables."""
        try:
            found = list(self._found())
        except (psycopg.Error, PoolTimeout, MonitoringError):
            found = []
        up = GaugeMetricFamily("jixiao_database_up", "Whether the database answers")
        up.add_metric((), float(bool(found)))
        yield up
        yield from found

    def _found(self) -> Iterator[GaugeMetricFamily]:
        state = self._operations.state()
        yield _gauge("jixiao_log_position", "Position of the last event", state.log_position)
        yield _gauge("jixiao_projection_lag_events", "Events not read yet", state.behind)
        yield _gauge(
            "jixiao_projection_halted", "Families of read tables standing still", len(state.halted)
        )
        yield _gauge("jixiao_parked_events", "Events a family could not take", state.parked)
        alerts = GaugeMetricFamily(
            "jixiao_alerts", "Alerts by state and severity", labels=("state", "severity")
        )
        for one in self._operations.alerts():
            alerts.add_metric((one.state, one.severity), one.count)
        yield alerts


def _gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, value=value)
