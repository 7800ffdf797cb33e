"""Payment files for tests, with figures of our own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from services.recording import Upload

REGION = "130730000"
TODAY = date(2026, 1, 31)

HEADING = (
    "支付凭证号",
    "行号",
    "预算年度",
    "单位代码",
    "单位名称",
    "项目代码",
    "项目名称",
    "资金性质",
    "支出经济分类",
    "实际支付金额(元)",
    "实际支付日期",
    "用途",
)


def voucher_row(number: int, *, line: int = 1, amount: str | None = None) -> tuple[str, ...]:
    """A row that follows from its number alone."""
    paid_on = date(2025, 1, 1) + timedelta(days=number % 365)
    return (
        f"P2025{number:08d}",
        str(line),
        "2025",
        f"3610{number % 40:02d}",
        f"第{number % 40}单位",
        f"13073025P{number % 900:05d}",
        f"项目{number % 900}",
        "一般公共预算资金",
        "50299",
        amount or f"{100 + number % 5000}.{number % 100:02d}",
        paid_on.isoformat(),
        "业务经费",
    )


def csv_of(rows: Iterable[Sequence[str]], heading: Sequence[str] = HEADING) -> bytes:
    """A CSV file in UTF-8."""
    return "\n".join(",".join(row) for row in [heading, *rows]).encode()


def big_csv(vouchers: int) -> bytes:
    """A file of that many vouchers of one line each."""
    return csv_of(map(voucher_row, range(vouchers)))


def upload(content: bytes, **changes: object) -> Upload:
    """The file as the desk would hand it in."""
    values = {"name": "支付.csv", "region": REGION, "fiscal_year": 2025} | changes
    return Upload(content=content, **values)  # type: ignore[arg-type]
