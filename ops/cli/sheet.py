"""``jixiao sheet``: the official sheets, filled from the record."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from domain.importing import ImportKind
from domain.store import StoreKind
from ops.cli import table_import
from ops.cli.context import open_services, say
from services.founding import store_on_record
from services.self_evaluating import file_name, self_evaluate
from services.sheets.self_evaluation import write_self_evaluation

app = typer.Typer(no_args_is_help=True, help="官方表格。")
table_import.register(app, ImportKind.MONITORING, "导入绩效监控表。", "import-monitoring")
table_import.register(
    app, ImportKind.SELF_EVALUATIONS, "导入绩效自评表。", "import-self-evaluation"
)


@app.command("self-evaluation")
def self_evaluation(
    targets: Annotated[
        list[UUID] | None, typer.Argument(help="绩效目标编号；不填则为该年度全部项目")
    ] = None,
    year: Annotated[int | None, typer.Option(help="预算年度，默认为最新年度")] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="数据截至，默认年末"),
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="写到哪个文件夹")] = Path(),
) -> None:
    """按记录填好《项目支出绩效自评表》，每个项目一个 .xlsx。"""
    out.mkdir(parents=True, exist_ok=True)
    with open_services() as services:
        services.projector.catch_up()
        read = services.read_model
        years = read.fiscal_years()
        if not years:
            raise typer.BadParameter("还没有绩效目标。请先用 jixiao form import 导入申报表。")
        chosen = year or years[0]
        moment = read.moment(chosen, as_of.date() if as_of else date(chosen, 12, 31))
        store = store_on_record(services.log)
        synthetic = store is not None and store.kind is StoreKind.DEMO
        ids = targets or [one.picture.target_id for one in read.judged_year(moment).targets]
        for number, target_id in enumerate(ids, 1):
            made = self_evaluate(read, target_id, moment, synthetic=synthetic)
            path = out / file_name(made.sheet, made.detail.judged.picture.project_code)
            write_self_evaluation(made.sheet, path)
            say(f"{number}/{len(ids)}  {path}")
    typer.echo(f"已写出{len(ids)}份自评表。")
