"""A treasury file of 100,000 vouchers: from the bytes of a CSV to the totals on the screen.

Run alone as ``python -m ops.bench.voucher_file``.
"""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from time import perf_counter, sleep

from domain.declaration import Declaration
from domain.funds import FundLine, FundSource
from domain.target import Target
from ops.bench.bars import Bar, cleared
from services.access.present import being
from services.access.within import within
from services.database.connect import Database
from services.importing_payments import import_payments
from services.log.application import Log
from services.log.meta import Meta
from services.projections.projector import Projector
from services.projections.supervisor import Supervisor
from services.readmodel.lookups import Lookups
from services.readmodel.readmodel import ReadModel
from services.recording import Upload

VOUCHERS = 100_000
TARGETS = 200
SECONDS = 20.0

REGION, YEAR = "130730001", 2025
YEAR_END = date(YEAR, 12, 31)
META = Meta("bench", None, "import")
HEADINGS = "支付凭证号,预算年度,实际支付金额,实际支付日期,项目编码,单位编码,资金性质,用途"


def measure(database: Database) -> list[Bar]:
    """Import the file while a supervisor projects, as in the service; answer the bar."""
    upload = Upload(voucher_file(), "12月.csv", REGION, YEAR, complete_to=YEAR_END)
    with (
        being(within("bench")),
        Log(database.web_url, clock=lambda: datetime.now(UTC)) as log,
        closing(ReadModel(database.web_url)) as read_model,
        closing(Lookups(database.web_url)) as lookups,
    ):
        log.save(*(Target(_declaration(number)) for number in range(TARGETS)), meta=META)
        projector = Projector(log, database.worker_url)
        projector.catch_up()
        supervisor = Supervisor(projector, log.channel)
        supervisor.start()
        started = perf_counter()
        report = import_payments(log, lookups, upload, meta=META, today=date(YEAR + 1, 1, 5))
        stored = perf_counter() - started
        while read_model.position() < (report.position or 0):
            sleep(0.02)
        judged = read_model.judged_year(read_model.moment(YEAR, YEAR_END))
        seconds = perf_counter() - started
        supervisor.stop()
    total = sum((one.standing.money.executed for one in judged.targets), Decimal(0))
    print(f"{report.stored:,} vouchers stored in {stored:.1f} s, on the totals in {seconds:.1f} s")
    if report.stored != VOUCHERS or total != _expected():
        raise AssertionError((report.stored, total, _expected()))
    return [Bar("20 s / 100,000 vouchers on the totals", SECONDS / seconds, 1.0)]


def voucher_file() -> bytes:
    """A file as a treasury sends it, in GB18030."""
    lines = [HEADINGS, *(_line(number) for number in range(VOUCHERS))]
    return "\n".join(lines).encode("gb18030")


def _line(number: int) -> str:
    day = f"{YEAR}-{1 + number % 12:02d}-{1 + number % 28:02d}"
    code = f"P{number % TARGETS:05}"
    return (
        f"ZF{number:08d},{YEAR},{_amount(number)},{day},{code},450001,一般公共预算资金,"
        f"支付第{number % 37}项费用"
    )


def _amount(number: int) -> Decimal:
    return Decimal(number % 9973 + 100) / 100


def _expected() -> Decimal:
    return sum((_amount(number) for number in range(VOUCHERS)), Decimal(0))


def _declaration(number: int) -> Declaration:
    day = date(YEAR, 1, 1)
    line = FundLine("1", FundSource.CURRENT_YEAR, Decimal(1_000_000), day)
    return Declaration(
        REGION, YEAR, f"项目{number}", "某单位", day, (line,), (), project_code=f"P{number:05}"
    )


def main() -> int:
    """Measure alone; 1 if a bar is missed twice."""
    return 0 if cleared(measure) else 1


if __name__ == "__main__":
    sys.exit(main())
