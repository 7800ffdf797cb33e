"""``jixiao target form``: targets written out as declaration forms."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from ops.cli.context import open_services
from services.access.samples import is_sample
from services.bootstrap import Services
from services.clock import today
from services.readmodel.moment import Moment
from services.sheets.declaration_form.differences import Difference
from services.sheets.declaration_form.forms import FileFormat, TemplateKey
from services.writing_forms import imprint_of, write_forms

Out = Annotated[Path, typer.Option("--out", "-o", help="写到哪个文件")]
Form = Annotated[TemplateKey, typer.Option("--form", help="表样：财政部统一表样或河北省表样")]
As = Annotated[FileFormat | None, typer.Option("--as", help="文件格式，默认按文件名的后缀")]


def register(app: typer.Typer) -> None:
    """Add the command to ``jixiao target``."""
    app.command("form")(form)


def form(
    targets: Annotated[list[UUID], typer.Argument(metavar="TARGET…", help="绩效目标编号")],
    *,
    out: Out,
    template: Form = TemplateKey.STANDARD,
    format_: As = None,
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="哪一天的绩效目标")
    ] = None,
) -> None:
    """把绩效目标写成申报表，几个项目写在一个文件里；表样装不下的内容列出，并在表下注明。"""
    written_as = format_of(out, format_)
    with open_services() as services:
        services.projector.catch_up()
        read = services.read_model
        moments = [_moment(services, target, as_of) for target in targets]
        declared = [
            read.detail(target, moment).declaration
            for target, moment in zip(targets, moments, strict=True)
        ]
        imprint = imprint_of(moments[0], synthetic=is_sample(services.log))
        found = write_forms(declared, template, written_as, imprint)
    out.write_bytes(found.content)
    for one in found.differences:
        typer.echo(line_of(one), err=True)
    typer.echo(f"已写出{len(declared)}份申报表：{out}")


def format_of(out: Path, asked: FileFormat | None) -> FileFormat:
    """The format that was asked for, else that of the file's ending; a usage error without."""
    if asked is not None:
        return asked
    try:
        return FileFormat(out.suffix.lower().removeprefix("."))
    except ValueError:
        endings = "、".join(f".{known}" for known in FileFormat)
        message = f"文件名须以{endings}结尾，或用 --as 指明格式。"
        raise typer.BadParameter(message, param_hint="--out") from None


def _moment(services: Services, target: UUID, as_of: datetime | None) -> Moment:
    year = services.read_model.target(target).fiscal_year
    return services.read_model.moment(year, as_of.date() if as_of else today(services.clock))


def line_of(one: Difference) -> str:
    """Tell a difference to somebody at the terminal."""
    why = one.why or "读法不同，请核对"
    return f"{one.place}：申报为{one.declared}，再导入时为{one.read}（{why}）"
