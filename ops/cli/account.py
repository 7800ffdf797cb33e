"""``jixiao account``: who can sign in, and what they may do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import typer

from domain.access.account import AccountKind
from domain.access.action import Action
from domain.access.errors import ROLE_NAMES
from domain.access.role import Role
from ops.cli.context import open_services, say
from services.access.accounts import (
    NewAccount,
    NewGrant,
    disable,
    enable,
    end_right,
    give_right,
    open_account,
    reset_password,
)
from services.access.desk import SignInDesk
from services.access.first_start import first_link
from services.access.handing_over import Delegation, delegate
from services.access.permitting import permit
from services.access.program_tokens import issue_for_program
from services.access.tokens import Issue
from services.bootstrap import Services
from services.clock import SHANGHAI, today
from services.founding import opened
from services.handing_on import HandOn, hand_on
from services.log.meta import Meta
from services.readmodel.accounts import AccountList, GrantRow
from services.readmodel.documents import plain

app = typer.Typer(no_args_is_help=True, help="账户、授权与交接。")

Json = Annotated[bool, typer.Option("--json", help="输出 JSON")]
Login = Annotated[str, typer.Argument(metavar="LOGIN", help="登录名")]
Reason = Annotated[str, typer.Option(help="事由")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


@dataclass(frozen=True, slots=True)
class Office:
    """Who hands out accounts at the terminal."""

    services: Services
    desk: SignInDesk
    accounts: AccountList
    meta: Meta

    @property
    def today(self) -> date:
        """The calendar day in Shanghai."""
        return today(self.services.clock)

    def id_of(self, login: str) -> UUID:
        """The account of a login name, once the tables have read it; NotOnRecordError."""
        self.services.projector.catch_up()
        return self.accounts.by_login(login).account_id


@contextmanager
def open_office() -> Iterator[Office]:
    """Open the services for a command about accounts."""
    with open_services() as services:
        accounts = AccountList(services.lookups.pool)
        yield Office(services, services.sign_in_desk, accounts, services.meta("cli"))


@app.command()
def first() -> None:
    """取得开立首个财政管理员账户的一次性链接。"""
    with open_office() as office:
        typer.echo(first_link(office.desk, office.services.settings, office.services.clock()))
        say("链接24小时内有效，只能使用一次。服务须在运行（jixiao serve）。")


@app.command("open")
def open_(
    login: Login,
    name: Annotated[str, typer.Option(help="姓名或系统名称")],
    kind: Annotated[AccountKind, typer.Option(help="个人、单位共用、程序")] = AccountKind.PERSON,
    as_json: Json = False,
) -> None:
    """开立账户；初始密码只显示一次，7天内首次登录并更改。"""
    with open_office() as office:
        services = office.services
        region = opened(services.log, services.settings.region, office.meta).region
        asked = NewAccount(region, login, name, kind)
        done = open_account(
            services.log, office.desk, asked, now=services.clock(), meta=office.meta
        )
    if as_json:
        typer.echo(json.dumps(plain(done), ensure_ascii=False))
        return
    typer.echo(f"已开立账户：{login}")
    if done.temporary_password:
        typer.echo(f"初始密码：{done.temporary_password}")


@app.command("list")
def list_(as_json: Json = False) -> None:
    """列出账户及其现行授权。"""
    with open_office() as office:
        permit(Action.READ_ACCOUNTS)
        office.services.projector.catch_up()
        accounts, grants, day = office.accounts.all(), office.accounts.grants(), office.today
    if as_json:
        typer.echo(json.dumps(plain({"accounts": accounts, "grants": grants}), ensure_ascii=False))
        return
    for account in accounts:
        shut = "（已停用）" if account.is_disabled else ""
        typer.echo(f"{account.login}  {account.name}{shut}")
        for grant in grants:
            if grant.account_id == account.account_id and not grant.is_over(day):
                typer.echo(f"    {_told(grant)}")


def _told(grant: GrantRow) -> str:
    place = "/".join(grant.place) or "全部"
    until = f"至{grant.ends_on}" if grant.ends_on else "起"
    lent = "，受托" if grant.lent_by else ""
    role = ROLE_NAMES[Role(grant.role)]
    return f"{role}  {place}  {grant.starts_on}{until}{lent}  {grant.grant_id}"


@app.command()
def grant(
    login: Login,
    role: Annotated[Role, typer.Option(help="岗位")],
    reason: Reason,
    unit: Annotated[str, typer.Option(help="单位路径，如 450/450001；全部则不填")] = "",
    starts_on: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="起始日，默认今天")
    ] = None,
    ends_on: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="最后一日")
    ] = None,
) -> None:
    """授权。"""
    place = tuple(part for part in unit.split("/") if part)
    with open_office() as office:
        asked = NewGrant(
            role,
            place,
            starts_on.date() if starts_on else office.today,
            ends_on.date() if ends_on else None,
        )
        grant_id, _ = give_right(
            office.services.log, office.id_of(login), asked, reason=reason, meta=office.meta
        )
    typer.echo(f"已授权：{ROLE_NAMES[role]}（{grant_id}）")


@app.command()
def end(
    login: Login,
    grant_id: Annotated[UUID, typer.Argument(metavar="GRANT", help="授权编号，见 list")],
    reason: Reason,
    on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="最后一日")],
) -> None:
    """终止一项授权。"""
    with open_office() as office:
        end_right(
            office.services.log,
            office.id_of(login),
            grant_id,
            ends_on=on.date(),
            reason=reason,
            meta=office.meta,
        )
    typer.echo("授权已终止。")


@app.command("disable")
def disable_(login: Login, reason: Reason) -> None:
    """停用账户：立即退出全部登录，令牌失效。"""
    with open_office() as office:
        disable(
            office.services.log,
            office.desk,
            office.id_of(login),
            reason=reason,
            meta=office.meta,
        )
    typer.echo("账户已停用。")


@app.command("enable")
def enable_(login: Login, reason: Reason) -> None:
    """恢复账户。"""
    with open_office() as office:
        enable(office.services.log, office.id_of(login), reason=reason, meta=office.meta)
    typer.echo("账户已恢复。")


@app.command("reset-password")
def reset(login: Login) -> None:
    """重置密码；新密码只显示一次，7天内有效，请当面或电话告知本人。"""
    with open_office() as office:
        password = reset_password(
            office.services.log,
            office.desk,
            office.id_of(login),
            now=office.services.clock(),
            meta=office.meta,
        )
    typer.echo(f"临时密码：{password}")


@app.command("delegate")
def delegate_(
    login: Login,
    to: Annotated[str, typer.Option(help="受托人登录名")],
    ends_on: Annotated[datetime, typer.Option("--to-day", formats=["%Y-%m-%d"], help="最后一日")],
    reason: Reason,
    starts_on: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="起始日，默认今天")
    ] = None,
) -> None:
    """委托代办：外出期间由他人代行全部岗位，到期自动收回。"""
    with open_office() as office:
        asked = Delegation(
            office.id_of(login),
            office.id_of(to),
            starts_on.date() if starts_on else office.today,
            ends_on.date(),
            reason,
        )
        delegate(office.services.log, asked, meta=office.meta)
    typer.echo("已委托。")


@app.command()
def handover(
    login: Login,
    to: Annotated[str, typer.Option(help="接手人登录名")],
    reason: Reason,
    telephone: Annotated[str | None, typer.Option(help="接手人电话，记入单位联系人")] = None,
    as_json: Json = False,
) -> None:
    """人员交接：全部在办事项一次转给接手人，并列出清单。"""
    with open_office() as office:
        asked = HandOn(office.id_of(login), office.id_of(to), reason, telephone)
        done = hand_on(office.services, asked, meta=office.meta)
    if as_json:
        typer.echo(json.dumps(plain(done), ensure_ascii=False))
        return
    typer.echo(f"{done.listed.giver} → {done.listed.taker}，{done.on_day}起：")
    for section in done.listed.sections:
        typer.echo(section.title)
        for row in section.rows or (("无",),):
            typer.echo("  " + "  ".join(row))


@app.command()
def token(
    login: Login,
    label: Annotated[str, typer.Option(help="用途")],
    ends_on: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="到期日")],
) -> None:
    """为接口账户签发令牌；只显示一次。个人的令牌由本人在“我的账户”签发。"""
    with open_office() as office:
        end_of_day = datetime.combine(ends_on.date(), datetime.max.time(), SHANGHAI)
        services, now = office.services, office.services.clock()
        asked = Issue(office.id_of(login), label, end_of_day)
        _, key = issue_for_program(services.log, office.desk, asked, now=now, meta=office.meta)
    typer.echo(key)
