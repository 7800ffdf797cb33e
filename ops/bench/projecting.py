"""Projecting: our windows against the library's stock ``ProjectionRunner``.

Both read the same log and write the same rows of vouchers (their lines and entries); stock
takes a transaction an event, ours one a window of up to 10,000. The stock runner is given our
fast mapper and its codes from memory, so that only the way of writing differs.
Run alone as ``python -m ops.bench.projecting``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import singledispatchmethod
from statistics import median
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

import psycopg
from eventsourcing.application import Application
from eventsourcing.persistence import Mapper, Tracking
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.conninfo import conninfo_to_dict

from domain.declaration import Declaration
from domain.funds import FundLine, FundSource
from domain.payment import Payment, PaymentLine, VoucherKey, VoucherKind
from domain.target import Target
from ops.bench.bars import Bar, cleared
from services.database.connect import Database
from services.log.application import Log
from services.log.codec import EventMapper
from services.log.meta import Meta
from services.projections import tables
from services.projections.payment_book import Book
from services.projections.payment_line import Code, Line, Moment, owner_by_code, target_codes
from services.projections.projector import Projector

TARGETS = 200
EVENTS = 50_000
STOCK_EVENTS = 2_000
ROUNDS = 5
MIN_OVER_STOCK = 40.0

REGION, YEAR = "130730001", 2025
RECORDED_AT = datetime(2025, 7, 1, tzinfo=UTC)

_LINE = """
INSERT INTO read.payment_lines (voucher_id, line_key, position, recorded_at, region, fiscal_year,
    kind, voucher_no, amount, paid_on, vouchered_on, source_row, project_code, project_name,
    unit_code, unit_name, document_no, fund_nature, economic_class, payee_account, summary,
    standing, target_id, basis, rule, loose, shares)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s,
    %s, %s, %s, %s, %s)
"""
_ENTRY = """
INSERT INTO read.payment_entries (position, recorded_at, paid_on, amount, region, fiscal_year,
    standing, target_id, basis, rule, unit_code, kind, fund_nature, payee_account, voucher_id,
    line_key)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


def measure(database: Database) -> list[Bar]:
    """Print the rates of five rounds and answer the bar of the projector."""
    fill(database)
    ours, stock = [], []
    for _ in range(ROUNDS):
        ours.append(_rate(database, project_ours, EVENTS + TARGETS))
        stock.append(_rate(database, project_stock, STOCK_EVENTS + TARGETS))
    for name, rates in (("our projector", ours), ("stock runner", stock)):
        print(f"{name:<28}", *(f"{rate:>9,.0f}" for rate in rates), "  events/s", sep="")
    bar = Bar("our projector / stock runner", median(ours) / median(stock), MIN_OVER_STOCK)
    return [bar]


def fill(database: Database) -> None:
    """Make a log of targets and vouchers, and empty read tables."""
    with psycopg.connect(database.worker_url, autocommit=True) as connection:
        connection.execute("SET ROLE app_owner")
        connection.execute("TRUNCATE log.events, log.appends RESTART IDENTITY")
    meta = Meta("bench", None, "import")
    with Log(database.web_url, clock=lambda: RECORDED_AT) as log:
        log.append_facts((Target(_declaration(n)) for n in range(TARGETS)), meta, uuid4())
        log.append_facts((_voucher(n) for n in range(EVENTS)), meta, uuid4())
        Projector(log, database.worker_url).prepare_if_alone(lambda _: None)


def project_ours(database: Database) -> None:
    """Windows of all families, as the service runs them."""
    with Log(database.web_url, clock=lambda: RECORDED_AT) as log:
        projector = Projector(log, database.worker_url)
        with (
            tables.owner_connection(database.worker_url) as connection,
            projector.runner(connection) as runner,
        ):
            runner.run()


def project_stock(database: Database) -> None:
    """One transaction an event, as the library runs them."""
    parts = {name: str(value) for name, value in conninfo_to_dict(database.worker_url).items()}
    env = {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_SCHEMA": "bench",
        **{f"POSTGRES_{name.upper()}": parts[name] for name in ("dbname", "host", "port", "user")},
        "POSTGRES_PASSWORD": parts["password"],
    }
    with ProjectionRunner(
        application_class=StockLog, projection_class=StockRows, view_class=StockView, env=env
    ) as runner:
        runner.wait(TARGETS + STOCK_EVENTS, timeout=120)


class StockLog(Application[UUID]):
    """The library's application on our table, with our mapper."""

    name = "log"

    def construct_recorder(self) -> PostgresApplicationRecorder:
        """Read from our table of events."""
        self.factory.datastore.schema = "log"  # type: ignore[attr-defined]
        return PostgresApplicationRecorder(
            self.factory.datastore,  # type: ignore[attr-defined]
            events_table_name="events",
        )

    def construct_mapper(self) -> Mapper[UUID]:
        """Decode as fast as we do."""
        return EventMapper()


