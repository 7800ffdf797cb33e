"""项目支出绩效自评表 (domain §2.7) as a workbook, from plain values.

Nothing is computed here but sums of fund rows and the printed rate, which divides by the
column beside it (rules §8).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from openpyxl.styles import Alignment, Font

from domain.funds import FundSource
from domain.money import TEN_THOUSAND
from domain.scoring.execution import FundRow, FundTotal, execution_rate, total_of
from domain.scoring.policy import Rating
from domain.scoring.result import Outcome, RowScore
from services.sheets import cells
from services.sheets.page import Columns, Page

TITLE = "项目支出绩效自评表"
SYNTHETIC = "演示数据（虚构）"
NOT_CLOSED = "未定稿"
NOT_ENTERED = "未录入"
OPEN = "未定"
NONE = "—"

_WIDTHS = (8.0, 11.0, 17.0, 28.0, 17.0, 17.0, 8.5, 10.0, 40.0)
_FUND_HEADINGS = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
_INDICATOR_HEADINGS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
)
_FUND_LABELS = {
    FundSource.CURRENT_YEAR: "其中：本年财政拨款",
    FundSource.CARRY_OVER: "　　　上年结转资金",
    FundSource.OTHER: "　　　其他资金",
}

_TOTAL_HEIGHT, _SIGNATURE_HEIGHT = 30.0, 28.0
_SIGNATURES: tuple[tuple[tuple[str, Columns], ...], ...] = (
    (("单位（盖章）：", (1, 5)), ("项目负责人（签字）：", (6, 9))),
    (
        ("填报人：", (1, 3)),
        ("联系电话：", (4, 4)),
        ("填报日期：　　　年　　月　　日", (5, 7)),
        ("审核人：", (8, 9)),
    ),
)
"""The last lines of the form, to be filled by hand, with the columns they span."""


@dataclass(frozen=True, slots=True)
class ScoreCells:
    """分值 and 得分 of one line; ``score`` None: still open."""

    weight: Decimal
    score: Decimal | None


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator row as printed; ``working`` is shown below the unit's own ``reason``."""

    indicator_class: str
    category: str
    name: str
    target: str
    actual: str | None
    points: ScoreCells
    reason: str | None = None
    working: str | None = None
    applicable: bool = True

    @property
    def remarks(self) -> str:
        """The last column: the unit's reason, then how the score came about."""
        how = f"计分：{self.working}" if self.working else None
        return "\n".join(part for part in (self.reason, how) if part)


