"""``jixiao form``: what a declaration form says, as the service reads it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from domain.approval import GivenApproval
from ops.cli import form_check, form_write
from ops.cli.context import FINDINGS
from ops.cli.incoming import STDIN, Desk, lines_of, open_desk, refuse, sent
from services.declaring import DeclaredAs
from services.importing_declarations import (
    DeclarationsReport,
    import_declarations,
    preview_declarations,
)
from services.intake.forms.declaration import (
    Declaration,
    DeclaredIndicator,
    DepartmentGoals,
    FileReading,
    Finding,
)
from services.intake.forms.file import read_form_file
from services.readmodel.documents import plain
from services.recording import BadLinesError, Upload

app = typer.Typer(name="form", help="绩效目标申报表：读取、审核与改写。", no_args_is_help=True)

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
    """绩效目标申报表：读取、审核与改写。"""


@app.command()
def read(
    files: form_check.Files,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="按接口约定输出JSON。")] = False,
) -> None:
    """读取申报表，列出项目、指标和问题；任一文件有内容可读即为成功。"""
    readings = [_read(path) for path in files]
    if as_json:
        answer = [reading.to_json() for reading in readings]
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2).encode())
    else:
        for reading in readings:
            typer.echo("\n".join(_lines(reading)).encode())
    if all(reading.is_empty for reading in readings):
        raise typer.Exit(1)


def _read(path: Path) -> FileReading:
    return read_form_file(*sent(path)) if path == STDIN else read_form_file(path)


app.command("check")(form_check.check)
app.command("checks")(form_check.checks)
app.command("write")(form_write.write)


@app.command("import")
def import_forms(
    files: form_check.Files,
    *,
    year: Annotated[
        int | None, typer.Option(help="预算年度，表内未印年度时用；默认为最新年度")
    ] = None,
    accept_bad_lines: Annotated[
        bool, typer.Option("--accept-bad-lines", help="不能申报的项目略去，其余入库")
    ] = False,
    approved_on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="财政已批复的：批复日期；不填入库后为草稿"),
    ] = None,
    document_no: Annotated[str | None, typer.Option(help="批复文号")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="只看，不入库")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """申报表入库：每个项目成为一个绩效目标；内容变了的成为待审的目标调整。"""
    approval = GivenApproval(approved_on.date(), document_no) if approved_on else None
    with open_desk() as desk:
        region = desk.region if preview else desk.found()
        uploads = [
            Upload(
                *sent(file),
                region,
                desk.year(year),
                accept_bad_lines=accept_bad_lines,
                approval=approval,
            )
            for file in files
        ]
        try:
            reports = [_work(desk, upload, preview=preview) for upload in uploads]
        except BadLinesError as problem:
            refuse(problem, as_json=as_json)
            return
    if as_json:
        typer.echo(json.dumps(plain(reports), ensure_ascii=False))
    else:
        typer.echo("\n".join(line for report in reports for line in _told(report)))
    if any(report.summary.refused for report in reports):
        raise typer.Exit(FINDINGS)


def _work(desk: Desk, upload: Upload, *, preview: bool) -> DeclarationsReport:
    log, day = desk.services.log, desk.today
    if preview:
        return preview_declarations(log, upload, today=day)
    return import_declarations(log, upload, meta=desk.meta, today=day)


def _told(report: DeclarationsReport) -> Iterator[str]:
    yield from lines_of(report.summary)
    yield from (f"  {_OUTCOMES[one.outcome]}  {one.project_name}" for one in report.targets)


_OUTCOMES = {
    DeclaredAs.NEW: "新申报",
    DeclaredAs.UNCHANGED: "无变化",
    DeclaredAs.REVISION: "待审调整",
    DeclaredAs.APPROVED: "已批复",
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
