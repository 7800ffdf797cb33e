"""``jixiao baseline``: what indicators came to in the years before."""

from __future__ import annotations

import typer

from domain.importing import ImportKind
from ops.cli import table_import

app = typer.Typer(no_args_is_help=True, help="指标的上年完成值。")
table_import.register(app, ImportKind.BASELINES, "导入指标的上年完成值。")


@app.callback()
def baseline() -> None:
    """指标的上年完成值。"""
