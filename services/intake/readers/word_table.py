"""The geometry of a Word table: cells over several grid columns, and merged down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from services.intake.readers.layout import Placed
from services.intake.readers.markup import Element, attribute, local, whole

_AROUND = ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
_WIDEST = 1_000
"""Grid columns one cell may claim; far beyond any table, and beyond what a grid takes."""

Said = Callable[[Element], str]


def inside(container: Element, *names: str) -> Iterator[Element]:
    """Children of these names, also where something without a look of its own is around them."""
    for child in container:
        name = local(child)
        if name in names:
            yield child
        elif name in _AROUND:
            yield from inside(child, *names)


@dataclass(slots=True)
class WordTable:
    """A table, laid out: ``nested`` are the tables in the cells of a row, by its number."""

    cells: list[Placed] = field(default_factory=list)
    nested: dict[int, list[Element]] = field(default_factory=dict)


def lay_out(table: Element, said: Said) -> WordTable:
    """Lay a table out on its grid columns; ``said`` answers the text of a cell."""
    laid = WordTable()
    merging: dict[int, int] = {}
    rows = [row for row in inside(table, "tr") if row.find("{*}trPr/{*}del") is None]
    for number, row in enumerate(rows):
        column = _count(row.find("{*}trPr/{*}gridBefore"), 0)
        for cell in inside(row, "tc"):
            columns = _count(cell.find("{*}tcPr/{*}gridSpan"), 1)
            _place(laid, merging, cell, Placed("", number, column, columns=columns), said)
            column += columns
    return laid


def _place(laid: WordTable, merging: dict[int, int], cell: Element, at: Placed, said: Said) -> None:
    """Take a cell, or let the one it is merged with reach on; ``merging`` is by column."""
    down = _merge(cell.find("{*}tcPr/{*}vMerge"))
    across = _merge(cell.find("{*}tcPr/{*}hMerge"))
    above = merging.get(at.column)
    if down == "continue" and above is not None:
        laid.cells[above] = _reaching(laid.cells[above], at.row)
        return
    last = laid.cells[-1] if laid.cells else None
    if across == "continue" and last is not None and last.row == at.row:
        laid.cells[-1] = replace(last, columns=at.column + at.columns - last.column)
        return
    merging.pop(at.column, None)
    if down is not None:
        merging[at.column] = len(laid.cells)
    inner = list(inside(cell, "tbl"))
    boxed = [table for table in inner if _is_box(table)]
    text = "\n".join(filter(None, [said(cell), *(_said_inside(table, said) for table in boxed)]))
    laid.cells.append(replace(at, text=text))
    laid.nested.setdefault(at.row, []).extend(table for table in inner if table not in boxed)


def _is_box(table: Element) -> bool:
    """Whether a table in a cell is but a frame around some text."""
    cells = [cell for row in inside(table, "tr") for cell in inside(row, "tc")]
    return len(cells) <= 1 and not any(list(inside(cell, "tbl")) for cell in cells)


def _said_inside(table: Element, said: Said) -> str:
    """All that a table of one cell says."""
    cells = (cell for row in inside(table, "tr") for cell in inside(row, "tc"))
    return "\n".join(filter(None, map(said, cells)))


def _reaching(cell: Placed, row: int) -> Placed:
    return replace(cell, rows=max(cell.rows, row - cell.row + 1))


def _merge(element: Element | None) -> str | None:
    """How a cell is merged: it begins (restart), it goes on (continue), or not at all."""
    return None if element is None else attribute(element, "val") or "continue"


def _count(element: Element | None, default: int) -> int:
    return min(whole(attribute(element, "val"), default), _WIDEST)
