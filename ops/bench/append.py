"""Bulk append: ours against the library's stock ``save()`` and against bare ``COPY``.

All three write the same prepared rows into the same table, emptied in between. Ours takes
the lock, looks up which ids are known, keeps a command id and commits every 5,000 rows;
``COPY`` commits likewise; stock saves batches of 500, as it hangs on long ones (facts §1).
Rounds go in turn and the medians count, because figures drift within minutes.
Run alone as ``python -m ops.bench.append``.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from statistics import median
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

import psycopg
from eventsourcing.application import Application
from eventsourcing.persistence import InfrastructureFactory, Mapper, StoredEvent
from eventsourcing.postgres import (
    PostgresApplicationRecorder,
    PostgresDatastore,
    PostgresFactory,
)
from eventsourcing.utils import Environment
from psycopg import Connection
from psycopg.conninfo import conninfo_to_dict

from domain.payment import Payment, PaymentLine, VoucherKey, VoucherKind
from ops.bench.bars import Bar, cleared
from services.database.connect import Database
from services.log.appending import MAX_EVENTS, Command
from services.log.codec import EventMapper, prepared_meta
from services.log.datastore import LogDatastore
from services.log.meta import Meta
from services.log.recorder import LogRecorder, utc_now

ROWS = 50_000
ROUNDS = 5
STOCK_BATCH = 500
MIN_OVER_STOCK = 4.0
MIN_OF_COPY = 0.4

Rows = list[StoredEvent]
Contender = Callable[[Rows], None]

_COPY = (
    "COPY log.events (originator_id, originator_version, topic, state) FROM STDIN (FORMAT BINARY)"
)


def measure(database: Database) -> list[Bar]:
    """Print the rates of five rounds and answer the two bars of the append."""
    with contenders(database) as field:
        rates = rates_of(field, database)
    for name, of_rounds in rates.items():
        print(f"{name:<28}", *(f"{rate:>9,.0f}" for rate in of_rounds), "  events/s", sep="")
    ours, stock, copy = (median(rates[name]) for name in ("ours", "stock", "COPY"))
    return [
        Bar("our append / stock save() of 500", ours / stock, MIN_OVER_STOCK),
        Bar("our append / bare COPY", ours / copy, MIN_OF_COPY),
    ]


def rates_of(contenders: dict[str, Contender], database: Database) -> dict[str, list[float]]:
    """Let the contenders write the same rows in turn; events a second of each round."""
    rates: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(ROUNDS):
        rows = prepared_rows(number)
        for name in turned(list(contenders), number):
            rates[name].append(ROWS / _seconds(contenders[name], rows, database))
    return rates


@contextmanager
def contenders(database: Database) -> Iterator[dict[str, Contender]]:
    """Who writes, each on connections that are open already."""
    with (
        LogDatastore(database.web_url) as datastore,
        Stock(database.worker_url) as stock,
        psycopg.connect(database.web_url, autocommit=True) as bare,
    ):
        recorder = LogRecorder(datastore)
        yield {
            "ours": lambda rows: append_ours(recorder, rows),
            "stock": lambda rows: append_stock(stock, rows),
            "COPY": lambda rows: append_bare(bare, rows),
        }


def append_ours(recorder: LogRecorder, rows: Rows) -> None:
    """Append as an import does: new streams, chunk by chunk, each under a command id."""
    for chunk in cut(rows, MAX_EVENTS):
        done = recorder.append_new(
            [[row] for row in chunk], recorded_at=utc_now(), command=Command(uuid4(), b"bench")
        )
        if done.known or done.appended.repeated:
            raise AssertionError(done)


def append_stock(stock: Stock, rows: Rows) -> None:
    """Save as the library does."""
    for chunk in cut(rows, STOCK_BATCH):
        stock.save(*chunk)  # type: ignore[arg-type]  # rows stand for events, see _Through


def append_bare(connection: Connection, rows: Rows) -> None:
    """Copy and commit, nothing else."""
    for chunk in cut(rows, MAX_EVENTS):
        with connection.transaction(), connection.cursor().copy(_COPY) as copy:
            copy.set_types(["uuid", "int8", "text", "bytea"])
            for row in chunk:
                copy.write_row((row.originator_id, row.originator_version, row.topic, row.state))


class Stock(Application[UUID]):
    """The library's application with its own recorder, at its best: it encodes nothing."""

    def __init__(self, conninfo: str) -> None:
        self._datastore = _OwnersDatastore(conninfo)
        super().__init__()

    def construct_factory(self, env: Environment) -> Any:  # noqa: ANN401  # as the library has it
        """Give it a factory on its own kind of datastore."""
        return _Factory(env, self._datastore)

    def construct_mapper(self) -> Mapper[UUID]:
        """Give it a mapper that hands prepared rows through."""
        return _Through()

    def construct_recorder(self) -> PostgresApplicationRecorder:
        """Give it the stock recorder, on the table all three write."""
        return PostgresApplicationRecorder(self._datastore, events_table_name="events")


class _OwnersDatastore(PostgresDatastore):
    """The stock recorder locks the table, which only its owner may."""

    def __init__(self, conninfo: str) -> None:
        parts = {name: str(value) for name, value in conninfo_to_dict(conninfo).items()}
        names = ("dbname", "host", "port", "user", "password")
        super().__init__(*(parts[name] for name in names), schema="log")

    def after_connect_func(self) -> Callable[[Connection[Any]], None]:
        prepare = super().after_connect_func()

        def become_owner(connection: Connection[Any]) -> None:
            prepare(connection)
            connection.execute("SET ROLE app_owner")

        return become_owner


class _Factory(PostgresFactory):
    def __init__(self, env: Environment, datastore: PostgresDatastore) -> None:
        InfrastructureFactory.__init__(self, env)
        self.datastore = datastore


class _Through(Mapper[UUID]):
    def __init__(self) -> None:
        super().__init__(transcoder=None)  # type: ignore[arg-type]  # never asked

    def to_stored_event(self, domain_event: Any) -> StoredEvent:  # noqa: ANN401  # a row
        stored: StoredEvent = domain_event
        return stored


def prepared_rows(number: int) -> Rows:
    """Vouchers of one line, encoded; others in each round."""
    mapper, meta = EventMapper(), prepared_meta(Meta("bench", uuid4(), "import"))
    return [
        mapper.encode(event, meta)
        for index in range(ROWS)
        for event in _voucher(f"{number}-{index:06}").collect_events()
    ]


def _voucher(voucher_no: str) -> Payment:
    key = VoucherKey("130730001", 2025, VoucherKind.PAYMENT, voucher_no)
    line = PaymentLine("1", Decimal("123.45"), date(2025, 3, 31), project_code="13073025P00001")
    return Payment(key, (line,), None)


def turned(names: list[str], number: int) -> list[str]:
    """Another one begins each round."""
    start = number % len(names)
    return names[start:] + names[:start]


def cut(rows: Rows, size: int) -> Iterator[Rows]:
    """Cut into batches."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _seconds(contender: Contender, rows: Rows, database: Database) -> float:
    _empty(database)
    gc.collect()
    started = perf_counter()
    contender(rows)
    return perf_counter() - started


def _empty(database: Database) -> None:
    with psycopg.connect(database.worker_url, autocommit=True) as connection:
        connection.execute("SET ROLE app_owner")
        connection.execute("TRUNCATE log.events, log.appends")


def main() -> int:
    """Measure alone; 1 if a bar is missed twice."""
    return 0 if cleared(measure) else 1


if __name__ == "__main__":
    sys.exit(main())
