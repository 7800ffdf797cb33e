"""Tables of files that are read as forms are: web pages, OpenDocument sheets, Word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from services.intake.readers.grid import Grid, Row
from services.intake.tables.table import Table, Value

_CELL = re.compile(r"(?P<part>.*)!(?P<column>[A-Z]+)(?P<row>\d+)")

Rows = list[tuple[int, Sequence[Value]]]


def tables_of(grid: Grid) -> list[Table]:
    """The tables of a grid; text right above a table counts as rows above its own.

    A cell merged over several rows stands in each of them, as in a workbook.
    """
    remarks = tuple(remark.message for remark in grid.remarks)
    tables: list[Table] = []
    above: list[str] = []
    for is_table, rows in groupby(grid.rows, key=lambda row: row.table):
        if not is_table:
            above += [row.text for row in rows]
            continue
        for part, of_part in groupby(rows, key=lambda row: row.part):
            tables.append(_table(list(of_part), part, above, remarks if not tables else ()))
            above = []
    return tables


def _table(rows: list[Row], part: str, above: list[str], remarks: tuple[str, ...]) -> Table:
    titles: Rows = [(at - len(above), [text]) for at, text in enumerate(above)]
    return Table([*titles, *_numbered(rows)], part, remarks)


def _numbered(rows: list[Row]) -> Iterator[tuple[int, Sequence[Value]]]:
    last = 0
    for row in rows:
        found = _CELL.fullmatch(row.where)
        last = int(found.group("row")) if found else last + 1
        yield last, _values(row)


def _values(row: Row) -> list[Value]:
    """The texts of a row by column; those merged down into it among them."""
    placed = [*row.cells, *(cell for cell in row.reaching if cell.columns == 1)]
    width = max((cell.column + cell.columns for cell in placed), default=0)
    values: list[Value] = [None] * width
    for cell in placed:
        values[cell.column] = cell.text or None
    return values
