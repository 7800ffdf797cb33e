"""The preview of 100,000 rows, as .csv and .xlsx: from the bytes to what they would do.

Beside it in the same run, what a program must do at the least that reads the same rows into
amounts and days, and neither guards itself against the file nor compares it with the record:
``openpyxl`` and ``python-calamine`` with a loop, and the standard library's ``csv``. Run alone as
``python -m ops.bench.preview_file``.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from statistics import median
from time import perf_counter

import openpyxl
import python_calamine
import xlsxwriter

from ops.bench.bars import Bar, cleared
from ops.bench.voucher_file import REGION, VOUCHERS, YEAR, voucher_file
from services.access.present import being
from services.access.within import within
from services.database.connect import Database
from services.importing_payments import preview_payments
from services.log.application import Log
from services.projections.projector import Projector
from services.readmodel.lookups import Lookups
from services.recording import Upload

SECONDS = 10.0
ROUNDS = 3
OF_OPENPYXL = 0.7
OF_CALAMINE = 0.1
OF_CSV = 0.015

TODAY = date(YEAR + 1, 1, 5)
AMOUNT, DAY = 2, 3

Read = tuple[Decimal, date]


def measure(database: Database) -> list[Bar]:
    """Let ours and its peers read the same rows in turn; answer the bars."""
    plain = voucher_file()
    book = as_workbook(plain)
    with (
        being(within("bench")),
        Log(database.web_url, clock=lambda: datetime.now(UTC)) as log,
        closing(Lookups(database.web_url)) as lookups,
    ):
        Projector(log, database.worker_url).prepare_if_alone(lambda _: None)
        field: dict[str, Callable[[], int]] = {
            "our preview of .csv": lambda: _preview(log, lookups, plain, "12月.csv"),
            "our preview of .xlsx": lambda: _preview(log, lookups, book, "12月.xlsx"),
            "csv and a loop": lambda: _loop(csv.reader(io.StringIO(plain.decode("gb18030")))),
            "calamine and a loop": lambda: _loop(_by_calamine(book)),
            "openpyxl and a loop": lambda: _loop(_by_openpyxl(book)),
        }
        seconds = {name: [_timed(work) for _ in range(ROUNDS)] for name, work in field.items()}
    for name, of_rounds in seconds.items():
        print(f"{name:<28}", *(f"{one:>7.2f}" for one in of_rounds), "  s")
    ours_csv, ours_xlsx, by_csv, by_calamine, by_openpyxl = map(median, seconds.values())
    return [
        Bar("10 s / preview of 100,000 rows, .csv", SECONDS / ours_csv, 1.0),
        Bar("10 s / preview of 100,000 rows, .xlsx", SECONDS / ours_xlsx, 1.0),
        Bar("openpyxl and a loop / our preview", by_openpyxl / ours_xlsx, OF_OPENPYXL),
        Bar("calamine and a loop / our preview", by_calamine / ours_xlsx, OF_CALAMINE),
        Bar("csv and a loop / our preview", by_csv / ours_csv, OF_CSV),
    ]


def as_workbook(plain: bytes) -> bytes:
    """The same rows as a workbook, amounts as numbers."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("支付明细")
    for number, line in enumerate(plain.decode("gb18030").split("\n")):
        for column, text in enumerate(line.split(",")):
            if number and column == AMOUNT:
                sheet.write_number(number, column, float(text))
            else:
                sheet.write_string(number, column, text)
    book.close()
    return out.getvalue()


def _preview(log: Log, lookups: Lookups, content: bytes, name: str) -> int:
    heard: list[str] = []

    def listen(said: str, _: int = 0, __: int = 0, /) -> None:
        heard.append(said)

    upload = Upload(content, name, REGION, YEAR)
    report = preview_payments(log, lookups, upload, today=TODAY, progress=listen)
    if len(heard) < 3 or report.refused:
        raise AssertionError((heard, report.refused))
    return report.stored


def _by_openpyxl(content: bytes) -> Iterator[Sequence[object]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for sheet in book.worksheets:
        yield from sheet.iter_rows(values_only=True)


def _by_calamine(content: bytes) -> Iterator[Sequence[object]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names:
        yield from book.get_sheet_by_name(name).to_python()


def _loop(rows: Iterable[Sequence[object]]) -> int:
    """Read an amount and a day of each row below the headings."""
    read: list[Read] = []
    for number, row in enumerate(rows):
        if number:
            read.append((Decimal(str(row[AMOUNT])), date.fromisoformat(str(row[DAY]))))
    return len(read)


def _timed(work: Callable[[], int]) -> float:
    started = perf_counter()
    found = work()
    if found != VOUCHERS:
        raise AssertionError(found)
    return perf_counter() - started


def main() -> int:
    """Measure alone; 1 if a bar is missed twice."""
    return 0 if cleared(measure) else 1


if __name__ == "__main__":
    sys.exit(main())
