"""What a template of the declaration form is made of: lines of the head, columns of the table.

All is laid out on one grid of columns. A line of the head and a column of the table say how many
of them they take, so that both fit under each other on paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Item(StrEnum):
    """A value that the head of a form prints; the plan has one for each of its days."""

    PROJECT_NAME = "project_name"
    PROJECT_CODE = "project_code"
    DEPARTMENT = "supervising_department"
    UNIT = "unit_name"
    UNIT_CODE = "unit_code"
    NATURE = "project_nature"
    PURPOSE = "purpose"
    OBJECTIVE = "annual_objective"
    TOTAL = "total"
    CURRENT_YEAR = "current_year"
    CARRY_OVER = "carry_over"
    OTHER = "other"
    PLAN_DAYS = "plan_days"
    PLAN_SHARES = "plan_shares"


MONEY = frozenset({Item.TOTAL, Item.CURRENT_YEAR, Item.CARRY_OVER, Item.OTHER})
PLAN = frozenset({Item.PLAN_DAYS, Item.PLAN_SHARES})
MOST_CHECKPOINTS = 12
"""How many days of a plan a line has room for."""
PROSE = frozenset({Item.PURPOSE, Item.OBJECTIVE})
"""Running text, printed from the left."""


class Field(StrEnum):
    """What a column of the table of indicators prints."""

    CLASS = "indicator_class"
    CATEGORY = "category"
    NAME = "name"
    DESCRIPTION = "description"
    VALUE = "value"
    SIGN = "sign"
    UNIT = "unit"
    WEIGHT = "weight"
    SCORING = "scoring_standard"
    BASIS = "target_basis"


LEVELS = (Field.CLASS, Field.CATEGORY)
"""Printed once for all rows below that have the same."""


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label over some columns of the grid and lines of the head.

    ``{unit}`` in it is the form's unit of money.
    """

    text: str
    columns: int
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Value:
    """Where a value is printed; the items of the plan divide their columns among their days."""

    item: Item
    columns: int


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One line of the head, from left to right.

    ``added`` lines are none of the official form's: they are printed only where the declaration
    says something for them, so that nothing declared is lost on paper.
    """

    parts: tuple[Label | Value, ...]
    added: bool = False

    @property
    def items(self) -> frozenset[Item]:
        """The values that the line prints."""
        return frozenset(part.item for part in self.parts if isinstance(part, Value))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of indicators over ``columns`` of the grid.

    An ``added`` one is printed only where an indicator has something for it; it stands right of
    the grid, ``width`` wide.
    """

    field: Field
    heading: str
    columns: int = 1
    added: bool = False
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Template:
    """A form: its grid in widths of a digit, its head, its table.

    ``name`` says which form it is, ``title`` is printed. ``side`` is the label left of the
    table, None where it has none. Where ``unit_line`` is set, unit and money stand in a line of
    their own above the table, else the head has both.
    """

    name: str
    title: str
    grid: tuple[float, ...]
    head: tuple[HeadLine, ...]
    columns: tuple[Column, ...]
    side: str | None = None
    unit_line: bool = False


SIGNATURES: tuple[tuple[str, ...], ...] = (
    ("单位（盖章）：", "{head}（签字）："),
    ("填报人：", "联系电话：", "填报日期：　　　年　　月　　日"),
)
"""The last lines of a form, to be filled by hand; ``{head}`` is who answers for it."""


def plan_lines(label: str, columns: int, room: int, *, added: bool) -> tuple[HeadLine, HeadLine]:
    """The two lines of a spending plan: its days, and below them its shares."""
    return (
        HeadLine((Label(label, columns, lines=2), Value(Item.PLAN_DAYS, room)), added),
        HeadLine((Value(Item.PLAN_SHARES, room),), added),
    )
