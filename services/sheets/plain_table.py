"""A long list of text, written row by row: a workbook or a text file with commas."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from xlsxwriter import Workbook

from domain.errors import MonitoringError
from services.sheets.texts import FORMULA_STARTS, holdable

MOST_ROWS = 1_000_000
_WIDEST = 60


class TooManyRowsError(MonitoringError):
    """A workbook cannot hold so many rows."""

    code = "too_many_rows"

    def __init__(self) -> None:
        super().__init__(f"超过{MOST_ROWS:,}行，Excel放不下。请缩小时间范围，或改为导出CSV。")


def write_workbook(
    path: Path, name: str, headings: Sequence[str], rows: Iterable[Sequence[str]]
) -> None:
    """Write a workbook of one sheet; every cell is text and never becomes a formula.

    Raises:
        TooManyRowsError: there are more rows than a sheet holds.
    """
    with Workbook(path, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(name)
        bold = book.add_format({"bold": True, "bg_color": "#EEF2F6", "border": 1})
        for column, heading in enumerate(headings):
            sheet.set_column(column, column, min(_WIDEST, 4 + 3 * len(heading)))
            sheet.write_string(0, column, heading, bold)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, 1):
            if number > MOST_ROWS:
                raise TooManyRowsError
            for column, text in enumerate(row):
                sheet.write_string(number, column, holdable(text))


def write_text(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write comma-separated text that Excel opens in Chinese; no cell begins like a formula."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows([_plain(text) for text in row] for row in rows)


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
