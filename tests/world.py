"""A service on a fresh database, with a clock that tests can turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

from domain.importing import FileKey, Import, ImportKind
from domain.payment import Payment
from services.bootstrap import Services
from services.database.connect import Database
from services.evaluating import EvaluationReport, Evaluator
from services.log.application import Log
from services.log.meta import Meta
from services.projections.projector import Projector
from services.readmodel.lookups import Lookups
from services.readmodel.readmodel import ReadModel
from services.settings import Settings
from tests.declaring import REGION, YEAR

META = Meta("测试", None, "test")


@dataclass
class VirtualClock:
    """Answers the day it was set to, a second later each time."""

    now: datetime = datetime(2025, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def set(self, day: date) -> None:
        """Turn to the morning of a day."""
        self.now = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


@dataclass
class World:
    """What tests do to a service, in short words."""

    services: Services
    clock: VirtualClock
    imports: int = field(default=0)

    @property
    def log(self) -> Log:
        return self.services.log

    @property
    def read(self) -> ReadModel:
        return self.services.read_model

    @property
    def projector(self) -> Projector:
        return self.services.projector

    def save(self, *streams: Any) -> int:
        """Append what streams decided."""
        return self.log.save(*streams, meta=META).last_position

    def pay(self, *payments: Payment) -> None:
        """Append vouchers."""
        self.log.append_facts(payments, META, uuid4())

    def complete_to(self, day: date) -> None:
        """State the day payment data reach to."""
        self.imports += 1
        file = FileKey(REGION, YEAR, ImportKind.PAYMENTS, f"file {self.imports}")
        brought = Import(file, f"{self.imports}.csv", 0, 0, day)
        brought.complete()
        self.save(brought)

    def evaluate(self, as_of: date, year: int = YEAR) -> EvaluationReport:
        """Judge a day."""
        evaluator = Evaluator(self.log, self.projector, self.read, REGION)
        return evaluator.evaluate(year, as_of, today=date(2027, 1, 1), meta=META)

    def rows(self, table: str, schema: str = "read") -> list[tuple[Any, ...]]:
        """All rows of a read table, in a fixed order."""
        url = self.services.database.worker_url
        with psycopg.connect(url) as connection:
            found = connection.execute(
                psycopg.sql.SQL("SELECT * FROM {}.{}").format(
                    psycopg.sql.Identifier(schema), psycopg.sql.Identifier(table)
                )
            ).fetchall()
        return sorted(found, key=str)

    def tables(self) -> list[str]:
        """The names of the read tables."""
        with psycopg.connect(self.services.database.worker_url) as connection:
            found = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'read' ORDER BY 1"
            ).fetchall()
        return [row[0] for row in found]


@contextmanager
def world_on(database: Database) -> Iterator[World]:
    """A service on a database, with read tables made."""
    clock = VirtualClock()
    log = Log(database.web_url, clock=clock, pool_size=4)
    read_model = ReadModel(database.web_url, pool_size=4)
    lookups = Lookups(database.web_url)
    projector = Projector(log, database.worker_url)
    projector.prepare_if_alone(lambda _: None)
    settings = Settings(Path("/nowhere"), REGION)
    try:
        yield World(Services(settings, database, clock, log, projector, read_model, lookups), clock)
    finally:
        lookups.close()
        read_model.close()
        log.close()
