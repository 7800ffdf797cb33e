"""A declaration on a template: every text, number and label in its box."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.declaration import Declaration
from domain.indicator import Indicator
from services.sheets.declaration_form.filled import Filled, cell_text
from services.sheets.declaration_form.paper import Box, Imprint, Line, Look, Paper, Row, Table
from services.sheets.declaration_form.template import (
    LEVELS,
    MONEY,
    PLAN,
    PROSE,
    SIGNATURES,
    Column,
    Field,
    HeadLine,
    Item,
    Label,
    Template,
    Value,
)

SYNTHETIC = "演示数据（虚构）"
NO_AMOUNT = "—"

_PORTRAIT, _LANDSCAPE = 697.0, 1026.0
"""Pixels between the margins of A4; a column takes seven a digit, and five."""
_JOINED_CODE = re.compile(r"[0-9]{3,21}")
_JOINED_NAME = re.compile(r"(?![年月日元万人次])[\u4e00-\u9fff].*")
"""A code and a name that read as two where they stand together: 450001怀来县医疗保障局."""
_FROM_LEFT = frozenset({Field.NAME, Field.DESCRIPTION, Field.SCORING, Field.BASIS})


def lay_out(declared: Declaration, template: Template, imprint: Imprint) -> Paper:
    """Fill a template from a declaration."""
    filled = Filled(declared)
    table = lay_out_table(declared.indicators, template, declared.fiscal_year)
    joined = _unit_line(filled) if template.unit_line else None
    head = _Head(filled, len(table.widths)).lines(_head_lines(template, filled, joined))
    return Paper(
        name=declared.project_name,
        title=template.title,
        subtitles=(f"（{declared.fiscal_year}年度）", *((SYNTHETIC,) if imprint.synthetic else ())),
        above=joined or (("", f"单位：{filled.money_unit}") if template.unit_line else None),
        head=head,
        table=table,
        signatures=signatures(len(table.widths), "项目负责人"),
        imprint=imprint,
    )


def lay_out_table(indicators: Sequence[Indicator], template: Template, year: int) -> Table:
    """Set indicators on a template's grid, with the columns that they have something for."""
    added = _added(indicators, template, year)
    grid = (*template.grid, *(column.width for column in added))
    columns = (*(c for c in template.columns if not c.added), *added)
    return Table(
        widths=_fitted(grid, _LANDSCAPE if added else _PORTRAIT),
        landscape=bool(added),
        heading=_heading(template, columns),
        rows=tuple(_row(row, columns, template, year) for row in indicators),
        side=template.side,
    )


def signatures(columns: int, head: str) -> tuple[Line, ...]:
    """Set the lines to sign over so many columns; ``head`` is who answers for the form."""
    lines = ([text.format(head=head) for text in texts] for texts in SIGNATURES)
    return tuple(_signature(texts, columns) for texts in lines)


def _added(indicators: Sequence[Indicator], template: Template, year: int) -> tuple[Column, ...]:
    """The columns that the official form has not, and some indicator has something for."""
    return tuple(
        column
        for column in template.columns
        if column.added and any(_says(row, column, year) for row in indicators)
    )


def _says(row: Indicator, column: Column, year: int) -> bool:
    if column.field is Field.WEIGHT:
        return row.weight is not None
    return bool(cell_text(row, column.field, year, only_needed=True))


def _unit_line(filled: Filled) -> tuple[str, str] | None:
    """Unit and money as they stand above a table; None where code and name would read as one."""
    code, name = filled.declared.unit_code, filled.declared.unit_name
    if code is None or not (_JOINED_CODE.fullmatch(code) and _JOINED_NAME.fullmatch(name)):
        return None
    return f"{code}{name}", f"单位：{filled.money_unit}"


_UNIT_IN_HEAD = HeadLine(
    (
        Label("单位编码", 1),
        Value(Item.UNIT_CODE, 4),
        Label("实施单位", 2),
        Value(Item.UNIT, 6),
    )
)


