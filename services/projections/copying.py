"""Rows into a table by COPY, as lines of text.

A line made in one piece costs a third of adapting its values one by one, and these lines are
most of what a projection does.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import islice
from uuid import UUID

from psycopg import Cursor
from psycopg.rows import TupleRow

NULL = "\\N"

BLOCK = 100
"""Lines sent at once."""


def copy_lines(cursor: Cursor[TupleRow], statement: str, lines: Iterable[str]) -> None:
    """Send lines, each the tab-separated values of a row, to a ``COPY … FROM STDIN``.

    Free text in them has gone through ``texts``; nothing is sent for no lines.
    """
    waiting = iter(lines)
    block = list(islice(waiting, BLOCK))
    if not block:
        return
    with cursor.copy(statement) as copy:
        while block:
            copy.write("\n".join([*block, ""]))
            block = list(islice(waiting, BLOCK))


def texts(*values: str | None) -> list[str]:
    """Free texts as COPY reads them; looked at together, as hardly any needs escaping."""
    told = [NULL if value is None else value for value in values]
    whole = "".join([value for value in values if value is not None])
    if whole.isprintable() and "\\" not in whole:
        return told
    return [NULL if value is None else _escaped(value) for value in values]


def _escaped(value: str) -> str:
    value = value.replace("\\", "\\\\").replace("\t", "\\t")
    return value.replace("\n", "\\n").replace("\r", "\\r")


def known(value: UUID | None) -> str:
    """An id, which needs no escaping."""
    return NULL if value is None else f"{value.int:032x}"


@lru_cache(maxsize=1024)
def said(moment: date) -> str:
    """A day or a moment; rows of one append share theirs, and a year has few days."""
    return str(moment)
