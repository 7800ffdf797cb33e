"""Readings as a person checks them beside the form: one line a fact, nothing in between.

``python -m tests.form_listing`` writes the expected listings of ``tests/data/families`` anew;
whoever does reads them beside the forms.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from services.intake.forms.declaration import (
    Declaration,
    DeclaredIndicator,
    DepartmentGoals,
    FileReading,
    Finding,
    PrintedBudget,
)
from services.intake.forms.reading import read_file

FAMILIES = Path(__file__).parent / "data" / "families"


def listing(reading: FileReading) -> str:
    """All that was read."""
    return "\n".join(_lines(reading)) + "\n"


def _lines(reading: FileReading) -> Iterator[str]:
    yield from (f"! {error.where} {error.rule}" for error in reading.errors)
    for part in reading.department_goals:
        yield from _department(part)
    for declared in reading.declarations:
        yield from _project(declared)


def _department(part: DepartmentGoals) -> Iterator[str]:
    yield f"部门 {part.department} {part.department_code or '-'} {part.fiscal_year or '-'}"
    yield f"  总体目标 {_one_line(part.overall_objective)}"
    for goal in part.goals:
        yield f"  分项 {goal.name}：{_one_line(goal.objective)}"
        yield from map(_row, goal.indicators)
    yield from map(_finding, part.findings)


def _project(declared: Declaration) -> Iterator[str]:
    year = declared.fiscal_year or "-"
    yield f"项目 {declared.project_name} {declared.project_code or '-'} {year} ({declared.where})"
    unit = f"{declared.implementing_unit or '-'} {declared.implementing_unit_code or '-'}"
    yield f"  主管 {declared.supervising_department or '-'}　单位 {unit}"
    kind = f"{declared.project_nature or '-'}　期限 {declared.project_period or '-'}"
    yield f"  属性 {kind}　用途 {_one_line(declared.purpose)}"
    yield f"  年度 {_money(declared.annual_budget)}"
    if declared.medium_term_budget.to_json():
        yield f"  中期 {_money(declared.medium_term_budget)}"
    yield f"  年度目标 {_one_line(declared.annual_objective)}"
    if declared.medium_term_objective:
        yield f"  中期目标 {_one_line(declared.medium_term_objective)}"
    plan = declared.spending_plan or ()
    yield from (f"  支出计划 {point.on} {point.share}" for point in plan)
    yield from map(_row, declared.indicators)
    if declared.medium_term_indicators:
        yield "  中期指标"
        yield from map(_row, declared.medium_term_indicators)
    yield from map(_finding, declared.findings)


def _money(budget: PrintedBudget) -> str:
    said = f"{budget.total or '-'} = 财政 {budget.fiscal or '-'} + 其他 {budget.other or '-'}"
    carried = f" + 结转 {budget.carried_over}" if budget.carried_over else ""
    return f"{said}{carried} {budget.unit or '单位不明'}"


def _row(row: DeclaredIndicator) -> str:
    value = row.value
    number = "-" if value.number is None else f"{value.number:f}"
    read = f"{value.comparator or '无'} {number} {row.printed_unit or '-'}"
    day = f" {value.due_on}" if value.due_on else ""
    said = (
        f"{row.indicator_class}｜{row.indicator_category}｜{row.name}｜{_one_line(row.value_text)}"
    )
    more = {
        "权重": row.weight,
        "标准": row.scoring_standard,
        "说明": row.description,
        "依据": row.target_basis,
    }
    beside = "".join(f"　{name} {_one_line(text)}" for name, text in more.items() if text)
    open_rows = "".join(f" ?{one}" for one in row.proposal.to_confirm)
    return f"  {row.where} {said} → {read}{day} {row.proposal.kind}{open_rows}{beside}"


def _finding(finding: Finding) -> str:
    return f"  ! {finding.where} {finding.rule} {finding.severity}"


def _one_line(text: str | None) -> str:
    return "-" if text is None else text.replace("\n", "⏎")


def refresh() -> None:
    """Write every expected listing as the forms are read now."""
    for form in sorted(FAMILIES.glob("*.txt")):
        form.with_suffix(".expected").write_text(listing(read_file(form)), "utf-8")


if __name__ == "__main__":
    refresh()
