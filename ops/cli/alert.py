"""``jixiao alert``: which lags there are, why, and what was said about them."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated
from uuid import UUID

import typer

from domain.alert import Cause, Explanation
from ops.cli.context import open_services
from services.alerting import explain as explain_alert
from services.clock import today
from services.readmodel.documents import plain

app = typer.Typer(no_args_is_help=True, help="预警处理。")

Json = Annotated[bool, typer.Option("--json", help="输出 JSON")]
AlertId = Annotated[UUID, typer.Argument(help="预警编号")]

STATES = {
    "firing": "待说明",
    "explained": "已说明",
    "recovered_unexplained": "已恢复、待说明",
    "resolved": "已销号",
}


@app.command("list")
def list_alerts(
    year: Annotated[int | None, typer.Option(help="预算年度，默认为最新年度")] = None,
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="哪一天的状态")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="连已销号的一起列出")] = False,
    as_json: Json = False,
) -> None:
    """列出预警，红灯在前。"""
    with open_services() as services:
        services.projector.catch_up()
        read = services.read_model
        years = read.fiscal_years() or [today(services.clock).year]
        day = as_of.date() if as_of else today(services.clock)
        rows = read.alerts(read.moment(year or years[0], day))
    chosen = [row for row in rows if everything or row.state != "resolved"]
    if as_json:
        typer.echo(json.dumps(plain(chosen), ensure_ascii=False))
        return
    for row in chosen:
        owed = "（应报说明）" if row.owed else ""
        typer.echo(f"{row.alert_id}  {STATES[row.state]}{owed}  {row.sentence}")


@app.command("show")
def show(alert_id: AlertId, as_json: Json = False) -> None:
    """显示一条预警的经过和当时的依据。"""
    with open_services() as services:
        services.projector.catch_up()
        row = services.read_model.alert(alert_id)
        steps = services.read_model.alert_steps(alert_id)
    if as_json:
        typer.echo(json.dumps({"alert": plain(row), "steps": plain(steps)}, ensure_ascii=False))
        return
    typer.echo(f"{row.project_name}（{row.unit_name}） {STATES[row.state]}")
    for step in steps:
        typer.echo(f"{step.on_day}  {step.sentence}")
        for name, text in step.inputs:
            typer.echo(f"              {name} = {text}")


@app.command("explain")
def explain(
    alert_id: AlertId,
    cause: Annotated[Cause, typer.Option(help="原因类别")],
    text: Annotated[str, typer.Option(help="原因说明")],
    detail: Annotated[str | None, typer.Option(help="实际情形，如：上级资金下达晚")] = None,
    promised_on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="承诺完成日期")
    ] = None,
) -> None:
    """填报原因说明。"""
    with open_services() as services:
        promise = promised_on.date() if promised_on else None
        done = explain_alert(
            services.log,
            alert_id,
            Explanation(cause, text, detail, promise),
            on=today(services.clock),
            meta=services.meta("cli"),
        )
    typer.echo(f"已记录（{done.last_position}）。")
