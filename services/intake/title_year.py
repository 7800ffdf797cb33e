"""The fiscal year that a table's title says: （2025年度）, 2025年度项目支出绩效自评表."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from services.intake.headings import Heading
from services.intake.readers.grid import UnreadableFileError
from services.intake.tables.choose import read_tables
from services.intake.tables.table import Table, Value, is_blank

_YEAR = re.compile(r"(20\d{2})年度")
_LONGEST = 40
"""Characters of a title; a year in running text is not the table's."""

_TITLE_ROWS = 6


def title_year(content: bytes) -> int | None:
    """The year that the first title of a file says; None where none does, or several differ.

    Raises:
        UnreadableFileError: it is no table file.
    """
    for table in read_tables(content):
        rows = [number for number, _ in table.rows[:_TITLE_ROWS]]
        years = {year for _, year in _years(table, 0, rows[-1] + 1)} if rows else set()
        if years:
            return years.pop() if len(years) == 1 else None
    return None


def require_year(table: Table, heading: Heading, fiscal_year: int, *, after: int = 0) -> None:
    """Refuse a table whose title is of another year than the one it is brought in for.

    The title stands above the heading, behind row ``after``.

    Raises:
        UnreadableFileError: it says so; the message names the cell.
    """
    years = [*_years(table, after, heading.row), *_years(table, heading.row - 1, heading.last_row)]
    if years and all(year != fiscal_year for _, year in years):
        place, year = years[0]
        raise UnreadableFileError(
            f"{place}写明是{year}年度，所选年度是{fiscal_year}年。请改选年度，或核对是否选错了文件。"
        )


def _years(table: Table, after: int, before: int) -> Iterator[tuple[str, int]]:
    for number, values in table.rows:
        if not after < number < before:
            continue
        if _is_crowded(values):
            continue
        for column, value in enumerate(values):
            if isinstance(value, str) and len(value) <= _LONGEST:
                found = _YEAR.search("".join(normalize("NFKC", value).split()))
                if found:
                    yield table.place(number, column), int(found.group(1))


def _is_crowded(values: Sequence[Value]) -> bool:
    """Whether a row has more in it than a title and a unit: its years are of its columns."""
    return len({str(value) for value in values if not is_blank(value)}) > 2
