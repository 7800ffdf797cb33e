"""Indicators in running text, or many in one cell, given the rows and columns of a table.

A letter lists them line by line, a list of projects has them all in one cell. Such a text is
parted into one row an indicator, under headings of its own; forms with a table stay untouched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.intake.forms.across import HEADINGS, cells_of, one_a_row, turned
from services.intake.forms.headings import is_core
from services.intake.forms.implied import implied_heading
from services.intake.forms.labels import Vocabulary
from services.intake.forms.phrases import Held, Phrase, phrases, under
from services.intake.forms.sections import by_title
from services.intake.readers.grid import Cell, Row

_MORE = len(HEADINGS) - 1
_AS_FOLLOWS = re.compile(r"如下\s*[：:]?$")
_LEAST = 2
"""Indicators that a text must have to be taken for a list of them."""


def unfolded(rows: Sequence[Row], words: Vocabulary) -> tuple[Row, ...]:
    """Part the texts of each form that has no table of indicators."""
    return tuple(row for form in by_title(rows, words) for row in _unfolded(form, words))


def _unfolded(form: Sequence[Row], words: Vocabulary) -> Sequence[Row]:
    if any(_is_of_table(form, index, words) for index in range(len(form))):
        return form
    if (across := turned(form, words)) is not None:
        return across
    held = Held()
    found = [_list_in(row, words, held) for row in form]
    if sum(len(said) for _, said in found) >= _LEAST:
        return list(_in_lines(form, found, words))
    for index, row in enumerate(form):
        cell = _heading_cell(row, words)
        below = [] if cell is None else list(_below(form[index + 1 :], cell, words))
        if cell is not None and sum(row.parted for row in below) >= _LEAST:
            return [*form[:index], _widened(row, cell), *below]
    return form


def _is_of_table(form: Sequence[Row], index: int, words: Vocabulary) -> bool:
    """Say whether a row is that of a table, with headings or without."""
    row = form[index]
    return is_core(row, words) or (
        bool(row.filled) and implied_heading(form, index, words) is not None
    )


def _list_in(row: Row, words: Vocabulary, held: Held) -> tuple[Cell | None, list[Phrase]]:
    """The cell of a row that lists indicators, with them: its last, beside levels or 绩效指标."""
    if not row.filled:
        return None, []
    *before, cell = row.filled
    levels = [c.text for c in before if words.level(c.text)]
    labels = [c for c in before if words.level(c.text) or words.column(c.text) == "content"]
    if len(labels) < len(before):
        return None, []
    return cell, list(phrases(under(levels, cell.text), words, held))


def _heading_cell(row: Row, words: Vocabulary) -> Cell | None:
    """The heading 绩效指标 over a column of such texts, where projects stand beside it."""
    named = any(
        words.head_field(cell.text) in {"project_name", "project_code"} for cell in row.cells
    )
    heads = (cell for cell in row.filled if words.column(cell.text) == "content")
    return next(heads, None) if row.table and named and len(row.filled) > _LEAST else None


def _widened(row: Row, at: Cell) -> Row:
    """Put the four headings in place of one; what stands right of it moves."""
    cells = []
    for cell in row.cells:
        if cell is at:
            headings = enumerate(HEADINGS)
            cells += [
                replace(at, text=text, column=at.column + n, columns=1) for n, text in headings
            ]
        else:
            cells.append(_moved(cell, at.column))
    return replace(row, cells=tuple(cells))


def _moved(cell: Cell, column: int) -> Cell:
    if cell.column > column:
        return replace(cell, column=cell.column + _MORE)
    reaches = cell.column + cell.columns > column
    return replace(cell, columns=cell.columns + _MORE) if reaches else cell


def _below(rows: Sequence[Row], at: Cell, words: Vocabulary) -> Iterator[Row]:
    for row in rows:
        own = next((cell for cell in row.filled if cell.column == at.column), None)
        said = list(phrases(own.text, words)) if own and row.table else []
        rest = tuple(_moved(cell, at.column) for cell in row.cells if cell is not own or not said)
        if not said or own is None:
            yield replace(row, cells=rest)
            continue
        yield from one_a_row(row, rest, [(own, phrase) for phrase in said], at.column)


def _in_lines(
    form: Sequence[Row], found: Sequence[tuple[Cell | None, list[Phrase]]], words: Vocabulary
) -> Iterator[Row]:
    """Put a heading before the first of the lines, and each line's indicators into rows."""
    headed = False
    for index, (row, (cell, said)) in enumerate(zip(form, found, strict=True)):
        if cell is None or not said:
            if not _leads_on(row, form[index + 1 : index + 2], words):
                yield row
            continue
        if not headed:
            yield Row(tuple(Cell(t, cell.where, n) for n, t in enumerate(HEADINGS)), part=row.part)
        headed = True
        for phrase in said:
            yield Row(tuple(cells_of(phrase, cell, 0)), part=row.part, parted=True)


def _leads_on(row: Row, after: Sequence[Row], words: Vocabulary) -> bool:
    """Say whether a line only leads to the list: a level alone, or 如下： before one."""
    if Held().take(row.text, words) == (True, ""):
        return True
    opens = bool(after) and Held().take(after[0].text, words)[0]
    return opens and not row.table and bool(_AS_FOLLOWS.search(row.text))
