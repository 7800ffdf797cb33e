"""Whose a row of a table is: its target and its indicator, by what the row prints (rules §1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.identity import normalised_name
from domain.indicator import Indicator
from services.intake.cells import CellError
from services.readmodel.lookups import FoundTarget, TargetBook


class UnmatchedError(CellError):
    """A row names no target, no indicator, or several; ``field`` is the one to look at."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class NamedProject:
    """A project as a row prints it."""

    code: str | None
    name: str | None
    unit: str | None = None

    def find(self, book: TargetBook) -> FoundTarget:
        """Its target of the year.

        Raises:
            UnmatchedError: there is none, or more than one.
        """
        found = book.find(self.code, self.name, self.unit)
        if len(found) == 1:
            return found[0]
        shown = self.code or self.name
        if not shown:
            message = "项目编码和项目名称都为空。"
        elif found:
            message = f"有{len(found)}个项目叫“{shown[:60]}”。请填项目编码或单位名称。"
        else:
            message = f"本年度没有项目“{shown[:60]}”。请核对，或先导入其绩效目标。"
        raise UnmatchedError("project_code" if self.code else "project_name", message)


@dataclass(frozen=True, slots=True)
class NamedIndicator:
    """An indicator as a row prints it, with its levels where the row has them."""

    name: str
    indicator_class: str | None = None
    category: str | None = None

    def find(self, indicators: Sequence[Indicator]) -> Indicator:
        """It among a target's indicators; the levels only tell apart what is called the same.

        Raises:
            UnmatchedError: there is none, or more than one.
        """
        found = [i for i in indicators if _same(i.name, self.name)]
        if len(found) > 1 and self.indicator_class:
            found = [i for i in found if _same(i.indicator_class, self.indicator_class)]
        if len(found) > 1 and self.category:
            found = [i for i in found if _same(i.category, self.category)]
        if len(found) == 1:
            return found[0]
        shown = self.name[:40]
        message = (
            f"有{len(found)}项指标叫“{shown}”。请填一级、二级指标。"
            if found
            else f"该项目没有三级指标“{shown}”。请按申报表的名称填写。"
        )
        raise UnmatchedError("indicator", message)


def _same(one: str, other: str) -> bool:
    return normalised_name(one) == normalised_name(other)
