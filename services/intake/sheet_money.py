"""The table of money (项目资金) above the indicators of a monitoring or self-evaluation sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.intake.choice import ColumnChoice
from services.intake.headings import Heading, heading_at, stated_unit
from services.intake.tables.table import Table, Value, is_blank
from services.intake.vocabulary import vocabulary_of
from services.intake.vocabulary.folding import normalised_heading

_TOTALS = frozenset({"年度资金总额", "资金总额", "项目资金总额", "总额", "合计"})


@dataclass(frozen=True, slots=True)
class SheetMoney:
    """The row of the total, by field: its cell, where that stands, and its heading.

    ``unit`` is the one that the table states, None where it states none.
    """

    cells: Mapping[str, Value]
    places: Mapping[str, tuple[str, str]]
    unit: str | None


def money_above(table: Table, after: int, before: int) -> SheetMoney | None:
    """Read the table of money that stands between two rows; None where there is none."""
    rows = [(number, values) for number, values in table.rows if after < number < before]
    vocabulary = vocabulary_of("sheet_money")
    for at, _ in enumerate(rows):
        heading = heading_at(rows, at, vocabulary, ColumnChoice())
        if vocabulary.missing(heading.columns):
            continue
        for number, values in rows[at + 1 :]:
            if any(isinstance(v, str) and normalised_heading(v) in _TOTALS for v in values):
                texts = [str(v) for _, row in rows[: at + 2] for v in row if not is_blank(v)]
                return _money(table, heading, number, values, texts)
    return None


def _money(
    table: Table, heading: Heading, number: int, values: Sequence[Value], texts: Sequence[str]
) -> SheetMoney:
    found = {name: column for name, column in heading.columns.items() if column.index < len(values)}
    return SheetMoney(
        {name: values[column.index] for name, column in found.items()},
        {name: (table.place(number, c.index), c.heading) for name, c in found.items()},
        heading.unit_of("executed") or stated_unit(texts),
    )
