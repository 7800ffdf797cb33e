r"""A form as it lies on the desk: lines of text and tables with merged cells.

Each layout is written once, in ``form.grid``, and printed into every format it comes in:

- ``formats: docx pdf txt=tabs csv`` on the first line, ``page: landscape`` perhaps after it;
- ``# …`` is a title, a line that starts with a bar is a row of a table, ``---`` a new page,
  ``sheet: …`` a new sheet, ``inner: …`` opens a table that a cell shows as ``{inner …}``, all
  else is a line of text; rows without an empty line between them are one table;
- in a cell ``<`` belongs to the cell on its left, ``^`` to the one above, ``\n`` breaks the line;
- ``{95%}``, ``{#120.5}`` and ``{@2025-11-30}`` are a share, a number and a day that a workbook
  keeps as such;
- ``|=`` starts a row of headings (printed again on every page), ``|~2`` a row whose first two
  empty cells get lost in text, as they do when text is taken out of a PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

ROW = re.compile(r"\|(=?)(?:~(\d+))?(?=\s)(.*)\|$")
TYPED = re.compile(r"\{(?:([\d.]+)%|#([\d.]+)|@(\d{4}-\d\d-\d\d))\}")
INNER = re.compile(r"\{inner (\w+)\}")


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed cell: where its upper left corner is and how far it reaches.

    ``value`` and ``number_format`` are set where a workbook keeps more than text.
    """

    text: str
    row: int
    column: int
    down: int = 1
    across: int = 1
    value: Decimal | date | None = None
    number_format: str = "General"
    inner: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """The cells that start in one row, from left to right."""

    cells: tuple[Cell, ...]
    head: bool = False
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one width, in columns."""

    rows: tuple[Row, ...]
    width: int

    def texts(self) -> list[list[str]]:
        """What stands at each place; empty where a merged cell only reaches."""
        grid = [[""] * self.width for _ in self.rows]
        for cell in self.cells():
            grid[cell.row][cell.column] = cell.text
        return grid

    def cells(self) -> Iterator[Cell]:
        """All cells, as they are read."""
        for row in self.rows:
            yield from row.cells


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text outside the tables."""

    text: str
    title: bool = False


@dataclass(frozen=True, slots=True)
class NewPage:
    """Where the next page starts."""


Part = Line | Table | NewPage


@dataclass(slots=True)
class Sheet:
    """Lines and tables in their order."""

    name: str
    parts: list[Part] = field(default_factory=list)


@dataclass(slots=True)
class Paper:
    """A form, the formats it comes in, and the tables that stand inside cells."""

    formats: list[str]
    landscape: bool = False
    sheets: list[Sheet] = field(default_factory=list)
    inner: dict[str, Table] = field(default_factory=dict)

    def parts(self) -> Iterator[Part]:
        """The parts of all sheets."""
        for sheet in self.sheets:
            yield from sheet.parts


def read_paper(path: Path) -> Paper:
    """The form that a ``form.grid`` describes.

    Raises ValueError, with the line, for a row of another width or a merge into nothing.
    """
    first, *rest = path.read_text("utf-8").splitlines()
    paper = Paper(formats=first.removeprefix("formats:").split(), sheets=[Sheet("Sheet1")])
    rows: list[str] = []
    name: str | None = None
    for line in [*rest, ""]:
        if ROW.match(line):
            rows.append(line)
            continue
        if rows:
            _keep(paper, parse_table(rows), name)
            rows, name = [], None
        if line.startswith("inner:"):
            name = line.removeprefix("inner:").strip()
        elif line.strip():
            _say(paper, line)
    return paper


def _keep(paper: Paper, table: Table, name: str | None) -> None:
    """Put a table on its page, or aside for the cell that shows it."""
    if name is None:
        paper.sheets[-1].parts.append(table)
    else:
        paper.inner[name] = table


def _say(paper: Paper, line: str) -> None:
    """A line that is no row of a table."""
    sheet = paper.sheets[-1]
    if line.startswith("page:"):
        paper.landscape = line.endswith("landscape")
    elif line.startswith("sheet:"):
        fresh = Sheet(line.removeprefix("sheet:").strip())
        if sheet.parts:
            paper.sheets.append(fresh)
        else:
            paper.sheets[-1] = fresh
    elif line == "---":
        sheet.parts.append(NewPage())
    elif line.startswith("# "):
        sheet.parts.append(Line(line.removeprefix("# "), title=True))
    else:
        sheet.parts.append(Line(line.replace("\\t", "\t")))


def parse_table(lines: list[str]) -> Table:
    """The table that lines starting with a bar describe."""
    heads, losses, texts = [], [], []
    for line in lines:
        found = ROW.match(line)
        if found is None:
            raise ValueError(f"not a row: {line}")
        heads.append(bool(found[1]))
        losses.append(int(found[2] or 0))
        texts.append([part.strip().replace("\\n", "\n") for part in found[3].split("|")])
    width = len(texts[0])
    for line, row in zip(lines, texts, strict=True):
        if len(row) != width:
            raise ValueError(f"{len(row)} cells instead of {width}: {line}")
    placed = merged(texts)
    rows = [
        Row(tuple(cell for cell in placed if cell.row == at), heads[at], losses[at])
        for at in range(len(texts))
    ]
    return Table(tuple(rows), width)


def merged(texts: list[list[str]]) -> list[Cell]:
    """The cells of a grid in which ``<`` and ``^`` say what belongs together."""
    corners: dict[tuple[int, int], tuple[int, int]] = {}
    reach: dict[tuple[int, int], tuple[int, int]] = {}
    for row, line in enumerate(texts):
        for column, text in enumerate(line):
            here = (row, column)
            before = {"<": (row, column - 1), "^": (row - 1, column)}.get(text)
            if before is not None and before not in corners:
                raise ValueError(f"nothing to merge into at row {row + 1}, column {column + 1}")
            corner = corners[before] if before else here
            corners[here] = corner
            low, right = reach.get(corner, corner)
            reach[corner] = (max(low, row), max(right, column))
    return [
        understood(Cell(texts[row][column], row, column, low - row + 1, right - column + 1))
        for (row, column), (low, right) in reach.items()
    ]


def understood(cell: Cell) -> Cell:
    """The cell with the value, or the inner table, that its text stands for."""
    if inner := INNER.fullmatch(cell.text):
        return replace(cell, text="", inner=inner[1])
    typed = TYPED.fullmatch(cell.text)
    if typed is None:
        return cell
    if typed[1]:
        return replace(cell, text=f"{typed[1]}%", value=Decimal(typed[1]) / 100, number_format="0%")
    if typed[2]:
        return replace(cell, text=typed[2], value=Decimal(typed[2]))
    day = date.fromisoformat(typed[3])
    text = f"{day.year}年{day.month}月{day.day}日"
    return replace(cell, text=text, value=day, number_format='yyyy"年"m"月"d"日"')
