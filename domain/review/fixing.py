"""Applying a proposed fix: the printed texts change, and are read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from domain.money import YUAN_IN
from domain.review.finding import Change, Field, Finding, Part
from domain.review.subject import (
    Context,
    Filing,
    Money,
    PrintedRow,
    ReviewedDepartment,
    ReviewedProject,
    ReviewedRow,
    Sheet,
    read_row,
)

_OF_ROW: dict[Field, Callable[[PrintedRow, str], PrintedRow]] = {
    Field.CLASS: lambda printed, new: replace(printed, indicator_class=new),
    Field.CATEGORY: lambda printed, new: replace(printed, category=new),
    Field.NAME: lambda printed, new: replace(printed, name=new),
    Field.VALUE: lambda printed, new: replace(printed, value_text=new),
    Field.SIGN: lambda printed, new: replace(printed, sign=new),
    Field.COLUMN_UNIT: lambda printed, new: replace(printed, column_unit=new),
    Field.WEIGHT: lambda printed, new: replace(printed, weight=new),
    Field.DESCRIPTION: lambda printed, new: replace(printed, description=new),
}


def mended(filing: Filing, finding: Finding) -> Filing:
    """The filing as it would be with the finding's fix."""
    spot, fix = finding.spot, finding.fix
    if spot.part is Part.PROJECT:
        projects = list(filing.projects)
        projects[spot.sheet] = mended_project(projects[spot.sheet], fix)
        return replace(filing, projects=tuple(projects))
    departments = list(filing.departments)
    departments[spot.sheet] = mended_department(departments[spot.sheet], fix)
    return replace(filing, departments=tuple(departments))


def mended_sheet(sheet: Sheet, fix: Sequence[Change]) -> Sheet:
    """The sheet as it would be with a fix."""
    if isinstance(sheet, ReviewedProject):
        return mended_project(sheet, fix)
    return mended_department(sheet, fix)


def mended_project(project: ReviewedProject, fix: Sequence[Change]) -> ReviewedProject:
    """The project as it would be with a fix."""
    for change in fix:
        project = _of_head(project, change)
    return replace(project, rows=_rows(project, fix))


def mended_department(department: ReviewedDepartment, fix: Sequence[Change]) -> ReviewedDepartment:
    """The department's part as it would be with a fix."""
    return replace(department, rows=_rows(department, fix))


def mended_row(reviewed: ReviewedRow, fix: Sequence[Change], context: Context) -> ReviewedRow:
    """The row as it would be with the changes of a fix that concern it, read again."""
    printed = reviewed.printed
    for change in fix:
        printed = _OF_ROW[change.field](printed, change.new)
    return read_row(printed, context)


def _rows(sheet: Sheet, fix: Sequence[Change]) -> tuple[ReviewedRow, ...]:
    def of(number: int) -> list[Change]:
        return [one for one in fix if one.row == number and one.field in _OF_ROW]

    return tuple(
        mended_row(row, of(number), sheet.context) if of(number) else row
        for number, row in enumerate(sheet.rows)
    )


def _of_head(project: ReviewedProject, change: Change) -> ReviewedProject:
    if change.field is Field.MONEY_UNIT:
        return replace(project, money=_in_unit(project.money, change))
    if change.field is Field.PLAN and project.plan and change.row is not None:
        points = list(project.plan)
        share = Decimal(change.new.removesuffix("%")) / 100
        points[change.row] = replace(points[change.row], share=share)
        return replace(project, plan=tuple(points))
    return project


def _in_unit(money: Money, change: Change) -> Money:
    """Read the same printed amounts in another unit."""
    factor = YUAN_IN[change.new] / YUAN_IN[change.old]

    def again(amount: Decimal | None) -> Decimal | None:
        return None if amount is None else amount * factor

    return replace(
        money,
        total=again(money.total),
        fiscal=again(money.fiscal),
        other=again(money.other),
        carried_over=again(money.carried_over),
        unit=change.new,
    )
