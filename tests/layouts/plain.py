"""Forms as text: what is left when a table is copied or taken out of a PDF."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator

from tests.layouts.paper import Line, Paper, Part, Row, Table

GAP = 3
"""Blanks between two columns of aligned text, at least."""


def text_of(paper: Paper, way: str) -> str:
    """The form as text: ``tabs``, ``bars``, ``blanks`` or ``lines`` (one cell a line)."""
    printed: list[str] = []
    for part in paper.parts():
        if isinstance(part, Table):
            printed += [*WAYS[way](part), ""]
        else:
            printed += [*_line(part), ""]
    return "\n".join(printed)


def csv_of(paper: Paper, separator: str = ",") -> str:
    """The form as separated values, a line of text in the first cell of its row."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=separator, lineterminator="\r\n")
    for part in paper.parts():
        if isinstance(part, Table):
            writer.writerows(part.texts())
        else:
            writer.writerows([text] for text in _line(part))
    return written.getvalue()


def _line(part: Part) -> list[str]:
    return [part.text] if isinstance(part, Line) else []


def _rows(table: Table) -> Iterator[tuple[Row, list[str]]]:
    """Each row with its texts on one line, as programs that copy a table write them."""
    for row, texts in zip(table.rows, table.texts(), strict=True):
        yield row, [text.replace("\n", " ") for text in texts]


def _tabs(table: Table) -> Iterator[str]:
    for row, texts in _rows(table):
        if any(texts[: row.lost]):
            raise ValueError(f"only empty cells get lost: {texts[: row.lost]}")
        yield "\t".join(texts[row.lost :])


def _bars(table: Table) -> Iterator[str]:
    for _, texts in _rows(table):
        yield "| " + " | ".join(texts) + " |"


def _lines(table: Table) -> Iterator[str]:
    for cell in table.cells():
        if cell.text:
            yield cell.text.replace("\n", "")


def _blanks(table: Table) -> Iterator[str]:
    """Columns under each other; a cell that reaches over several is not wrapped."""
    widths = [0] * table.width
    for cell in table.cells():
        if cell.across == 1:
            widths[cell.column] = max(widths[cell.column], width(cell.text.replace("\n", " ")))
    starts = [sum(widths[:at]) + GAP * at for at in range(table.width)]
    for _, texts in _rows(table):
        line = ""
        for start, text in zip(starts, texts, strict=True):
            if text:
                gap = max(start - width(line), GAP if line else 0)
                line += " " * gap + text
        yield line


def width(text: str) -> int:
    """How many columns a text takes on a terminal; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


WAYS: dict[str, Callable[[Table], Iterator[str]]] = {
    "tabs": _tabs,
    "bars": _bars,
    "blanks": _blanks,
    "lines": _lines,
}
