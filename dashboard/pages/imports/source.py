"""The file as it was sent: rows and cells, merged as printed, each leading to its reading."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.components.aria import aria, data
from dashboard.pages.imports.keys import cell_id, cell_key, value_id
from dashboard.pages.imports.marks import mark
from dashboard.pages.imports.remarks import Remark, gravest
from dashboard.texts import imports as text
from services.intake.forms.correcting import Place, Replaced
from services.intake.forms.labels import vocabulary
from services.intake.forms.places import CellPlace, Located
from services.intake.readers.grid import Cell, Row

_NUMBER = re.compile(r"(\d+)$")

_MOST_HEADINGS = 6

Numbered = tuple[int, Row]


class Source:
    """Makes the components of a stretch of rows; one a page."""

    def __init__(
        self,
        located: Located,
        remarks: Mapping[CellPlace, Sequence[Remark]],
        notes: Mapping[Place, Replaced],
    ) -> None:
        self._located = located
        self._remarks = remarks
        self._notes = notes

    def project(self, sheet: int) -> list[Component]:
        """The rows of one project, below the headings that they stand under."""
        first, last = self._located.spans[sheet]
        return self.rows([*headings_above(self._located, first), *range(first, last)])

    def rows(self, wanted: Sequence[int]) -> list[Component]:
        """Tables and lines of running text, in their order."""
        rows = self._located.grid.rows
        numbered = [(number, rows[number]) for number in wanted]
        shown: list[Component] = []
        part = ""
        for (of_part, is_table), found in groupby(
            numbered, lambda one: (one[1].part, one[1].table)
        ):
            stretch = list(found)
            if of_part and of_part != part:
                shown.append(html.H4(text.part_name(of_part), className="source__part"))
            part = of_part
            shown += [self._table(stretch)] if is_table else map(self._line, stretch)
        return shown

    def _line(self, numbered: Numbered) -> Component:
        number, row = numbered
        cells = [
            self._content(CellPlace(number, order), one) for order, one in enumerate(row.cells)
        ]
        return html.P([_gutter(row, html.Span), *cells], className="source__line")

    def _table(self, stretch: Sequence[Numbered]) -> Component:
        width = max(_width(row) for _, row in stretch)
        body = [self._row(stretch, at, width) for at in range(len(stretch))]
        return html.Table(html.Tbody(body), className="source__table")

    def _row(self, stretch: Sequence[Numbered], at: int, width: int) -> Component:
        number, row = stretch[at]
        own = [(cell, CellPlace(number, order)) for order, cell in enumerate(row.cells)]
        is_first = at == 0 or stretch[at - 1][0] != number - 1
        above = [(cell, None) for cell in row.reaching] if is_first else []
        cells: list[Component] = []
        column = 0
        for cell, place in sorted([*own, *above], key=lambda one: one[0].column):
            if cell.column > column:
                cells += _gap(row, column, cell.column, is_first=is_first)
            cells.append(self._cell(cell, place, _rows_down(stretch, at, cell)))
            column = cell.column + cell.columns
        cells += _gap(row, column, width, is_first=is_first)
        return html.Tr([_gutter(row, html.Th), *cells])

    def _cell(self, cell: Cell, place: CellPlace | None, rows: int) -> Component:
        spans = {"rowSpan": rows, "colSpan": cell.columns}
        said: dict[str, Any] = {name: span for name, span in spans.items() if span > 1}
        if place is None:
            return html.Td(cell.text, className="source__above", title=cell.where, **said)
        severity = gravest(self._remarks.get(place, ()))
        kind = f"source__cell--{severity}" if severity else None
        return html.Td(self._content(place, cell), className=kind, title=cell.where, **said)

    def _content(self, place: CellPlace, cell: Cell) -> Component | str:
        values = self._located.values.get(place, ())
        remarks = self._remarks.get(place, ())
        if not (values or remarks):
            return cell.text
        severity = gravest(remarks)
        replaced = [note for value in values if (note := self._notes.get(value))]
        return html.Button(
            [
                mark(severity) if severity else None,
                html.Span(cell.text, className="source__replaced" if replaced else None),
                *(html.Ins(note.text or text.BLANK) for note in replaced[:1]),
            ],
            id=cell_id(place),
            type="button",
            className="source__value",
            tabIndex=-1,
            **data(values=" ".join(map(value_id, values)), cell=cell_key(place)),
            **aria(description="".join(remark.message for remark in remarks)),
        )


def headings_above(located: Located, first: int) -> range:
    """The heading rows of a table that holds several projects; none where a form has its own."""
    rows, part = located.grid.rows, located.grid.rows[first].part
    top = first
    while top and rows[top - 1].table and rows[top - 1].part == part:
        top -= 1
    start = min(span[0] for span in located.spans if span[0] >= top)
    found = range(max(top, start - _MOST_HEADINGS), start)
    heads = any(_columns_named(rows[number]) >= 2 for number in found)
    return found if heads else range(0)


def _columns_named(row: Row) -> int:
    words = vocabulary()
    return sum(words.column(cell.text) is not None for cell in row.filled)


def _gutter(row: Row, kind: Callable[..., Component]) -> Component:
    """The number of a row as the file counts."""
    found = _NUMBER.search(row.where)
    scope: dict[str, Any] = {"scope": "row"} if kind is html.Th else {}
    return kind(found.group(1) if found else "", className="source__gutter", **scope)


def _width(row: Row) -> int:
    cells = (*row.cells, *row.reaching)
    return max((cell.column + cell.columns for cell in cells), default=1)


def _gap(row: Row, first: int, last: int, *, is_first: bool) -> Iterator[Component]:
    """Blank places; those that a cell from above covers are none."""
    reaching: Iterable[Cell] = () if is_first else row.reaching
    covered = {
        column for cell in reaching for column in range(cell.column, cell.column + cell.columns)
    }
    free = [column for column in range(first, last) if column not in covered]
    for _, run in groupby(enumerate(free), lambda one: one[1] - one[0]):
        yield html.Td(className="source__blank", colSpan=len(list(run)))


def _rows_down(stretch: Sequence[Numbered], at: int, cell: Cell) -> int:
    """Over how many of the rows shown a cell reaches; rows without text are not shown."""
    rows = 1
    for _, row in stretch[at + 1 :]:
        if not any(one.where == cell.where and one.column == cell.column for one in row.reaching):
            break
        rows += 1
    return rows
