"""Finding the headings of tables of indicators: one row, or several over each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from domain.target_value import fold
from services.intake.forms.columns import (
    HEAD_FIELDS,
    LEVEL_FIELDS,
    UNKNOWN,
    Column,
    Group,
    column_field,
    group_columns,
    labels_of,
    spread,
)
from services.intake.forms.labels import Period, Vocabulary
from services.intake.readers.grid import Cell, Row

_ANCHORS = frozenset(
    {
        *("project_code", "project_name", "implementing_unit", "implementing_unit_code"),
        "department_name",
    }
)
_MONEY = frozenset(
    {"total", "fiscal", "fiscal_part", "local", "carried_over", "other", "other_part"}
)
_YEAR_ALONE = re.compile(r"(?:19|20)[0-9]{2}年(?:度)?")
_TALLEST = 3
"""Rows of labels above the one that names the columns of indicators."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The headings of one table: rows ``first`` to ``after`` (not included) of the file.

    ``headline`` is the class that stands alone on the line above: （一）产出指标.
    """

    first: int
    after: int
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    period: Period | None = None
    headline: str | None = None

    @property
    def is_implied(self) -> bool:
        """Whether nobody printed it."""
        return self.first == self.after

    @property
    def head(self) -> tuple[Column, ...]:
        """The columns of a project's head, where they stand beside its indicators."""
        return tuple(column for column in self.columns if column.field in HEAD_FIELDS)

    @property
    def names_projects(self) -> bool:
        """Whether each project's head stands in columns beside its indicators."""
        fields = {column.field for column in self.head}
        return "project_name" in fields or bool(fields & _ANCHORS and fields & _MONEY)

    @property
    def shape(self) -> tuple[tuple[str, Period | None], ...]:
        """What tells a repeated heading from another one, wherever its columns stand."""
        return tuple((column.field, column.period) for column in self.columns)


def find_headings(rows: Sequence[Row], words: Vocabulary) -> tuple[Heading, ...]:
    """Find every heading of a file, in order, none overlapping."""
    found: list[Heading] = []
    after = 0
    for index, row in enumerate(rows):
        if index >= after and is_core(row, words):
            heading = _heading(rows, index, after, words)
            if heading.groups:
                found.append(heading)
                after = heading.after
    return tuple(found)


def is_core(row: Row, words: Vocabulary) -> bool:
    """Say whether a row names the columns of indicators: their name or value, and a level."""
    if not row.table:
        return False
    fields = [column_field(cell.text, words) for cell in row.filled]
    known = sum(1 for field in fields if field != UNKNOWN)
    if known * 2 <= len(fields):
        return False
    named = bool({"name", "content"} & set(fields))
    valued = "value" in fields
    return (named and valued) or (bool(set(LEVEL_FIELDS) & set(fields)) and (named or valued))


def _heading(rows: Sequence[Row], core: int, free: int, words: Vocabulary) -> Heading:
    above = _rows_above(rows, core, free, words)
    below = _rows_below(rows, core, words)
    lines = [*(rows[index] for index in above), rows[core], *(rows[i] for i in below)]
    columns = _columns(lines, words)
    groups = tuple(group_columns(columns))
    return Heading(
        above[0] if above else core,
        (below[-1] if below else core) + 1,
        _as_grouped(columns, groups),
        groups,
        _period(rows, core, columns, words),
    )


def _as_grouped(columns: Sequence[Column], groups: Iterable[Group]) -> tuple[Column, ...]:
    """Let the columns be as their blocks read them: an unheaded one may be the names'."""
    as_read = {column.first: column for column in columns}
    for group in groups:
        as_read |= {column.first: column for column in group.columns.values()}
    return tuple(as_read[first] for first in sorted(as_read))


def _rows_above(rows: Sequence[Row], core: int, free: int, words: Vocabulary) -> list[int]:
    """List the rows of labels right above that head the same columns."""
    taken: list[int] = []
    index = core - 1
    while index >= free and len(taken) < _TALLEST and _is_labels(rows[index], words):
        taken.insert(0, index)
        index -= 1
    while taken and not _heads_columns(rows[taken[0]], words):
        taken.pop(0)
    return taken


def _rows_below(rows: Sequence[Row], core: int, words: Vocabulary) -> list[int]:
    """List the rows of labels right below that part a heading further: sign, number, unit."""
    taken: list[int] = []
    index = core + 1
    while index < len(rows) and len(taken) < 2 and _parts_headings(rows[index], words):
        taken.append(index)
        index += 1
    return taken


def _is_labels(row: Row, words: Vocabulary) -> bool:
    """Say whether a row has nothing but labels, two at least or one over many columns."""
    cells = row.filled
    wide = len(cells) == 1 and cells[0].columns > 1 and words.is_group(cells[0].text)
    if not row.table or (len(cells) < 2 and not wide):
        return False
    return all(_is_label(cell.text, words) for cell in cells)


def _is_label(text: str, words: Vocabulary) -> bool:
    if column_field(text, words) != UNKNOWN or words.is_group(text) or words.is_level(text):
        return True
    return words.head_field(text) is not None


