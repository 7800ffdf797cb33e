"""``jixiao unit``: the tree of units, and what changes in it."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Annotated

import typer

from domain.importing import ImportKind
from domain.unit import Post
from domain.unit_tree import KnownUnit, UnitTree
from ops.cli import table_import
from ops.cli.incoming import Desk, open_desk
from services.access.contacts import Contact, Contacts
from services.keeping_units import (
    NewUnit,
    Placed,
    merge_unit,
    move_unit,
    place_contact,
    register_unit,
    rename_unit,
    take_code,
    unit_of,
)
from services.readmodel.documents import plain
from services.recording import Recorded

app = typer.Typer(no_args_is_help=True, help="单位与主管部门。")
table_import.register(app, ImportKind.UNITS, "导入单位名单：登记、更名、划转、编码和负责人。")

Json = Annotated[bool, typer.Option("--json", help="输出 JSON")]
Code = Annotated[str, typer.Argument(metavar="CODE", help="单位编码，现用的或曾用的")]
On = Annotated[
    datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], help="自哪一天起，默认为今天"),
]
DocumentNo = Annotated[str | None, typer.Option("--document", help="文号")]


@app.command("list")
def list_units(
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="哪一天的名单")
    ] = None,
    as_json: Json = False,
) -> None:
    """列出单位名单，主管部门在前，其下各单位缩进。"""
    with open_desk() as desk:
        tree = _tree(desk, as_of.date() if as_of else None)
        rows = list(tree.walk())
    if as_json:
        told = [plain(unit) | {"place": tree.place(unit.unit_id)} for _, unit in rows]
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    if not rows:
        typer.echo(
            "还没有单位名单。请用 jixiao unit import 导入，或 jixiao unit add 登记。", err=True
        )
    for depth, unit in rows:
        typer.echo(f"{'  ' * depth}{unit.code}  {unit.name}{_remark(tree, unit)}")


@app.command("show")
def show(code: Code, as_json: Json = False) -> None:
    """显示一个单位：编码、上级、负责人和填报人。"""
    with open_desk() as desk:
        tree = _tree(desk)
        unit = unit_of(tree, code)
        found = Contacts(desk.lookups.pool).in_force([unit.unit_id], desk.today)
    contacts = [found[key] for post in Post if (key := (unit.unit_id, post)) in found]
    if as_json:
        told = plain(unit) | {"place": tree.place(unit.unit_id), "contacts": plain(contacts)}
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    typer.echo(f"{unit.code}  {unit.name}{_remark(tree, unit)}")
    if len(unit.codes) > 1:
        typer.echo(f"  编码：{'、'.join(unit.codes)}")
    if unit.parent is not None and unit.parent in tree.units:
        parent = tree.units[unit.parent]
        typer.echo(f"  上级：{parent.code}  {parent.name}")
    typer.echo(f"  自{unit.since}起")
    for contact in contacts:
        typer.echo(f"  {_told(contact)}")


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="单位名称")],
    code: Annotated[str | None, typer.Option(help="单位编码；没有的编县编号")] = None,
    parent: Annotated[str | None, typer.Option(help="上级单位编码；主管部门不填")] = None,
    on: On = None,
) -> None:
    """登记一个单位。"""
    with open_desk() as desk:
        region = desk.found()
        tree = _tree(desk)
        above = unit_of(tree, parent).unit_id if parent else None
        done = register_unit(
            desk.services.log,
            tree,
            region,
            NewUnit(name, code, above),
            on=_day(desk, on),
            meta=desk.meta,
        )
        desk.services.projector.catch_up()
    typer.echo(f"已登记：{done.code}  {name}")


@app.command("rename")
def rename(
    code: Code,
    name: Annotated[str, typer.Argument(metavar="NAME", help="新名称")],
    on: On = None,
    document_no: DocumentNo = None,
) -> None:
    """更名：自某日起用新名。"""
    with open_desk() as desk:
        unit = unit_of(_tree(desk), code)
        done = rename_unit(
            desk.services.log,
            unit.unit_id,
            name,
            on=_day(desk, on),
            document_no=document_no,
            meta=desk.meta,
        )
        desk.services.projector.catch_up()
    _say(done, "已更名。")


@app.command("move")
def move(
    code: Code,
    parent: Annotated[
        str | None, typer.Argument(metavar="PARENT", help="新的上级单位编码；不填为本级直属")
    ] = None,
    on: On = None,
    document_no: DocumentNo = None,
) -> None:
    """划转：自某日起归另一主管部门。"""
    with open_desk() as desk:
        tree = _tree(desk)
        done = move_unit(
            desk.services.log,
            tree,
            unit_of(tree, code).unit_id,
            unit_of(tree, parent).unit_id if parent else None,
            on=_day(desk, on),
            document_no=document_no,
            meta=desk.meta,
        )
        desk.services.projector.catch_up()
    _say(done, "已划转。")


@app.command("merge")
def merge(
    code: Code,
    into: Annotated[str, typer.Argument(metavar="INTO", help="并入的单位编码")],
    on: On = None,
    document_no: DocumentNo = None,
) -> None:
    """合并：自某日起并入另一单位。"""
    with open_desk() as desk:
        tree = _tree(desk)
        done = merge_unit(
            desk.services.log,
            tree,
            unit_of(tree, code).unit_id,
            unit_of(tree, into).unit_id,
            on=_day(desk, on),
            document_no=document_no,
            meta=desk.meta,
        )
        desk.services.projector.catch_up()
    _say(done, "已合并。")


@app.command("code")
def give_code(
    code: Code,
    new: Annotated[str, typer.Argument(metavar="NEW", help="正式编码")],
    on: On = None,
) -> None:
    """启用正式编码；原来的县编号仍找得到它。"""
    with open_desk() as desk:
        tree = _tree(desk)
        unit = unit_of(tree, code)
        done = take_code(
            desk.services.log, tree, unit.unit_id, new, on=_day(desk, on), meta=desk.meta
        )
        desk.services.projector.catch_up()
    _say(done, "已启用。")


@app.command("contact")
def contact(
    code: Code,
    post: Annotated[Post, typer.Argument(metavar="POST", help="负责人 或 填报人")],
    person: Annotated[str | None, typer.Argument(metavar="NAME", help="姓名；不填为空缺")] = None,
    telephone: Annotated[str | None, typer.Option("--telephone", help="联系电话")] = None,
    on: On = None,
) -> None:
    """变更负责人或填报人；姓名和电话不进入记录日志。"""
    with open_desk() as desk:
        unit = unit_of(_tree(desk), code)
        placed = Placed(unit.unit_id, post, person, telephone, _day(desk, on))
        contacts = Contacts(desk.lookups.pool)
        done = place_contact(desk.services.log, contacts, placed, meta=desk.meta)
        desk.services.projector.catch_up()
    _say(done, "已变更。")


def _tree(desk: Desk, on: date | None = None) -> UnitTree:
    desk.services.projector.catch_up()
    return desk.services.read_model.units(desk.region, on or desk.today)


def _day(desk: Desk, given: datetime | None) -> date:
    return given.date() if given else desk.today


def _remark(tree: UnitTree, unit: KnownUnit) -> str:
    remarks = ["县编号"] if unit.is_local else []
    if unit.merged_into is not None:
        other = tree.units.get(unit.merged_into)
        remarks.append(f"{unit.merged_on}并入{other.name if other else '其他单位'}")
    return f"（{'，'.join(remarks)}）" if remarks else ""


def _told(known: Contact) -> str:
    phone = f"  {known.telephone}" if known.telephone else ""
    return f"{known.post}：{known.person}{phone}（自{known.from_day}起）"


def _say(done: Recorded, word: str) -> None:
    typer.echo(word if done.changed else "与记录相同，未作改动。")
