"""``jixiao payment``: payment files in, lines mended, and claimed."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from domain.importing import ImportKind
from domain.payment import VoucherKey
from ops.cli import payment_claim, payment_rule
from ops.cli.context import say
from ops.cli.incoming import Desk, Map, look, mapping_said, open_desk, refuse, sent, store, tell
from ops.cli.payment_words import Kind, yuan_of
from services.importing_payments import proposed_complete_to, proposed_year
from services.readmodel.documents import plain
from services.recording import BadLinesError, ImportReport, Upload
from services.recording_payments import (
    LineCorrection,
    PaymentBatch,
    correct_payment,
    record_payments,
)
from services.resuming import resume_all

app = typer.Typer(no_args_is_help=True, help="国库支付数据。")
payment_claim.register(app)
app.add_typer(payment_rule.app, name="rule")

Json = Annotated[bool, typer.Option("--json", help="输出 JSON")]
Year = Annotated[int | None, typer.Option(help="预算年度，默认为最新年度")]


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="国库导出的支付文件；- 为标准输入")],
    kind: Annotated[
        Kind | None,
        typer.Option(help="凭证类型：payment 支付凭证，allocation 拨款凭证；默认看表头"),
    ] = None,
    complete_to: Annotated[
        datetime | None,
        typer.Option("--complete-to", formats=["%Y-%m-%d"], help="支付数据截至日"),
    ] = None,
    year: Year = None,
    said: Map = None,
    accept_bad_lines: Annotated[
        bool, typer.Option("--accept-bad-lines", help="不能读取的行略去，其余入库")
    ] = False,
    preview: Annotated[bool, typer.Option("--preview", "--dry-run", help="只看，不入库")] = False,
    as_json: Json = False,
) -> None:
    """导入支付文件；同一文件再次导入不重复入库，中断的导入接着进行。"""
    mapping = mapping_said(ImportKind.PAYMENTS, said)
    content, name = sent(file)
    with open_desk() as desk:
        upload = Upload(
            content,
            name,
            desk.region if preview else desk.found(),
            desk.year(year),
            complete_to.date() if complete_to else None,
            accept_bad_lines,
            kind.voucher if kind else None,
            mapping=mapping,
        )
        if year is None and not desk.services.read_model.fiscal_years():
            upload = _of_its_year(desk, upload)
        try:
            report = (look if preview else _import)(desk, upload, ImportKind.PAYMENTS)
        except BadLinesError as problem:
            refuse(problem, as_json=as_json)
            return
    tell(report, as_json=as_json)


def _of_its_year(desk: Desk, upload: Upload) -> Upload:
    """Take the year from the file where neither the command nor the record says it."""
    year = proposed_year(desk.lookups, upload, desk.today) or upload.fiscal_year
    say(f"未指定预算年度，按支付日期取{year}年（可用 --year 指定）。")
    return replace(upload, fiscal_year=year)


def _import(desk: Desk, upload: Upload, kind: ImportKind) -> ImportReport:
    if upload.complete_to is None and sys.stdin.isatty():
        upload = _confirmed(desk, upload)
    return store(desk, upload, kind)


def _confirmed(desk: Desk, upload: Upload) -> Upload:
    """Propose the file's latest payment date; only a person can say that nothing is missing."""
    proposed = proposed_complete_to(desk.lookups, upload, desk.today)
    if proposed and typer.confirm(f"支付数据是否已完整到{proposed}（文件中最晚的支付日期）？"):
        return replace(upload, complete_to=proposed)
    return upload


@app.command("complete-to")
def complete_to_day(
    day: Annotated[datetime, typer.Argument(metavar="DAY", formats=["%Y-%m-%d"], help="截至日")],
    year: Year = None,
    as_json: Json = False,
) -> None:
    """声明支付数据截至日，不导入文件：到这一天的支付都已录入。"""
    with open_desk() as desk:
        batch = PaymentBatch(desk.found(), desk.year(year), (), day.date(), "支付数据截至日")
        report = record_payments(desk.services.log, batch, meta=desk.meta, today=desk.today)
        desk.services.projector.catch_up()
    tell(report, as_json=as_json)


@app.command()
def resume(as_json: Json = False) -> None:
    """接着进行所有中断的导入，不论哪类文件；同 jixiao import resume。"""
    with open_desk() as desk:
        reports = list(resume_all(desk.services.log, desk.lookups, today=desk.today, progress=say))
        desk.services.projector.catch_up()
    if not reports:
        typer.echo("没有中断的导入。", err=True)
    for report in reports:
        tell(report, as_json=as_json)


@app.command()
def correct(
    voucher: Annotated[str, typer.Argument(metavar="VOUCHER", help="凭证号")],
    line: Annotated[str, typer.Argument(metavar="LINE", help="行号（见凭证明细）")],
    reason: Annotated[str, typer.Option(help="更正原因")],
    amount: Annotated[str | None, typer.Option(help="正确的金额（元）")] = None,
    paid_on: Annotated[
        datetime | None, typer.Option("--paid-on", formats=["%Y-%m-%d"], help="正确的支付日期")
    ] = None,
    kind: Annotated[Kind, typer.Option(help="凭证类型")] = Kind.PAYMENT,
    year: Year = None,
    as_json: Json = False,
) -> None:
    """更正录错的一行；原记录保留，按支付日期生效。"""
    if amount is None and paid_on is None:
        raise typer.BadParameter("请给出正确的金额（--amount）或支付日期（--paid-on）。")
    with open_desk() as desk:
        key = VoucherKey(desk.region, desk.year(year), kind.voucher, voucher)
        correction = LineCorrection(key, line, reason, yuan_of(amount), _day(paid_on))
        done = correct_payment(desk.services.log, correction, meta=desk.meta, today=desk.today)
        desk.services.projector.catch_up()
    if as_json:
        typer.echo(json.dumps(plain(done), ensure_ascii=False))
    else:
        typer.echo("已更正。" if done.changed else "与记录相同，未作改动。")


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None