class StockView(PostgresTrackingRecorder):
    """Writes what our projection writes, an event at a time, with the position."""

    def write(self, book: Book, tracking: Tracking) -> None:
        """Rows and position in one transaction."""
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            for line in book.new_lines:
                cursor.execute(_LINE, _line_row(line), prepare=True)
                cursor.execute(_ENTRY, _entry_row(line), prepare=True)
            book.new_lines.clear()


class StockRows(Projection[StockView]):
    """Vouchers and the codes they are matched by."""

    name = "stock"

    def __init__(self, view: StockView) -> None:
        super().__init__(view)
        self._book = Book()

    @singledispatchmethod
    def process_event(self, domain_event: Any, tracking: Tracking) -> None:  # noqa: ANN401
        """Take one event."""
        moment = Moment(tracking.notification_id, RECORDED_AT)
        if isinstance(domain_event, Payment.Recorded):
            voucher_id = domain_event.originator_id
            self._book.record(voucher_id, domain_event.voucher, domain_event.lines, moment)
        elif isinstance(domain_event, Target.Declared):
            declared = domain_event.declaration
            found = target_codes(declared.project_code, declared.project_name, [])
            for kind, text, basis in found:
                code = Code(declared.region, declared.fiscal_year, kind, text)
                self._book.add_code(code, owner_by_code(domain_event.originator_id, basis), moment)
        self.view.write(self._book, tracking)


def _line_row(line: Line) -> tuple[object, ...]:
    voucher, fact = line.voucher, line.fact
    return (
        line.voucher_id, fact.line_key, line.moment.position, line.moment.recorded_at,
        voucher.region, voucher.budget_year, voucher.kind, voucher.voucher_no, fact.amount,
        fact.paid_on, fact.vouchered_on, fact.source_row, fact.project_code, fact.project_name,
        fact.unit_code, fact.unit_name, fact.document_no, fact.fund_nature, fact.economic_class,
        fact.payee_account, fact.summary, *_owner(line), line.owner.is_loose, None,
    )  # fmt: skip


def _entry_row(line: Line) -> tuple[object, ...]:
    voucher, fact = line.voucher, line.fact
    return (
        line.moment.position, line.moment.recorded_at, fact.paid_on, fact.amount,
        voucher.region, voucher.budget_year, *_owner(line), fact.unit_code, voucher.kind,
        fact.fund_nature, fact.payee_account, line.voucher_id, fact.line_key,
    )  # fmt: skip


def _owner(line: Line) -> tuple[object, ...]:
    owner = line.owner
    return owner.standing, owner.target_id, owner.basis, owner.rule


def _declaration(number: int) -> Declaration:
    day = date(YEAR, 1, 1)
    line = FundLine("1", FundSource.CURRENT_YEAR, Decimal(1_000_000), day)
    return Declaration(
        REGION, YEAR, f"项目{number}", "某单位", day, (line,), (), project_code=f"P{number:05}"
    )


def _voucher(number: int) -> Payment:
    key = VoucherKey(REGION, YEAR, VoucherKind.PAYMENT, f"{number:08}")
    code = f"P{number % TARGETS:05}"
    line = PaymentLine("1", Decimal("123.45"), date(YEAR, 3, 31), project_code=code)
    return Payment(key, (line,), None)


def _rate(database: Database, contender: Callable[[Database], None], events: int) -> float:
    _empty(database)
    started = perf_counter()
    contender(database)
    return events / (perf_counter() - started)


def _empty(database: Database) -> None:
    with psycopg.connect(database.worker_url, autocommit=True) as connection:
        connection.execute("SET ROLE app_owner")
        connection.execute("DROP SCHEMA IF EXISTS bench CASCADE")
        connection.execute("CREATE SCHEMA bench")
        connection.execute("TRUNCATE read.payment_lines, read.payment_entries, read.payment_codes")
        connection.execute(
            "TRUNCATE read.targets, read.target_versions, read.target_plans, read.fund_lines,"
            " read.history"
        )
        connection.execute("UPDATE read.tracking SET position = 0, halted_by = NULL")


@contextmanager
def as_owner(database: Database) -> Iterator[Database]:
    """Let every connection of the worker be the owner's, for the stock runner's sake."""
    with psycopg.connect(database.worker_url, autocommit=True) as connection:
        connection.execute("SET ROLE NONE")
        connection.execute("ALTER ROLE app_worker SET role = 'app_owner'")
    yield database


def measure_on(database: Database) -> list[Bar]:
    """Measure with the stock runner's rights prepared."""
    with as_owner(database) as prepared:
        return measure(prepared)


def main() -> int:
    """Measure alone; 1 if a bar is missed twice."""
    return 0 if cleared(measure_on) else 1


if __name__ == "__main__":
    sys.exit(main())
