"""What one row of a form's head looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.target_value import fold
from services.intake.forms.funds import MONEY_FIELDS
from services.intake.forms.labels import Vocabulary, bare, money_unit
from services.intake.forms.tokens import Token
from services.intake.forms.years import year_line
from services.intake.readers.grid import Cell, Row

_OF_PAST = re.compile(r"(?:上一?年|前年|去年|以前年)度?.*|(?:项目)?总投资")
_OF_THIS = re.compile(r"(?:(?:本|当|今)年|20[0-9]{2}年)度?(?:预算|安排|申请|资金|金额|计划).*")
"""Headings of columns of amounts: 上年度预算安排, 本年度申请金额."""
UNIT_ALONE = re.compile(r"\((?:单位:)?(?:万元|千元|亿元|元)\)")
"""A cell or line that says the unit of money and nothing else, folded."""


def year_beside(row: Row, found: Sequence[Token]) -> int | None:
    """Find the year beside labels; in a table before them all, where it is no label's value."""
    beside = not row.table or len(row.filled) == 1
    cells = [c for c in row.filled if beside or c.column < found[0].cell.column]
    return next(filter(None, (year_line(cell.text) for cell in cells)), None)


def heads_details(row: Row, words: Vocabulary) -> bool:
    """Say whether a row heads a table of what the money is for: 金额, 数量, 单价, 测算依据."""
    texts = [bare(cell.text) for cell in row.filled]
    money = any(words.head_field(text) in MONEY_FIELDS for text in texts)
    return money and len(words.details & set(texts)) > 1


def after_adjustment(row: Row) -> Row:
    """Leave out what stood before an adjustment where what stands after it is printed beside."""
    texts = [fold(cell.text) for cell in row.filled]
    if "调整前" not in texts or "调整后" not in texts[texts.index("调整前") :]:
        return row
    first, after = texts.index("调整前"), texts.index("调整后")
    return replace(row, cells=(*row.filled[:first], *row.filled[after + 1 :]))


def past_columns(row: Row) -> frozenset[int]:
    """List the columns of an earlier year's amounts that a row heads beside the year's own."""
    texts = [(cell.column, bare(cell.text)) for cell in row.filled]
    past = frozenset(column for column, text in texts if _OF_PAST.fullmatch(text))
    this = any(_OF_THIS.fullmatch(text) for _, text in texts)
    return past if row.table and this else frozenset()


def unit_in_brackets(label: str) -> str | None:
    """Find the unit of money that a label has in brackets."""
    return money_unit(label) if "(" in fold(label) else None


def cell_below(label: Cell, row: Row) -> Cell | None:
    """Find a row's own cell under a label."""
    for cell in row.filled:
        if cell.column <= label.column < cell.column + cell.columns:
            return cell
    return None