def _head_lines(
    template: Template, filled: Filled, joined: tuple[str, str] | None
) -> Iterator[HeadLine]:
    if template.unit_line and joined is None:
        yield _UNIT_IN_HEAD
    for line in template.head:
        if not line.added or any(map(filled.says, line.items)):
            yield line


@dataclass(slots=True)
class _Head:
    """Sets the lines of the head on the grid; a label may reach down into the next lines."""

    filled: Filled
    columns: int
    _reaching: int = 0
    _left: int = 0

    def lines(self, lines: Iterator[HeadLine]) -> tuple[Line, ...]:
        """Set the lines, one after the other."""
        return tuple(self._line(line) for line in lines)

    def _line(self, line: HeadLine) -> Line:
        at = self._left if self._reaching else 0
        self._reaching = max(0, self._reaching - 1)
        boxes: list[Box] = []
        for order, part in enumerate(line.parts):
            last = order == len(line.parts) - 1
            columns = self.columns - at if last else part.columns
            boxes += self._boxes(part, at, columns)
            at += columns
        return tuple(boxes)

    def _boxes(self, part: Label | Value, at: int, columns: int) -> list[Box]:
        if isinstance(part, Label):
            if part.lines > 1:
                self._reaching, self._left = part.lines - 1, part.columns
            text = part.text.format(unit=self.filled.money_unit)
            return [Box(at, columns, Look.LABEL, text, lines=part.lines)]
        if part.item in PLAN:
            return list(_plan_boxes(self.filled, part.item, at, columns))
        if part.item in MONEY:
            amount = self.filled.amount(part.item)
            return [Box(at, columns, Look.AMOUNT, NO_AMOUNT if amount is None else None, amount)]
        look = Look.LEFT if part.item in PROSE else Look.CENTRE
        return [Box(at, columns, look, self.filled.text(part.item))]


def _plan_boxes(filled: Filled, item: Item, at: int, columns: int) -> Iterator[Box]:
    """Divide some columns among the days of the plan, evenly from the left."""
    plan = filled.plan()
    bounds = [at + columns * order // len(plan) for order in range(len(plan) + 1)]
    for share, first, after in zip(plan, bounds, bounds[1:], strict=False):
        if item is Item.PLAN_DAYS:
            yield Box(first, after - first, Look.LABEL, share.day)
        else:
            yield Box(first, after - first, Look.SHARE, number=share.share)


def _heading(template: Template, columns: tuple[Column, ...]) -> Line:
    side = (Box(0, 1, Look.LABEL, template.side),) if template.side else ()
    placed = _placed(template, columns)
    return (*side, *(Box(at, c.columns, Look.LABEL, c.heading) for at, c in placed))


def _placed(template: Template, columns: tuple[Column, ...]) -> Iterator[tuple[int, Column]]:
    at = 1 if template.side else 0
    for column in columns:
        yield at, column
        at += column.columns


def _row(row: Indicator, columns: tuple[Column, ...], template: Template, year: int) -> Row:
    boxes = [_cell(row, at, column, year) for at, column in _placed(template, columns)]
    return Row((boxes[0], boxes[1]), tuple(boxes[len(LEVELS) :]))


def _cell(row: Indicator, at: int, column: Column, year: int) -> Box:
    if column.field is Field.WEIGHT:
        return Box(at, column.columns, Look.POINTS, number=row.weight)
    text = cell_text(row, column.field, year, only_needed=column.added)
    look = Look.LEFT if column.field in _FROM_LEFT else Look.CENTRE
    return Box(at, column.columns, look, text)


def _signature(texts: Sequence[str], columns: int) -> Line:
    bounds = [columns * order // len(texts) for order in range(len(texts) + 1)]
    return tuple(
        Box(first, after - first, Look.LEFT, text)
        for text, first, after in zip(texts, bounds, bounds[1:], strict=False)
    )


def _fitted(widths: tuple[float, ...], pixels: float) -> tuple[float, ...]:
    """Stretch or shrink the columns so that the table is as wide as the page."""
    scale = (pixels - 5 * len(widths)) / 7 / sum(widths)
    return tuple(round(width * scale, 2) for width in widths)
