"""``jixiao achievement``: values of indicators in, by file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from domain.importing import ImportKind
from ops.cli.incoming import Map, look, mapping_said, open_desk, refuse, sent, store, tell
from services.recording import BadLinesError, Upload

app = typer.Typer(no_args_is_help=True, help="绩效指标完成值。")


@app.callback()
def achievement() -> None:
    """绩效指标完成值。"""


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="指标完成值文件；- 为标准输入")],
    cut_off: Annotated[
        datetime | None,
        typer.Option("--cut-off", formats=["%Y-%m-%d"], help="截至日期，文件没有该列时"),
    ] = None,
    year: Annotated[int | None, typer.Option(help="预算年度，默认为最新年度")] = None,
    said: Map = None,
    accept_bad_lines: Annotated[
        bool, typer.Option("--accept-bad-lines", help="不能读取的行略去，其余入库")
    ] = False,
    preview: Annotated[bool, typer.Option("--preview", "--dry-run", help="只看，不入库")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """导入指标完成值；对不上项目或指标、单位不能换算的行逐行列出。"""
    mapping = mapping_said(ImportKind.ACHIEVEMENTS, said)
    content, name = sent(file)
    with open_desk() as desk:
        upload = Upload(
            content,
            name,
            desk.region if preview else desk.found(),
            desk.year(year),
            accept_bad_lines=accept_bad_lines,
            cut_off=cut_off.date() if cut_off else None,
            mapping=mapping,
        )
        try:
            report = (look if preview else store)(desk, upload, ImportKind.ACHIEVEMENTS)
        except BadLinesError as problem:
            refuse(problem, as_json=as_json)
            return
    tell(report, as_json=as_json)
