"""``jixiao form``: what a declaration form says, as the service reads it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from ops.cli.context import FINDINGS, open_services
from services.bootstrap import Services
from services.clock import today
from services.declaring import declare
from services.founding import opened
from services.intake.forms.declaration import (
    Declaration,
    DeclaredIndicator,
    DepartmentGoals,
    FileReading,
    Finding,
)
from services.intake.forms.entries import form_entries
from services.intake.forms.reading import read_file

app = typer.Typer(name="form", help="绩效目标申报表：读取与审核。", no_args_is_help=True)

_WIDTHS = (20, 44, 16, 14)
_KINDS = {
    "cumulative": "累计",
    "level": "水平",
    "ceiling": "上限",
    "date": "日期",
    "qualitative": "定性",
    "not_applicable": "不适用",
    "broken": "残缺",
}


@app.callback()
def form() -> None:
    """绩效目标申报表：读取与审核。"""


@app.command()
def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="申报表文件。")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="按接口约定输出JSON。")] = False,
) -> None:
    """读取申报表，列出项目、指标和问题；任一文件有内容可读即为成功。"""
    readings = [read_file(path) for path in files]
    if as_json:
        answer = [reading.to_json() for reading in readings]
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2).encode())
    else:
        for reading in readings:
            typer.echo("\n".join(_lines(reading)).encode())
    if all(reading.is_empty for reading in readings):
        raise typer.Exit(1)


@app.command("import")
def import_forms(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="申报表文件。")],
    *,
    year: Annotated[int | None, typer.Option(help="预算年度；表内未印年度时须填")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="只核对，不写入")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出JSON")] = False,
) -> int:
    """申报表入库：每个项目成为一个绩效目标；重复导入不增加，内容变了则成为待审的目标调整。"""
    readings = [read_file(path) for path in files]
    with open_services() as services:
        rows = list(_taken(services, readings, year, preview=preview))
    if as_json:
        typer.echo(json.dumps([row._asdict() for row in rows], ensure_ascii=False))
    else:
        for row in rows:
            problem = f"：{row.problem}" if row.problem else ""
            typer.echo(f"{_OUTCOMES[row.outcome]}  {row.project_name}{problem}")
    return FINDINGS if not rows or any(row.problem for row in rows) else 0


class _Row(NamedTuple):
    """What became of one project of a form."""

    project_name: str
    outcome: str
    problem: str | None


def _taken(
    services: Services, readings: list[FileReading], year: int | None, *, preview: bool
) -> Iterator[_Row]:
    """Declare what can be declared; a preview runs the same reading and stops before."""
    meta = services.meta("cli")
    if preview:
        region = services.region
    else:
        region = opened(services.log, services.settings.region, meta).region
    for entry in form_entries(readings, region=region, fiscal_year=year):
        if entry.declaration is None:
            yield _Row(entry.project_name, "refused", entry.problem)
        elif preview:
            yield _Row(entry.project_name, "preview", None)
        else:
            done = declare(services.log, entry.declaration, on=today(services.clock), meta=meta)
            yield _Row(entry.project_name, done.outcome.value, None)


_OUTCOMES = {
    "declared": "已申报",
    "unchanged": "无变化",
    "revision_proposed": "待审调整",
    "preview": "可入库",
    "refused": "未入库",
}


def _lines(reading: FileReading) -> Iterator[str]:
    count = sum(len(declared.indicators) for declared in reading.declarations)
    yield f"{reading.file}：{len(reading.declarations)}个项目，{count}项绩效指标"
    yield from (f"  {_finding(error)}" for error in reading.errors)
    for part in reading.department_goals:
        yield from _department(part)
    for declared in reading.declarations:
        yield from _declaration(declared)


def _department(part: DepartmentGoals) -> Iterator[str]:
    yield ""
    yield f"部门整体绩效目标（{part.fiscal_year or '年度不明'}）：{len(part.goals)}项分项目标"
    for goal in part.goals:
        yield f"  {goal.name}"
        yield from map(_indicator, goal.indicators)
    yield from (f"  {_finding(finding)}" for finding in part.findings)


def _declaration(declared: Declaration) -> Iterator[str]:
    budget = declared.annual_budget
    plan = declared.spending_plan or ()
    shares = "、".join(f"{point.on:%m-%d} {point.share:.0%}" for point in plan) or "无"
    yield ""
    yield f"{declared.project_name or '（无项目名称）'}"
    yield (
        f"  {declared.project_code or '无编码'}  {declared.implementing_unit or '无单位'}  "
        f"{declared.fiscal_year or '年度不明'}  预算{budget.total or '空'}{budget.unit or ''}  "
        f"支出计划：{shares}"
    )
    yield from map(_indicator, declared.indicators)
    yield from (f"  {_finding(finding)}" for finding in declared.findings)


def _indicator(row: DeclaredIndicator) -> str:
    level = row.indicator_category or row.indicator_class or ""
    kind = _KINDS[row.proposal.kind.value] + ("·待核实" if row.proposal.to_confirm else "")
    cells = (level, row.name or "", row.value_text or "", kind)
    padded = "  ".join(_pad(text, width) for text, width in zip(cells, _WIDTHS, strict=True))
    return f"  {padded}  {row.where}"


def _finding(finding: Finding) -> str:
    return f"{finding.where or '-'} {finding.rule} {finding.severity}: {finding.message}"


def _pad(text: str, width: int) -> str:
    """Fill up to a width in which a Chinese character takes two columns."""
    shown = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
    return text + " " * max(0, width - shown)
