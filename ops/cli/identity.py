"""``jixiao identity``: signing in by an identity provider (统一身份认证)."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from ops.cli.account import Json, Login, open_office
from ops.cli.context import say
from services.access.oidc.client import LINK, OidcClient, client_of
from services.access.oidc.identities import Identity
from services.access.oidc.linking import invite_to_link, link, unlink
from services.access.oidc.provider import Provider
from services.clock import wall_clock
from services.readmodel.documents import plain
from services.settings import SettingError, Settings

app = typer.Typer(no_args_is_help=True, help="统一身份认证（OIDC）登录。")


@app.command()
def check(as_json: Json = False) -> None:
    """核对设置：连接认证服务，列出在那里要登记的地址。"""
    client = _client(Settings.from_env())
    described = Provider(client).describe(wall_clock())
    answer = {
        "issuer": described.issuer,
        "client_id": client.client_id,
        "redirect_uri": client.redirect_uri,
        "post_logout_redirect_uri": client.after_leaving,
        "auth_method": described.auth_method,
        "leaves_provider": described.end_session_endpoint is not None,
    }
    if as_json:
        typer.echo(json.dumps(answer, ensure_ascii=False))
        return
    typer.echo(f"认证服务应答正常：{described.issuer}")
    typer.echo("请在认证服务登记以下地址（逐字一致）：")
    typer.echo(f"  登录后返回 redirect_uri：{client.redirect_uri}")
    typer.echo(f"  退出后返回 post_logout_redirect_uri：{client.after_leaving}")
    typer.echo(f"  客户端验证方式：{described.auth_method}；PKCE：S256")


@app.command()
def invite(login: Login) -> None:
    """给账户一个关联链接：本人打开后用统一身份登录一次，即关联；24小时内有效，一次性。"""
    with open_office() as office:
        client = _client(office.services.settings)
        account_id = office.id_of(login)
        services = office.services
        key = invite_to_link(services.log, office.desk, account_id, now=services.clock())
    say("请把链接当面或经可靠渠道交给本人，不要转发：")
    typer.echo(f"{client.redirect_uri.rsplit('/oidc/', 1)[0]}{LINK}?key={key}")


@app.command("link")
def link_(
    login: Login,
    subject: Annotated[str, typer.Argument(help="统一身份认证中的标识（sub），逐字")],
) -> None:
    """直接关联已知标识的统一身份。"""
    with open_office() as office:
        services = office.services
        identity = Identity(_client(services.settings).issuer, subject)
        link(
            services.log,
            office.desk,
            office.id_of(login),
            identity,
            now=services.clock(),
            meta=office.meta,
        )
    typer.echo(f"已关联：{login} ← {subject}")


@app.command("list")
def list_(login: Login, as_json: Json = False) -> None:
    """列出账户关联的统一身份。"""
    with open_office() as office:
        found = office.desk.identities.of_account(office.id_of(login))
    if as_json:
        typer.echo(json.dumps(plain({"identities": found}), ensure_ascii=False))
        return
    for one in found:
        used = f"{one.last_used_at:%Y-%m-%d %H:%M}" if one.last_used_at else "未用过"
        typer.echo(f"{one.subject}  {one.issuer}  最近登录：{used}")
    if not found:
        typer.echo("没有关联。")


@app.command("unlink")
def unlink_(login: Login) -> None:
    """解除账户的全部关联，并退出其全部登录。"""
    with open_office() as office:
        ended = unlink(office.services.log, office.desk, office.id_of(login), meta=office.meta)
    typer.echo(f"已解除{ended}项关联。")


def _client(settings: Settings) -> OidcClient:
    client = client_of(settings)
    if client is None:
        raise SettingError(
            "JIXIAO_OIDC_ISSUER",
            "未设置，统一身份认证没有开通。请设置认证服务的地址、客户端标识和密钥后重试。",
        )
    return client
