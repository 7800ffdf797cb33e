"""``jixiao payment rule``: standing rules for unclaimed lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated

import typer

from domain.claim_rule import LinePattern
from domain.money import yuan_text
from ops.cli.incoming import Desk, open_desk
from ops.cli.payment_claim import TARGET_HELP, target_named
from services.carrying_rules import Carrying, carry_rules, preview_carrying
from services.claiming_by_rule import (
    NewRule,
    RuleEnd,
    RulePlace,
    RulePreview,
    end_rule,
    preview_rule,
    set_rule,
)
from services.readmodel.documents import plain
from services.readmodel.readmodel import FOR_EVER
from services.readmodel.unclaimed_rows import RuleRow

app = typer.Typer(no_args_is_help=True, help="认领规则：印成这样的行归入某项目，或属基本支出。")

Json = Annotated[bool, typer.Option("--json", help="输出 JSON")]
Year = Annotated[int | None, typer.Option(help="预算年度，默认为最新年度")]
Unit = Annotated[str | None, typer.Option(help="单位编码或名称")]
Code = Annotated[str | None, typer.Option(help="所印项目编码")]
Name = Annotated[str | None, typer.Option(help="所印项目名称")]
Document = Annotated[str | None, typer.Option(help="所印文号")]
Nature = Annotated[str | None, typer.Option(help="所印资金性质")]
Economic = Annotated[
    str | None, typer.Option("--class", help="经济分类；编码按开头比，301 包括 30101")
]
Summary = Annotated[str | None, typer.Option(help="摘要含有的词，多个按先后以 * 隔开")]
Target = Annotated[str | None, typer.Option(help=f"{TARGET_HELP}；不写为基本支出")]
FromOn = Annotated[
    datetime | None,
    typer.Option("--from", formats=["%Y-%m-%d"], help="自哪一天起支付的，默认为年初"),
]

WORDS = {
    "unit": "单位",
    "project_code": "项目编码",
    "project_name": "项目名称",
    "document_no": "文号",
    "fund_nature": "资金性质",
    "economic_class": "经济分类",
    "summary": "摘要",
}


@app.command("list")
def list_rules(year: Year = None, as_json: Json = False) -> None:
    """列出一年的规则，新的在前，连同各自归集的行。"""
    with open_desk() as desk:
        desk.services.projector.catch_up()
        read = desk.services.read_model
        rows = read.unclaimed_lines.rules(read.moment(desk.year(year), date.max, FOR_EVER))
    if as_json:
        typer.echo(json.dumps(plain(rows), ensure_ascii=False))
        return
    if not rows:
        typer.echo("还没有认领规则。请用 jixiao payment rule add 设立。", err=True)
    for row in rows:
        typer.echo(_line(row))


def _line(row: RuleRow) -> str:
    owner = f"归入“{row.project_name or row.target_id}”" if row.target_id else "基本支出"
    until = f"，停用自{row.stops_on}" if row.stops_on else ""
    asked = "，".join(f"{WORDS[name]}={text}" for name, text in row.pattern.asked)
    return (
        f"规则{row.number}  {asked} → {owner}（自{row.from_on}起{until}）"
        f"  {row.lines}行{yuan_text(row.amount)}元  {row.reason}  [{row.actor}]"
    )


@app.command("preview")
def preview(
    unit: Unit = None,
    code: Code = None,
    name: Name = None,
    document: Document = None,
    nature: Nature = None,
    economic: Economic = None,
    summary: Summary = None,
    target: Target = None,
    from_on: FromOn = None,
    year: Year = None,
    as_json: Json = False,
) -> None:
    """试算：这样一条规则会归集哪些行；不作记录。"""
    pattern = LinePattern(unit, code, name, document, nature, economic, summary)
    with open_desk() as desk:
        desk.services.projector.catch_up()
        place = RulePlace(desk.region, desk.year(year))
        new = _new(desk, place, pattern, target, from_on)
        seen = preview_rule(desk.services.log, desk.services.read_model, place, new)
    if as_json:
        typer.echo(json.dumps(plain(seen), ensure_ascii=False))
    else:
        typer.echo("\n".join(_seen(seen)))


@app.command("add")
def add(
    reason: Annotated[str, typer.Option(help="理由")],
    unit: Unit = None,
    code: Code = None,
    name: Name = None,
    document: Document = None,
    nature: Nature = None,
    economic: Economic = None,
    summary: Summary = None,
    target: Target = None,
    from_on: FromOn = None,
    year: Year = None,
    as_json: Json = False,
) -> None:
    """设立一条规则，已有的和以后的行都适用；先用 preview 试算。"""
    pattern = LinePattern(unit, code, name, document, nature, economic, summary)
    with open_desk() as desk:
        place = RulePlace(desk.found(), desk.year(year))
        new = _new(desk, place, pattern, target, from_on, reason)
        done = set_rule(desk.services.log, place, new, meta=desk.meta)
        desk.services.projector.catch_up()
    if as_json:
        typer.echo(json.dumps(plain(done), ensure_ascii=False))
    else:
        word = "已设立" if done.changed else "已有同样的"
        typer.echo(f"{word}规则{done.number}。")


@app.command("end")
def end(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="规则号")],
    stops_on: Annotated[
        datetime,
        typer.Argument(metavar="DAY", formats=["%Y-%m-%d"], help="停用自：这一天起支付的不再适用"),
    ],
    reason: Annotated[str, typer.Option(help="理由")],
    year: Year = None,
    as_json: Json = False,
) -> None:
    """停用一条规则；自规则首日停用即从头作废。"""
    with open_desk() as desk:
        place = RulePlace(desk.region, desk.year(year))
        told = RuleEnd(number, stops_on.date(), reason)
        done = end_rule(desk.services.log, place, told, meta=desk.meta)
        desk.services.projector.catch_up()
    if as_json:
        typer.echo(json.dumps(plain(done), ensure_ascii=False))
    else:
        typer.echo(f"规则{number}{'已停用' if done.changed else '本来如此，未作改动'}。")


@app.command("carry")
def carry(
    year: Year = None,
    preview: Annotated[bool, typer.Option("--preview", "--dry-run", help="只看，不作记录")] = False,
    as_json: Json = False,
) -> None:
    """沿用上年的规则：自本年1月1日起，归入本年的同一项目；再次执行不重复。"""
    with open_desk() as desk:
        desk.services.projector.catch_up()
        place = RulePlace(desk.region if preview else desk.found(), desk.year(year))
        log, lookups = desk.services.log, desk.lookups
        if preview:
            seen = preview_carrying(log, lookups, place)
        else:
            seen = carry_rules(log, lookups, place, meta=desk.meta)
            desk.services.projector.catch_up()
    if as_json:
        typer.echo(json.dumps(plain(seen), ensure_ascii=False))
    else:
        typer.echo("\n".join(_carried(seen, place.fiscal_year)))


def _carried(seen: Carrying, year: int) -> Iterator[str]:
    yield f"{year - 1}年在用的规则{len(seen.rules)}条，沿用到{year}年{seen.carried}条。"
    for one in seen.rules:
        if one.number is None:
            yield f"  规则{one.before}未沿用：{one.why}"
        else:
            yield f"  规则{one.before}：{'已有，' if one.known else ''}{year}年规则{one.number}"


def _new(
    desk: Desk,
    place: RulePlace,
    pattern: LinePattern,
    target: str | None,
    from_on: datetime | None,
    reason: str = "",
) -> NewRule:
    target_id = target_named(desk, place.fiscal_year, target) if target else None
    first = from_on.date() if from_on else date(place.fiscal_year, 1, 1)
    return NewRule(pattern, target_id, first, reason)


def _seen(seen: RulePreview) -> Iterator[str]:
    yield f"会归集{seen.lines}行，合计{yuan_text(seen.amount)}元。"
    for unit, lines, amount in seen.units:
        yield f"  {unit or '（未印单位）'}：{lines}行{yuan_text(amount)}元"
    for number, count in seen.of_rules:
        yield f"  其中{count}行现由规则{number}归集，将改归本规则"
    if seen.left:
        yield f"  另有{seen.left}行也符合，但仍归条件更多的规则"
    for line in seen.shown[:20]:
        printed = line.printed
        about = printed.project_name or printed.summary or ""
        yield f"  {printed.paid_on}  {line.voucher_no}  {yuan_text(printed.amount)}元  {about}"
