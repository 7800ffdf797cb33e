"""The columns of a table of indicators: what each heading names, which block it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from services.intake.forms.labels import Period, Vocabulary
from services.intake.readers.grid import Cell, Row

LEVEL_FIELDS = ("indicator_class", "indicator_category")
GROUP_FIELDS = ("indicator_class", "indicator_category", "name", "value")
"""A heading of these that comes again begins another block: medium term and annual."""

UNKNOWN = "unknown"
_IN_ORDER = (*GROUP_FIELDS, "comparator", "unit")
_VALUES_LEFT_OUT = frozenset({"value_half", "value_past", "value_actual"})
HEAD_FIELDS = frozenset(
    {
        *("project_code", "project_name", "implementing_unit", "implementing_unit_code"),
        *("supervising_department", "department_name", "department_code", "project_nature"),
        *("purpose", "annual_objective", "medium_term_objective", "total", "fiscal"),
        *("fiscal_part", "local", "carried_over", "other", "other_part", "medium_term_total"),
        *("fiscal_year", "unit_or_money", "spending_plan"),
    }
)
"""What the head of a project prints; in a table of many projects these are columns, too."""


@dataclass(frozen=True, slots=True)
class Column:
    """A heading with the columns it stands over, first and last included.

    ``field`` is that of the vocabulary, or ``unknown`` for a heading nobody knows. ``period`` is
    said by the label or by what stands over it; ``fixed_class`` is the class of indicators that
    a group of columns is headed with.
    """

    field: str
    first: int
    last: int
    label: Cell
    period: Period | None = None
    fixed_class: str | None = None
    above: Cell | None = None

    def covers(self, column: int) -> bool:
        """Say whether a column of the grid lies under the heading."""
        return self.first <= column <= self.last


@dataclass(frozen=True, slots=True)
class Group:
    """One block of columns, each field once; ``own`` are those no other block shares."""

    columns: dict[str, Column]
    own: frozenset[str]
    period: Period | None = None

    @property
    def fixed_class(self) -> str | None:
        """The class all its rows have, where the block is headed with one."""
        anchor = self.columns.get("value") or self.columns.get("name")
        return anchor.fixed_class if anchor else None


def labels_of(row: Row, words: Vocabulary, parents: Sequence[Cell] = ()) -> Iterator[Column]:
    """Make a column of each heading of a row; what is printed over it says period and class."""
    cells = row.filled
    for order, cell in enumerate(cells):
        after = cells[order + 1].column if order + 1 < len(cells) else None
        above = texts_over(cell, parents)
        yield Column(
            column_field(cell.text, words),
            cell.column,
            _last(cell, row, after),
            cell,
            words.period(cell.text) or next(filter(None, map(words.period, above)), None),
            next((text for text in above if words.is_level(text)), None),
            next((parent for parent in parents if _covers(parent, cell)), None),
        )


def column_field(text: str, words: Vocabulary) -> str:
    """Name the field of a heading: a column of indicators, else one of the head, else other."""
    found = words.column(text)
    head = words.head_field(text)
    if found and not (head in HEAD_FIELDS and found in {"content", "attribute"}):
        return found
    return head if head in HEAD_FIELDS else found or UNKNOWN


def _last(cell: Cell, row: Row, after: int | None) -> int:
    """Find where a heading ends: before the next one; the last takes the blank cells behind."""
    width = max(c.column + c.columns for c in row.cells)
    return max(cell.column + cell.columns, width if after is None else after) - 1


def texts_over(cell: Cell, parents: Iterable[Cell]) -> list[str]:
    """What the headings say that stand over a cell."""
    return [parent.text for parent in parents if _covers(parent, cell)]


def _covers(parent: Cell, cell: Cell) -> bool:
    return parent.column <= cell.column < parent.column + parent.columns


def spread(row: Row) -> tuple[Cell, ...]:
    """Give each heading of a row the blank columns behind it, as merged cells have them."""
    cells = row.filled
    ends = [*(cell.column for cell in cells[1:]), max(10_000, cells[-1].column + 1)]
    return tuple(
        replace(cell, columns=max(cell.columns, end - cell.column))
        for cell, end in zip(cells, ends, strict=True)
    )


def group_columns(columns: Sequence[Column]) -> list[Group]:
    """Cut the columns into blocks; what stands left of the repeated field is shared."""
    blocks: list[dict[str, Column]] = [{}]
    own: list[set[str]] = [set()]
    for column in columns:
        name = column.field
        if name in HEAD_FIELDS or name == UNKNOWN or name in _VALUES_LEFT_OUT:
            continue
        if name in blocks[-1] and _begins_block(name, blocks[-1], column):
            blocks.append(_shared(blocks[0], name))
            own.append(set())
        blocks[-1][name] = column
        own[-1].add(name)
    blocks = [_named(block, columns) for block in blocks]
    for block in blocks[:-1]:
        _take_trailing(block, blocks[-1])
    return [
        Group(block, frozenset(names), _period(block))
        for block, names in zip(blocks, own, strict=True)
        if "value" in block or "name" in block
    ]


def _begins_block(name: str, block: dict[str, Column], column: Column) -> bool:
    """Say whether a field that comes again begins another block; a second weight does not."""
    if name in GROUP_FIELDS:
        return True
    if name not in {"comparator", "unit"}:
        return False
    return column.period is not None and column.period is not block[name].period


def _shared(first: dict[str, Column], name: str) -> dict[str, Column]:
    """Take the levels that stand before the repeated field, which both blocks have."""
    before = _IN_ORDER[: _IN_ORDER.index(name)] if name in GROUP_FIELDS else GROUP_FIELDS[:3]
    fixed = name in first and first[name].fixed_class
    return {} if fixed else {key: first[key] for key in before if key in first}


def _named(block: dict[str, Column], columns: Sequence[Column]) -> dict[str, Column]:
    """Give a block its name: a column of contents, or the one without a heading."""
    if "name" in block:
        return _as_description(block)
    if "content" in block:
        rest = {key: column for key, column in block.items() if key != "content"}
        return _spread_over(block["content"], rest) | rest
    return _with_unnamed(block, columns)


def _spread_over(content: Column, block: Mapping[str, Column]) -> dict[str, Column]:
    """Take one heading over several columns (绩效指标) for those of the levels and the name."""
    width = 1 if block.keys() & set(LEVEL_FIELDS) else min(3, content.last - content.first + 1)
    fields = GROUP_FIELDS[3 - width : 3]
    return {
        field: replace(
            content,
            field=field,
            first=content.first + order,
            last=content.last if field == "name" else content.first + order,
        )
        for order, field in enumerate(fields)
    }


def _as_description(block: dict[str, Column]) -> dict[str, Column]:
    if "content" not in block:
        return block
    rest = {key: column for key, column in block.items() if key != "content"}
    if "description" in rest:
        return rest
    return rest | {"description": replace(block["content"], field="description")}


def _with_unnamed(block: dict[str, Column], columns: Sequence[Column]) -> dict[str, Column]:
    """Take the column between the levels and the value that nobody headed for the name."""
    level = block.get("indicator_category") or block.get("indicator_class")
    value = block.get("comparator") or block.get("value")
    if level is None or value is None:
        return block
    unknown = [
        column
        for column in columns
        if column.field == UNKNOWN and level.first < column.first < value.first
    ]
    if unknown:
        return block | {"name": replace(unknown[0], field="name")}
    if level.last > level.first and level.last < value.first:
        name = replace(level, field="name", first=level.first + 1)
        key = level.field
        return block | {key: replace(level, last=level.first), "name": name}
    return block


def _take_trailing(block: dict[str, Column], last: dict[str, Column]) -> None:
    """Let an earlier block have the unit, weight and so on that stand once behind the last."""
    for name, column in last.items():
        if name not in block and name not in GROUP_FIELDS:
            block[name] = column


def _period(block: dict[str, Column]) -> Period | None:
    anchors = (block.get(name) for name in ("value", "name", "indicator_category"))
    return next((column.period for column in anchors if column and column.period), None)
