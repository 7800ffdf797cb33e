"""``jixiao fund``: allotments of budgets, and their adjustments."""

from __future__ import annotations

import typer

from domain.importing import ImportKind
from ops.cli import table_import

app = typer.Typer(no_args_is_help=True, help="预算指标：下达、追加、追减。")
table_import.register(app, ImportKind.FUNDS, "导入预算指标下达和调整。")


@app.callback()
def fund() -> None:
    """预算指标：下达、追加、追减。"""
