"""``jixiao import``: what the imports of all kinds of files have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from domain.importing import ImportKind
from ops.cli import import_runs
from services.sampling import SAMPLED, sample_name, sample_of

app = typer.Typer(no_args_is_help=True, help="文件导入。")
import_runs.register(app)


@app.callback()
def importing() -> None:
    """文件导入。"""


@app.command("sample")
def sample(
    kind: Annotated[
        ImportKind,
        typer.Argument(metavar="KIND", help=f"表格的类别：{'、'.join(SAMPLED)}"),
    ],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="写到哪个文件；默认为当前文件夹")
    ] = None,
) -> None:
    """写出一份填报模板：表头和一行示例，导入时示例行自动略去。"""
    if kind not in SAMPLED:
        raise typer.BadParameter("申报表按原表填写，没有数据表模板。", param_hint="KIND")
    path = out or Path(sample_name(kind))
    try:
        path.write_bytes(sample_of(kind))
    except OSError as problem:
        raise typer.BadParameter(f"写不了文件：{path}（{problem.strerror}）。") from problem
    typer.echo(f"已写出：{path}")
