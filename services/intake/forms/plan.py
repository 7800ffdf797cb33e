"""The spending plan of a form (资金支出计划): months in one row, shares below or beside."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.target_value import fold
from services.intake.forms.declaration import Finding, PlanPoint, Severity, is_cumulative
from services.intake.forms.labels import checkpoint_month
from services.intake.readers.grid import Cell, Row

_SHARE = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,4})?)%?")
_DAY = re.compile(r"月([0-9]{1,2})日")


@dataclass(frozen=True, slots=True)
class PrintedPoint:
    """A month of the plan with its share as printed; without a ``day`` its end is meant."""

    month: int
    day: int | None
    share: str | None

    @property
    def text(self) -> str:
        """The point as people say it: 3月底 25%."""
        day = "底" if self.day is None else f"{self.day}日"
        return f"{self.month}月{day} {self.share or '空'}"

    def on(self, year: int) -> date | None:
        """The day of a year; None where its calendar has no such day."""
        last = monthrange(year, self.month)[1]
        day = last if self.day is None else self.day
        return date(year, self.month, day) if 1 <= day <= last else None


@dataclass(frozen=True, slots=True)
class PrintedPlan:
    """Months with their shares as printed; ``where`` is the place of the label."""

    points: tuple[PrintedPoint, ...]
    where: str


def find_plan(label: Cell, row: Row, following: Row | None) -> PrintedPlan:
    """Gather the months of the label's row and their shares, beside or in the row below."""
    months = [(cell, month) for cell in row.filled if (month := checkpoint_month(cell.text))]
    below = _below([cell for cell, _ in months], following)
    points = [
        PrintedPoint(month, _day(cell), _beside(cell, row) or below.get(cell.column))
        for cell, month in months
    ]
    return PrintedPlan(tuple(points), label.where)


def _day(month: Cell) -> int | None:
    found = _DAY.search(fold(month.text))
    return int(found[1]) if found else None


def is_share(text: str) -> bool:
    """Say whether a cell is a share of the plan: 25%, 25."""
    return bool(_SHARE.fullmatch(fold(text)))


def _beside(cell: Cell, row: Row) -> str | None:
    """Take the cell to the right of a month where that is a share, not the next month."""
    right = row.at(cell.column + cell.columns)
    return right.text if right and is_share(right.text) else None


def _below(months: list[Cell], following: Row | None) -> dict[int, str]:
    """Match the row below by column, or by order where it is as long but shifted."""
    if following is None:
        return {}
    aligned = {
        cell.column: under.text
        for cell in months
        if (under := following.at(cell.column)) and under.text
    }
    shifted = len(aligned) < len(months) == len(following.filled)
    if shifted:
        pairs = zip(months, following.filled, strict=True)
        return {cell.column: under.text for cell, under in pairs}
    return aligned


def read_plan(
    printed: PrintedPlan, year: int | None
) -> tuple[tuple[PlanPoint, ...] | None, list[Finding]]:
    """Date the plan and read its shares; None with a finding where that is not possible."""
    shares = [_share(point.share) for point in printed.points]
    if shares and not any(point.share for point in printed.points):
        message = "资金支出计划没有填写，按默认进度执行。"
        return None, [_finding("plan.blank", printed, message, Severity.WARNING)]
    if not shares or any(share is None for share in shares):
        return None, [_finding("plan.unreadable", printed, "资金支出计划有空缺或不是百分数。")]
    if year is None:
        return None, [_finding("plan.no_year", printed, "没有年度，资金支出计划无法确定日期。")]
    days = [point.on(year) for point in printed.points]
    points = tuple(
        PlanPoint(day, share)
        for day, share in zip(days, shares, strict=True)
        if day is not None and share is not None
    )
    if len(points) < len(days):
        return None, [_finding("plan.unreadable", printed, "资金支出计划有日历上没有的日期。")]
    if is_cumulative(points):
        return points, []
    message = "资金支出计划须逐期累计、最后一期为100%；按默认进度执行，原文保留。"
    return points, [_finding("plan.not_cumulative", printed, message)]


def _finding(
    rule: str, printed: PrintedPlan, message: str, severity: Severity = Severity.ERROR
) -> Finding:
    said = "、".join(point.text for point in printed.points)
    return Finding(rule, severity, printed.where, f"{message}（{said}）")


def _share(text: str | None) -> Decimal | None:
    """Read a share of the plan: its column is in percent, printed with or without the sign."""
    found = _SHARE.fullmatch(fold(text or ""))
    return Decimal(found.group(1)) / 100 if found else None
