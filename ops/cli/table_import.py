"""``import`` of the nouns whose tables come in alike: funds, baselines, units, targets, sheets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from domain.importing import ImportKind
from ops.cli.incoming import Map, look, mapping_said, open_desk, refuse, sent, store, tell
from services.recording import BadLinesError, Upload

_File = Annotated[
    Path, typer.Argument(metavar="FILE", help="xlsx、xls、csv 等表格文件；- 为标准输入")
]
_Year = Annotated[int | None, typer.Option(help="预算年度，默认为最新年度")]
_AcceptBadLines = Annotated[
    bool, typer.Option("--accept-bad-lines", help="不能读取的行略去，其余入库")
]
_Preview = Annotated[bool, typer.Option("--preview", "--dry-run", help="只看，不入库")]
_Json = Annotated[bool, typer.Option("--json", help="输出 JSON")]


def register(app: typer.Typer, kind: ImportKind, told: str, name: str = "import") -> None:
    """Add the command that brings in tables of a kind; ``told`` is its help, in Chinese."""

    @app.command(name, help=f"{told}同一文件再次导入不重复入库，中断的导入接着进行。")
    def bring_in(  # the options of a command
        file: _File,
        year: _Year = None,
        said: Map = None,
        accept_bad_lines: _AcceptBadLines = False,
        preview: _Preview = False,
        as_json: _Json = False,
    ) -> None:
        mapping = mapping_said(kind, said)
        content, shown = sent(file)
        with open_desk() as desk:
            upload = Upload(
                content,
                shown,
                desk.region if preview else desk.found(),
                desk.year(year),
                accept_bad_lines=accept_bad_lines,
                mapping=mapping,
            )
            try:
                report = (look if preview else store)(desk, upload, kind)
            except BadLinesError as problem:
                refuse(problem, as_json=as_json)
                return
        tell(report, as_json=as_json)
