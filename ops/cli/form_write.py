"""``jixiao form write``: a declaration form of any layout on a standard template."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ops.cli.context import FINDINGS
from ops.cli.incoming import sent
from ops.cli.target_form import As, Form, Out, format_of, line_of
from services.intake.forms.file import read_form_file
from services.rewriting_forms import rewrite
from services.sheets.declaration_form.forms import TemplateKey


def write(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="申报表文件；- 读标准输入。")],
    *,
    out: Out,
    template: Form = TemplateKey.STANDARD,
    format_: As = None,
    year: Annotated[int | None, typer.Option(help="预算年度，表内未印年度时用")] = None,
) -> None:
    """把任何版式的申报表（含部门整体绩效目标）改写成统一表样；装不下的逐条列出。"""
    made = rewrite(read_form_file(*sent(file)), template, format_of(out, format_), year)
    for problem in made.problems:
        typer.echo(problem, err=True)
    if made.written is None:
        typer.echo("没有可写出的申报表。用 jixiao form read 查看读出了什么。", err=True)
        raise typer.Exit(FINDINGS)
    for one in made.differences:
        typer.echo(line_of(one), err=True)
    out.write_bytes(made.written.content)
    typer.echo(f"已写出{made.forms}份申报表：{out}")
    if made.problems:
        raise typer.Exit(FINDINGS)