def working_to_print(row: RowScore) -> str | None:
    """Give the working where it explains a deviation: not for a plain row that is met."""
    return None if row.outcome is Outcome.MET and not row.flags else row.working


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the figures stand on; printed at the foot of every page.

    ``complete_to`` is the day the payment data reach to, ``closing`` the name of the monthly
    closing used (None prints 未定稿), ``position`` the log position that was known.
    """

    as_of: date
    position: int
    complete_to: date | None = None
    closing: str | None = None
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class SelfEvaluationSheet:
    """All that the sheet prints; amounts in yuan, shown in ``money_unit`` (万元 or 元).

    ``rating`` None: not every row has a score; ``total`` is then what is settled, of
    ``settled_full`` points. ``notes`` are findings printed below the table.
    """

    fiscal_year: int
    project_name: str
    supervising_department: str | None
    implementing_unit: str
    funds: tuple[FundRow, ...]
    execution: ScoreCells
    expected: str | None
    achieved: str | None
    indicators: tuple[IndicatorLine, ...]
    total: Decimal
    settled_full: Decimal
    rating: Rating | None
    provenance: Provenance
    money_unit: str = "万元"
    notes: tuple[str, ...] = ()


def write_self_evaluation(sheet: SelfEvaluationSheet, file: Path | BinaryIO) -> None:
    """Write the sheet as an .xlsx workbook that prints as the official form."""
    page = Page(TITLE, _WIDTHS)
    _title(page, sheet)
    top = page.row
    for block in (_head, _funds, _objective, _indicators):
        block(page, sheet)
    notes = [f"注：{note}" for note in (*sheet.notes, provenance_text(sheet.provenance))]
    if page.left < _tail_height(page, notes):
        page.break_here()
    _total(page, sheet)
    page.box(top)
    for note in notes:
        page.line(note, font=cells.SMALL, alignment=cells.LEFT)
    _signatures(page)
    page.footer(provenance_text(sheet.provenance))
    page.save(file)


def _tail_height(page: Page, notes: Sequence[str]) -> float:
    """Measure what stands below the last indicator; it is kept on one page."""
    width = page.width((1, page.last_column))
    lines = sum(cells.height_for(note, width, cells.SMALL) for note in notes)
    return _TOTAL_HEIGHT + lines + _SIGNATURE_HEIGHT * len(_SIGNATURES)


def _title(page: Page, sheet: SelfEvaluationSheet) -> None:
    page.line(TITLE, font=cells.TITLE, height=30)
    marks = [f"（{sheet.fiscal_year}年度）"]
    marks += [SYNTHETIC] if sheet.provenance.synthetic else []
    marks += [] if sheet.provenance.closing else [NOT_CLOSED]
    page.line("　".join(marks), height=18)


def _head(page: Page, sheet: SelfEvaluationSheet) -> None:
    page.put("项目名称", (1, 2), font=cells.BOLD)
    page.side_by_side(((sheet.project_name, (3, page.last_column)),))
    page.put("主管部门", (1, 2), font=cells.BOLD)
    page.put("实施单位", (5, 5), font=cells.BOLD)
    page.side_by_side(
        ((sheet.supervising_department, (3, 4)), (sheet.implementing_unit, (6, page.last_column)))
    )


def _funds(page: Page, sheet: SelfEvaluationSheet) -> None:
    top = page.row
    page.put(None, (2, 3))
    for column, heading in enumerate(_FUND_HEADINGS, start=4):
        page.put(heading, (column, column), font=cells.BOLD)
    page.end()
    unit = TEN_THOUSAND if sheet.money_unit == "万元" else Decimal(1)
    _fund_row(page, "年度资金总额：", _in_unit(sheet.funds, unit), sheet.execution)
    for source, label in _FUND_LABELS.items():
        rows = [fund for fund in sheet.funds if fund.source is source]
        _fund_row(page, label, _in_unit(rows, unit), None)
    page.down(f"项目\n资金\n（{sheet.money_unit}）", 1, top, font=cells.BOLD)


def _in_unit(funds: Sequence[FundRow], unit: Decimal) -> FundTotal:
    total = total_of(funds)
    executed = None if total.executed is None else total.executed / unit
    return FundTotal(total.original / unit, total.adjusted / unit, executed)


def _fund_row(page: Page, label: str, fund: FundTotal, points: ScoreCells | None) -> None:
    page.put(label, (2, 3), alignment=cells.LEFT)
    for column, amount in enumerate((fund.original, fund.adjusted, fund.executed), start=4):
        page.number(column, amount, cells.MONEY, NOT_ENTERED)
    page.number(7, points.weight if points else None, cells.WEIGHT, NONE)
    page.number(8, execution_rate(fund.adjusted, fund.executed), cells.RATE, NONE)
    page.number(9, points.score if points else None, cells.SCORE, OPEN if points else NONE)
    page.end()


def _objective(page: Page, sheet: SelfEvaluationSheet) -> None:
    top = page.row
    left, right = (2, 5), (6, page.last_column)
    page.put("预期目标", left, font=cells.BOLD)
    page.put("实际完成情况", right, font=cells.BOLD)
    page.end()
    page.side_by_side(((sheet.expected, left), (sheet.achieved, right)))
    page.down("年度\n总体\n目标", 1, top, font=cells.BOLD)


def _indicators(page: Page, sheet: SelfEvaluationSheet) -> None:
    first = _height(page, sheet.indicators[0]) if sheet.indicators else 0
    if page.left < cells.LEAST_HEIGHT + first:
        page.break_here()
    heading = page.row
    for column, text in enumerate(_INDICATOR_HEADINGS, start=2):
        page.put(text, (column, column), font=cells.BOLD)
    page.end()
    page.repeat(heading)
    heights = [_height(page, line) for line in sheet.indicators]
    pages = [sheet.indicators[part] for part in page.parted(heights)]
    if len(pages) == 1:
        _block(page, pages[0], heading)
        return
    page.put(None, (1, 1))
    for index, lines in enumerate(pages):
        if index:
            page.break_here()
        _block(page, lines, page.row)


def _block(page: Page, lines: Sequence[IndicatorLine], top: int) -> None:
    """Write the rows of one page, with the labels of their classes."""
    for indicator_class, rows in groupby(lines, lambda line: line.indicator_class):
        _class(page, indicator_class, list(rows))
    page.down("绩效\n指标", 1, top, font=cells.BOLD)


def _class(page: Page, indicator_class: str, lines: Sequence[IndicatorLine]) -> None:
    top = page.row
    for category, rows in groupby(lines, lambda line: line.category):
        first = page.row
        for line in rows:
            _indicator(page, line)
        page.down(category, 3, first)
    page.down(indicator_class, 2, top)


def _columns(line: IndicatorLine) -> tuple[tuple[str | None, int, Font, Alignment], ...]:
    return (
        (line.name, 4, cells.BODY, cells.LEFT),
        (line.target, 5, cells.BODY, cells.CENTRE),
        (line.actual, 6, cells.BODY, cells.CENTRE),
        (line.remarks, 9, cells.SMALL, cells.LEFT),
    )


def _height(page: Page, line: IndicatorLine) -> float:
    columns = _columns(line)
    return max(cells.height_for(text, page.width((at, at)), font) for text, at, font, _ in columns)


def _indicator(page: Page, line: IndicatorLine) -> None:
    for text, column, font, alignment in _columns(line):
        page.put(text, (column, column), font=font, alignment=alignment)
    page.number(7, line.points.weight if line.applicable else None, cells.WEIGHT, NONE)
    page.number(8, line.points.score, cells.SCORE, OPEN if line.applicable else NONE)
    page.end(_height(page, line))


def _total(page: Page, sheet: SelfEvaluationSheet) -> None:
    page.put("总分", (1, 6), font=cells.BOLD)
    page.number(7, sheet.settled_full, cells.WEIGHT, NONE)
    page.number(8, sheet.total, cells.SCORE, NONE)
    if sheet.rating:
        page.put(f"等级：{sheet.rating}", (9, 9), font=cells.BOLD)
    else:
        said = f"已定{sheet.total}分／已定满分{sheet.settled_full}分，尚有未定项，不评等级"
        page.put(said, (9, 9), font=cells.SMALL)
    page.end(_TOTAL_HEIGHT)


def _signatures(page: Page) -> None:
    for fields in _SIGNATURES:
        for text, columns in fields:
            page.put(text, columns, alignment=cells.LEFT)
        page.end(_SIGNATURE_HEIGHT)


def provenance_text(of: Provenance) -> str:
    """Say in one line what the figures stand on."""
    parts = [f"数据截至{_day(of.as_of)}"]
    parts += [f"支付数据截至{_day(of.complete_to)}"] if of.complete_to else []
    parts += [of.closing or NOT_CLOSED, f"记录位置{of.position}"]
    parts += [SYNTHETIC] if of.synthetic else []
    return "　".join(parts)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
