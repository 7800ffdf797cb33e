"""Rows into a table by COPY, as lines of text.

A line made in one piece costs a third of adapting its values one by one, and these lines are
most of what a projection does.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from psycopg import Cursor
from psycopg.rows import TupleRow

NULL = "\\N"

BLOCK = 500
"""Lines sent at once."""


def copy_lines(cursor: Cursor[TupleRow], statement: str, lines: Iterable[str]) -> None:
    """Send lines, each the tab-separated values of a row, to a ``COPY … FROM STDIN``.

    Free text in them has gone through ``text``; nothing is sent for no lines.
    """
    waiting = iter(lines)
    block = list(islice(waiting, BLOCK))
    if not block:
        return
    with cursor.copy(statement) as copy:
        while block:
            copy.write("\n".join([*block, ""]))
            block = list(islice(waiting, BLOCK))


def text(value: str | None) -> str:
    """Free text as COPY reads it."""
    if value is None:
        return NULL
    if value.isprintable() and "\\" not in value:
        return value
    escaped = value.replace("\\", "\\\\").replace("\t", "\\t")
    return escaped.replace("\n", "\\n").replace("\r", "\\r")


def known(value: object | None) -> str:
    """A value whose text needs no escaping: an id, a number, a day."""
    return NULL if value is None else str(value)
