"""A template of a table that can be brought in: headings, and an example that is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter

from services.sheets.cells import BODY, BOLD, CENTRE, MONEY, cell_at, write_text

_HINTS = "填写提示"
_GREY = PatternFill("solid", fgColor="E7E6E6")
_TEXT = "@"
_WIDEST, _NARROWEST = 40, 10


@dataclass(frozen=True, slots=True)
class SampleColumn:
    """One column: its heading, what stands below it, and whether that is an amount."""

    heading: str
    example: str
    is_amount: bool = False


def write_sample(title: str, columns: Sequence[SampleColumn], hint: str, file: BinaryIO) -> None:
    """Write a template.

    All columns but those of amounts are of text, so that a spreadsheet leaves codes and days as
    they are typed. ``hint`` stands before the example.
    """
    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise TypeError
    sheet.title = title[:31]
    whole = [SampleColumn(_HINTS, hint), *columns]
    for at, column in enumerate(whole, start=1):
        width = max(_units(column.heading), _units(column.example)) + 2
        dimension = sheet.column_dimensions[get_column_letter(at)]
        dimension.width = min(max(width, _NARROWEST), _WIDEST)
        dimension.number_format = MONEY if column.is_amount else _TEXT
        heading, example = cell_at(sheet, 1, at), cell_at(sheet, 2, at)
        write_text(heading, column.heading)
        heading.font, heading.fill, heading.alignment = BOLD, _GREY, CENTRE
        write_text(example, column.example)
        example.number_format, example.font = _TEXT, BODY
    sheet.freeze_panes = "B2"
    book.save(file)


def _units(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)
