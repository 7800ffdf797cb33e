"""``jixiao projection``: how far the read tables are, and how to mend them."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from ops.cli.context import FINDINGS, open_services, say
from services.readmodel.documents import plain
from services.skipping import skip as skip_event

app = typer.Typer(no_args_is_help=True, help="读数表。")


@app.command("status")
def status(as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False) -> None:
    """显示各组读数表读到哪里、停在何处、搁置了哪些事件。"""
    with open_services() as services:
        head = services.log.head()
        families = services.projector.status()
        parked = services.projector.parked()
    if as_json:
        answer = {"head": head, "families": plain(families), "parked": plain(parked)}
        typer.echo(json.dumps(answer, ensure_ascii=False))
    else:
        for family in families:
            stands = f"停在此处：{family.halted_by}" if family.halted_by else "正常"
            typer.echo(f"{family.family:<10} {family.position}/{head}  {stands}")
        for event in parked:
            word = "已跳过" if event.skipped else "搁置"
            typer.echo(f"{word} {event.family} {event.position} {event.topic}：{event.error}")
    waiting = any(not event.skipped for event in parked)
    if waiting or any(family.halted_by for family in families):
        raise typer.Exit(FINDINGS)


@app.command("rebuild")
def rebuild() -> None:
    """由事件重建全部读数表；重建期间画面照常可看，完成后一次切换。"""
    with open_services() as services:
        position = services.projector.rebuild(say)
    typer.echo(f"重建完成，读到 {position}。")


@app.command("resume")
def resume(family: Annotated[str, typer.Argument(help="哪一组读数表")]) -> None:
    """程序修好之后，让一组停住的读数表从停处再试。"""
    with open_services() as services:
        services.projector.resume(family)
        services.projector.catch_up()
    typer.echo("已继续。")


@app.command("skip")
def skip(
    family: Annotated[str, typer.Argument(help="哪一组读数表")],
    position: Annotated[int, typer.Argument(help="跳过哪个位置的事件")],
    reason: Annotated[str, typer.Option(help="理由，记入事件")],
) -> None:
    """让一组停住的读数表跳过一条无法处理的事件；理由记入事件。"""
    with open_services() as services:
        skip_event(
            services.log,
            services.projector,
            family,
            position,
            reason=reason,
            meta=services.meta("cli"),
        )
    typer.echo("已记录，该组将继续。")