def _heads_columns(row: Row, words: Vocabulary) -> bool:
    """Say whether a row of labels heads columns: projects, units, classes, both blocks."""
    texts = [cell.text for cell in row.filled]
    fields = {column_field(text, words) for text in texts}
    if fields & {*_ANCHORS, "value"} or len(fields & _MONEY) > 1:
        return True
    levels = sum(1 for text in texts if words.is_level(text))
    blocks = {words.period(text) for text in texts if words.is_group(text)}
    return levels > 1 or {Period.MEDIUM, Period.ANNUAL} <= blocks or len(texts) == 1


def _parts_headings(row: Row, words: Vocabulary) -> bool:
    """Say whether a row goes on the heading above: no level of indicators stands in it."""
    texts = [cell.text for cell in row.filled]
    if not row.table or not texts or any(map(words.is_level, texts)):
        return False
    fields = [column_field(text, words) for text in texts]
    only_periods = all(_is_term(text, words) for text in texts)
    known = any(field != UNKNOWN for field in fields)
    labels = all(_is_label(text, words) for text in texts)
    beside = any(column_field(cell.text, words) == "value" for cell in row.reaching)
    return only_periods or (known and labels and (beside or not is_core(row, words)))


def _is_period_alone(text: str, words: Vocabulary) -> bool:
    return words.period(text) is not None and words.is_group(text)


def _is_term(text: str, words: Vocabulary) -> bool:
    """Say whether a heading names a term or a year and nothing else."""
    return _is_period_alone(text, words) or bool(_YEAR_ALONE.fullmatch(fold(text)))


def _columns(lines: Sequence[Row], words: Vocabulary) -> tuple[Column, ...]:
    """Put the rows of labels together: the lowest label of a column names it."""
    columns: list[Column] = []
    for order in range(len(lines) - 1, -1, -1):
        parents = [cell for line in lines[:order] for cell in spread(line)]
        for column in labels_of(lines[order], words, parents):
            columns += _beside(_named_by_parent(column, words), columns)
    in_order = sorted(columns, key=lambda column: column.first)
    return fitted(_contents_in_place(_classes(_named(in_order, words))))


def _named_by_parent(column: Column, words: Vocabulary) -> Column:
    """Name a column that says only 年度 or 2024年 by the heading over it, which says 指标值."""
    over = column.above
    if over is None or not _is_term(column.label.text, words):
        return column
    field = column_field(over.text, words)
    return replace(column, field=field) if field == "value" else column


def _beside(column: Column, below: Iterable[Column]) -> list[Column]:
    """Add a label unless others stand under it: then it is their parent."""
    under = [other for other in below if column.covers(other.first)]
    if not under:
        return [column]
    keeps = column.field not in HEAD_FIELDS and column.field != UNKNOWN
    if keeps and all(other.field in HEAD_FIELDS or other.field == UNKNOWN for other in under):
        first = min(other.first for other in under)
        return [replace(column, last=first - 1)] if first > column.first else []
    return []


def _named(columns: list[Column], words: Vocabulary) -> list[Column]:
    """Take 绩效目标内容 between the levels and the values for the names, where none else are."""
    fields = [column.field for column in columns]
    if "value" not in fields or {"name", "content"} & set(fields):
        return columns
    levels = [n for n, field in enumerate(fields) if field in LEVEL_FIELDS]
    at = fields.index("value") - 1
    if not levels or at <= levels[-1] or words.column(columns[at].label.text) != "content":
        return columns
    return [*columns[:at], replace(columns[at], field="content"), *columns[at + 1 :]]


def _classes(columns: list[Column]) -> list[Column]:
    """Take 绩效指标 before 二级指标 for the classes, where no other column heads them."""
    fields = [column.field for column in columns]
    if LEVEL_FIELDS[0] in fields or LEVEL_FIELDS[1] not in fields[1:]:
        return columns
    at = fields.index(LEVEL_FIELDS[1]) - 1
    if columns[at].field != "content" or columns[at].label.rows > 1:
        return columns
    return [*columns[:at], replace(columns[at], field=LEVEL_FIELDS[0]), *columns[at + 1 :]]


def _contents_in_place(columns: list[Column]) -> list[Column]:
    """Take 绩效指标 for a group's title where the levels follow it, not for a name."""
    levels = [column.first for column in columns if column.field in (*LEVEL_FIELDS, "name")]
    last = max(levels, default=-1)
    return [
        replace(column, field=UNKNOWN)
        if column.field == "content" and column.first < last
        else column
        for column in columns
    ]


def fitted(columns: list[Column]) -> tuple[Column, ...]:
    """Let each column end before the next begins."""
    ends = [*(column.first - 1 for column in columns[1:]), columns[-1].last]
    return tuple(
        replace(column, last=max(column.first, min(column.last, end)))
        for column, end in zip(columns, ends, strict=True)
    )


def _period(
    rows: Sequence[Row], core: int, columns: Sequence[Column], words: Vocabulary
) -> Period | None:
    """Find the block that a whole table belongs to, said left of its headings or above them."""
    titles: list[Cell] = [column.label for column in columns if column.field == UNKNOWN]
    for index in (core - 1, core - 2):
        if index >= 0 and len(rows[index].filled) == 1:
            titles += rows[index].filled
    said = [words.period(cell.text) for cell in titles if words.is_group(cell.text)]
    return next(filter(None, said), None)
