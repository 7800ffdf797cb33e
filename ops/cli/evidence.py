"""``jixiao evidence``: files that prove what was reported."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID, uuid4

import typer

from domain.evidence import EvidenceStage, Proves
from ops.cli.context import USAGE, open_services
from services.access.visitor import Visitor
from services.attaching import End, EvidenceUpload, attach, hand_out, redact, withdraw
from services.evidence.media import label_of
from services.readmodel.documents import plain
from services.readmodel.evidence import EvidenceRow

app = typer.Typer(no_args_is_help=True, help="佐证材料。")

EvidenceId = Annotated[UUID, typer.Argument(help="佐证材料编号")]
Reason = Annotated[str, typer.Option(help="理由")]
On = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="日期，默认为今天")]


@app.command("list")
def list_files(
    target_id: Annotated[UUID, typer.Argument(help="绩效目标编号")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """列出一个项目的佐证材料，已撤回、已销毁的也列出。"""
    with open_services() as services:
        services.projector.catch_up()
        services.read_model.target(target_id)
        rows = services.read_model.evidence_files.of_target(target_id, services.log.head())
    if as_json:
        typer.echo(json.dumps(plain(rows), ensure_ascii=False))
    else:
        typer.echo("\n".join(map(_line, rows)) or "还没有佐证材料。")


def _line(one: EvidenceRow) -> str:
    name = one.name or "（已销毁）"
    stage = EvidenceStage(one.stage).label
    return (
        f"{one.evidence_id}  {stage}  {label_of(one.media_type)}  {one.size}字节  "
        f"{name}  校验值{one.sha256[:12]}"
    )


@app.command("attach")
def attach_files(
    target_id: Annotated[UUID, typer.Argument(help="绩效目标编号")],
    files: Annotated[list[Path], typer.Argument(help="文件", exists=True, dir_okay=False)],
    indicator: Annotated[UUID | None, typer.Option(help="证明哪个指标（编号）")] = None,
    reported_on: Annotated[
        datetime | None,
        typer.Option("--reported-on", formats=["%Y-%m-%d"], help="证明截至哪天的完成值"),
    ] = None,
    part: Annotated[int, typer.Option(help="一格两数时第几个，从0起")] = 0,
) -> None:
    """上传佐证材料；同一文件再传不重复。"""
    with open_services() as services:
        proves = Proves(target_id, indicator, part, reported_on.date() if reported_on else None)
        desk = services.evidence_desk
        for file in files:
            upload = EvidenceUpload(proves, file.name, file.read_bytes(), desk.today)
            done = attach(desk, upload, meta=services.meta("cli"))
            said = "已有，未重复上传" if done.known else "已上传"
            typer.echo(f"{file.name}：{said}（{done.evidence_id}）。{done.remark or ''}")


@app.command("get")
def get_file(
    evidence_id: EvidenceId,
    out: Annotated[Path | None, typer.Option("--out", help="存为；默认用原文件名")] = None,
) -> None:
    """取回一份佐证材料；谁在何时取走会留下记录。已有的文件不覆盖。"""
    with open_services() as services:
        here = Visitor("console", "jixiao", uuid4().hex, services.clock())
        found = hand_out(services.evidence_desk, evidence_id, here)
    place = out or Path(found.name)
    try:
        with place.open("xb") as file:
            file.write(found.content)
    except OSError as problem:
        typer.echo(f"不能写入“{place}”：{problem.strerror}。请用 --out 指定其他位置。", err=True)
        raise typer.Exit(USAGE) from problem
    typer.echo(f"已存为 {place}。")


@app.command("withdraw")
def withdraw_file(evidence_id: EvidenceId, reason: Reason, on: On = None) -> None:
    """撤回：不再作为佐证；再传同一文件即恢复。"""
    typer.echo(f"已撤回（{_ended(withdraw, evidence_id, reason, on)}）。")


@app.command("redact")
def redact_file(evidence_id: EvidenceId, reason: Reason, on: On = None) -> None:
    """销毁：任何人都不能再读，只留校验值；不能恢复。"""
    typer.echo(f"已销毁（{_ended(redact, evidence_id, reason, on)}）。")


def _ended(end: End, evidence_id: UUID, reason: str, on: datetime | None) -> int:
    """The position of what was recorded."""
    with open_services() as services:
        desk, day = services.evidence_desk, on.date() if on else None
        return end(desk, evidence_id, reason, on=day, meta=services.meta("cli")).last_position
