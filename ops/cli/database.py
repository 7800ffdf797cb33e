"""``jixiao db``: prepare a PostgreSQL of one's own, and look at the one in use."""

from __future__ import annotations

import getpass
import json
import secrets
import sys
from typing import Annotated

import typer

from ops.cli.context import FINDINGS, say
from services.database import roles
from services.database.connect import init_database
from services.database.status import status as database_status
from services.readmodel.documents import plain
from services.secret import revealed
from services.settings import Settings

app = typer.Typer(no_args_is_help=True, help="数据库。")

PASSWORD_BYTES = 24


@app.command("init")
def init(
    admin_url: Annotated[
        str | None,
        typer.Option(
            "--admin-url", envvar="JIXIAO_ADMIN_DATABASE_URL", help="管理员的连接串；不填则提示输入"
        ),
    ] = None,
    new_passwords: Annotated[
        bool, typer.Option("--new-passwords", help="为两个登录角色另设随机口令")
    ] = False,
) -> None:
    """在自备的 PostgreSQL（15 以上）上建立角色和表；可重复执行，用于升级。

    新建的登录角色得到随机口令，只显示这一次。
    """
    url = admin_url or (getpass.getpass("管理员连接串：") if sys.stdin.isatty() else "")
    if not url:
        raise typer.BadParameter("请用 --admin-url 或 JIXIAO_ADMIN_DATABASE_URL 给出管理员连接串")
    names = (roles.WEB, roles.WORKER) if new_passwords else roles.missing_logins(url)
    passwords = {role: secrets.token_urlsafe(PASSWORD_BYTES) for role in names}
    applied = init_database(url, passwords, say)
    typer.echo(f"数据库已就绪，本次升级{applied}项。")
    for role, password in passwords.items():
        typer.echo(f"{role} 的口令（只显示这一次）：{password}")


@app.command("status")
def status(as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False) -> None:
    """显示在用数据库的位置、版本和缺少的升级。"""
    settings = Settings.from_env()
    seen = database_status(
        settings.data_dir,
        revealed(settings.database_url),
        revealed(settings.worker_database_url),
    )
    if as_json:
        typer.echo(json.dumps(plain(seen), ensure_ascii=False))
    else:
        typer.echo(f"{'内置数据库' if seen.embedded else '自备数据库'}：{seen.place}")
        typer.echo("正在运行" if seen.running else "未运行（有进程使用时自动启动）")
        if seen.server_version:
            typer.echo(f"PostgreSQL {seen.server_version}，{seen.size_bytes or 0:,} 字节")
        typer.echo(f"已升级：{'、'.join(seen.applied) or '无'}")
        if seen.pending:
            typer.echo(f"待升级：{'、'.join(seen.pending)}")
        if seen.problem:
            typer.echo(seen.problem)
    if seen.problem or seen.pending:
        raise typer.Exit(FINDINGS)
