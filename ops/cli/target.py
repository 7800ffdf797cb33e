"""``jixiao target``: what is declared, where it stands, what happened."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated
from uuid import UUID

import typer

from domain.importing import ImportKind
from domain.money import wan_text
from ops.cli import table_import, target_approval, target_confirm, target_form
from ops.cli.context import open_services
from services.clock import today
from services.readmodel.documents import plain
from services.readmodel.rows import StageStep

app = typer.Typer(no_args_is_help=True, help="项目台账。")
target_approval.register(app)
target_confirm.register(app)
target_form.register(app)
table_import.register(app, ImportKind.TARGETS, "导入省系统导出的绩效目标明细。")
table_import.register(
    app, ImportKind.PROJECT_CODES, "导入项目编码对照：没有编码的项目取得编码。", "import-codes"
)

Json = Annotated[bool, typer.Option("--json", help="输出 JSON")]
AsOf = Annotated[
    datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="数据截至哪一天")
]
KnownAt = Annotated[
    datetime | None, typer.Option("--known-at", formats=["%Y-%m-%d"], help="当时已录：哪一天终了")
]
TargetId = Annotated[UUID, typer.Argument(help="绩效目标编号")]


@app.command("list")
def list_targets(
    year: Annotated[int | None, typer.Option(help="预算年度，默认为最新年度")] = None,
    unit: Annotated[str | None, typer.Option(help="单位编码或名称")] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """列出一年的项目和两盏灯，最差的在前。"""
    with open_services() as services:
        services.projector.catch_up()
        read = services.read_model
        years = read.fiscal_years()
        if not years:
            typer.echo("还没有绩效目标。请用 jixiao form import 导入申报表。", err=True)
            return
        day = as_of.date() if as_of else today(services.clock)
        known = known_at.date() if known_at else None
        judged = read.judged_year(read.moment(year or years[0], day, known))
    chosen = [one for one in judged.targets if unit in (None, one.unit, one.picture.unit_name)]
    if as_json:
        typer.echo(json.dumps(plain(chosen), ensure_ascii=False))
        return
    for one in chosen:
        money, goals = one.standing.money, one.standing.goals
        typer.echo(
            f"{one.picture.target_id}  {one.picture.stage.label}"
            f"  {money.light.label} {goals.light.label} {goals.text or '-'}"
            f"  {wan_text(money.executed)}/{wan_text(money.budget)}万元"
            f"  {one.picture.project_name}（{one.picture.unit_name}）"
        )


@app.command("show")
def show(
    target_id: TargetId, as_of: AsOf = None, known_at: KnownAt = None, as_json: Json = False
) -> None:
    """显示一个项目：目标、灯、曲线、预警。"""
    with open_services() as services:
        services.projector.catch_up()
        read = services.read_model
        row = read.target(target_id)
        day = as_of.date() if as_of else today(services.clock)
        known = known_at.date() if known_at else None
        detail = read.detail(target_id, read.moment(row.fiscal_year, day, known))
    if as_json:
        typer.echo(json.dumps(plain(detail), ensure_ascii=False))
        return
    one = detail.judged
    typer.echo(f"{row.project_name}（{row.unit_name}） {row.project_code or '无编码'}")
    typer.echo(f"申报{one.picture.stage.label}{_since(detail.stages)}")
    typer.echo(f"资金灯 {one.standing.money.light.label}：{one.standing.money.reason}")
    typer.echo(f"目标灯 {one.standing.goals.light.label}：{one.standing.goals.text or '无'}")
    for known_one, standing in zip(
        one.picture.indicators, one.standing.goals.indicators, strict=False
    ):
        indicator = known_one.indicator
        typer.echo(
            f"  {indicator.category} {indicator.name} {indicator.value.text}："
            f"{standing.light.label}，{standing.reason}"
        )
    for alert in detail.alerts:
        typer.echo(f"预警 {alert.alert_id} {alert.state}：{alert.sentence}")


def _since(steps: tuple[StageStep, ...]) -> str:
    """The day of the last step, and why it was taken where somebody said so."""
    if not steps:
        return ""
    last = steps[-1]
    return "，".join(filter(None, (f"（{last.on_day}）", last.document_no, last.reason)))


@app.command("history")
def history(target_id: TargetId, as_json: Json = False) -> None:
    """列出一个项目的全部记录，最新的在前。"""
    with open_services() as services:
        services.projector.catch_up()
        services.read_model.target(target_id)
        lines = services.read_model.history(target_id)
    if as_json:
        typer.echo(json.dumps(plain(lines), ensure_ascii=False))
        return
    for line in lines:
        typer.echo(
            f"{line.position:>8}  {line.on_day or '          '}  {line.line}  [{line.actor}]"
        )
