"""``jixiao events``: the log itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from ops.cli.context import open_services
from services.log.reading import LoggedEvent
from services.reading_log import read_all, read_page

app = typer.Typer(no_args_is_help=True, help="事件记录。")


@app.command("tail")
def tail(
    count: Annotated[int, typer.Option("--lines", "-n", help="最近多少条")] = 20,
) -> None:
    """显示最近的事件，一行一条 JSON。"""
    with open_services() as services:
        for entry in read_page(services.log, max(0, services.log.head() - count), count):
            typer.echo(line_of(entry))


@app.command("export")
def export(
    file: Annotated[Path | None, typer.Argument(help="写到哪个文件，默认标准输出")] = None,
    after: Annotated[int, typer.Option(help="从哪个位置之后开始")] = 0,
) -> None:
    """导出全部事件，一行一条 JSON。"""
    with open_services() as services:
        lines = (line_of(entry) for entry in read_all(services.log, after))
        if file is None:
            sys.stdout.writelines(f"{line}\n" for line in lines)
        else:
            with file.open("w", encoding="utf-8") as target:
                target.writelines(f"{line}\n" for line in lines)


def line_of(entry: LoggedEvent) -> str:
    """An event as one line of JSON: place, time, metadata, topic, fields."""
    event = entry.event
    hidden = {"originator_id", "originator_version", "timestamp", "originator_topic"}
    fields = {name: value for name, value in vars(event).items() if name not in hidden}
    return msgspec.json.encode(
        {
            "position": entry.position,
            "recorded_at": entry.recorded_at,
            "stream": event.originator_id,
            "version": event.originator_version,
            "topic": type(event).TOPIC,
            "meta": entry.meta,
            "data": fields,
        }
    ).decode()
