"""``jixiao target submit|return|approve|review``: a declaration on its way to approval."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated
from uuid import UUID

import typer

from domain.review.finding import Finding, Severity
from domain.target import Target
from ops.cli.context import FINDINGS, open_services
from services.approving import (
    Approval,
    ApprovalDesk,
    Return,
    approve,
    give_back,
    review_target,
    submit,
)
from services.bootstrap import Services
from services.clock import today
from services.readmodel.documents import plain

TargetId = Annotated[UUID, typer.Argument(help="绩效目标编号")]
On = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="日期，默认为今天")]

_SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}


def register(app: typer.Typer) -> None:
    """Add the commands to ``jixiao target``."""
    app.command("review")(review)
    app.command("submit")(submit_target)
    app.command("return")(return_target)
    app.command("approve")(approve_target)


def review(
    target_id: TargetId,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """审核一个项目的绩效目标；有错误时以 1 结束。"""
    with open_services() as services:
        services.projector.catch_up()
        target = services.log.get(Target, target_id)
        findings = review_target(services.read_model, target).findings
    if as_json:
        typer.echo(json.dumps(plain(findings), ensure_ascii=False))
    else:
        typer.echo(f"{target.declaration.project_name}：{target.standing.stage.label}")
        typer.echo("\n".join(_lines(findings)) or "  没有审核意见。")
    if any(one.severity is Severity.ERROR for one in findings):
        raise typer.Exit(FINDINGS)


def _lines(findings: Iterable[Finding]) -> Iterable[str]:
    for one in findings:
        about = f"“{one.indicator}”：" if one.indicator else ""
        yield f"  {_SEVERITIES[one.severity]} {one.check}  {about}{one.message}"


def submit_target(target_id: TargetId, on: On = None) -> None:
    """送审。"""
    with open_services() as services:
        desk = _desk(services)
        day = on.date() if on else desk.today
        done = submit(desk, target_id, day, meta=services.meta("cli"))
    typer.echo(f"已送审（{done.last_position}）。")


def return_target(
    target_id: TargetId,
    reason: Annotated[str, typer.Option(help="退回理由")],
    on: On = None,
    check: Annotated[
        list[str] | None,
        typer.Option(help="随附的审核意见（审核项编号），可多次；默认全部错误和警告"),
    ] = None,
) -> None:
    """退回，附理由和审核意见。"""
    with open_services() as services:
        desk = _desk(services)
        returned = Return(on.date() if on else desk.today, reason, check or None)
        done = give_back(desk, target_id, returned, meta=services.meta("cli"))
    typer.echo(f"已退回（{done.last_position}）。")


def approve_target(
    target_id: TargetId,
    on: On = None,
    document_no: Annotated[str | None, typer.Option(help="批复文号")] = None,
    *,
    outside: Annotated[
        bool, typer.Option("--outside", help="财政已在系统之外批复：照录，不以审核错误为由拒绝")
    ] = False,
) -> None:
    """批复；审核还有错误时不能批复。"""
    with open_services() as services:
        desk = _desk(services)
        approval = Approval(on.date() if on else desk.today, document_no, outside)
        done = approve(desk, target_id, approval, meta=services.meta("cli"))
    typer.echo(f"已批复（{done.last_position}）。")


def _desk(services: Services) -> ApprovalDesk:
    services.projector.catch_up()
    return ApprovalDesk(services.log, services.read_model, today(services.clock))
