"""``jixiao import runs|cancel|resume|mappings|forget``: how imports go, and what is remembered."""

from __future__ import annotations

import json
from typing import Annotated
from uuid import UUID

import typer

from domain.importing import ImportKind
from ops.cli.context import say
from ops.cli.incoming import Desk, open_desk, tell, telling_how_to_go_on
from services.drafting import DraftDesk
from services.intake.runs import RunState
from services.readmodel.documents import plain
from services.remembering import forget, remembered, said_of
from services.resuming import resume_all, resume_run
from services.running import Standing, cancel_run, standings

Json = Annotated[bool, typer.Option("--json", help="输出 JSON")]
Id = Annotated[UUID, typer.Argument(metavar="ID", help="导入编号，见 jixiao import runs")]

_STATES = {
    RunState.RUNNING: "进行中",
    RunState.CANCELLED: "已取消",
    RunState.BROKEN: "中断",
    RunState.DONE: "已完成",
}


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("runs")(runs)
    app.command("cancel")(cancel)
    app.command("resume")(resume)
    app.command("mappings")(mappings)
    app.command("forget")(forget_mapping)


def runs(
    unfinished: Annotated[bool, typer.Option("--unfinished", help="只列未完成的")] = False,
    as_json: Json = False,
) -> None:
    """列出各次导入的进度，最近的在前。"""
    with open_desk() as desk:
        found = standings(desk.services.log, desk.lookups, unfinished=unfinished)
    if as_json:
        typer.echo(json.dumps([plain(one) for one in found], ensure_ascii=False))
        return
    for one in found:
        typer.echo(_line(one))
    if not found:
        typer.echo("没有导入。", err=True)


def _line(one: Standing) -> str:
    run = one.run
    rows = "未入库" if one.rows is None else f"{one.rows_done}/{one.rows}行"
    when = f"{run.started_at:%Y-%m-%d %H:%M}" if run.started_at else ""
    return f"{run.import_id}  {_STATES[run.state]}  {rows}  {run.name}  {run.actor}  {when}"


def cancel(import_id: Id) -> None:
    """请一次进行中的导入停下：当前一批入库后停止，已入库的保留。"""
    with open_desk() as desk:
        cancel_run(desk.services.log, desk.lookups, import_id)
    typer.echo(f"已请其停止。继续：jixiao import resume {import_id}")


def resume(
    import_id: Annotated[
        UUID | None,
        typer.Argument(metavar="[ID]", help="导入编号；不填则接着进行所有中断（不含已取消）的"),
    ] = None,
    as_json: Json = False,
) -> None:
    """接着进行取消或中断的导入；已入库的行不重复入库。"""
    with open_desk() as desk:
        if import_id is None:
            reports = list(
                resume_all(desk.services.log, desk.lookups, today=desk.today, progress=say)
            )
        else:
            with telling_how_to_go_on(import_id):
                report = resume_run(_draft_desk(desk), import_id, say)
            reports = [report] if report else []
        desk.services.projector.catch_up()
    if not reports:
        typer.echo("没有中断的导入。", err=True)
    for one in reports:
        tell(one, as_json=as_json)


def _draft_desk(desk: Desk) -> DraftDesk:
    return DraftDesk(desk.services.log, desk.lookups, desk.region, desk.meta, desk.services.clock())


def mappings(as_json: Json = False) -> None:
    """列出记住的列对应关系：同样表头的文件照此读取。"""
    with open_desk() as desk:
        found = remembered(desk.lookups)
    if as_json:
        typer.echo(json.dumps([plain(one) for one in found], ensure_ascii=False))
        return
    for one in found:
        said = "、".join(f"{heading}={name or '-'}" for heading, name in said_of(one))
        typer.echo(f"{one.kind} {one.fingerprint}  {said}  （{one.file_name}，{one.actor}）")
    if not found:
        typer.echo("没有记住的对应关系。", err=True)


def forget_mapping(
    kind: Annotated[ImportKind, typer.Argument(metavar="KIND", help="文件类别")],
    fingerprint: Annotated[str, typer.Argument(metavar="ID", help="见 jixiao import mappings")],
) -> None:
    """忘记一条对应关系；已入库的不变。"""
    with open_desk() as desk:
        forget(desk.lookups, kind, fingerprint)
    typer.echo("已忘记。此后同样表头的文件只按表头读取。")
