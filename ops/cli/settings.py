"""``jixiao config``: what the environment sets."""

from __future__ import annotations

import typer

from services.settings import Settings

app = typer.Typer(no_args_is_help=True, help="设置。")

NAMES = {
    "JIXIAO_DATA_DIR": "data_dir",
    "JIXIAO_REGION": "region",
    "JIXIAO_DATABASE_URL": "database_url",
    "JIXIAO_WORKER_DATABASE_URL": "worker_database_url",
    "JIXIAO_HOST": "host",
    "JIXIAO_PORT": "port",
    "JIXIAO_BASE_URL": "base_url",
    "JIXIAO_PROXIES": "proxies",
    "JIXIAO_TLS_CERTIFICATE": "tls_certificate",
    "JIXIAO_TLS_KEY": "tls_key",
    "JIXIAO_LOG_LEVEL": "log_level",
    "JIXIAO_PASSWORD_RULES": "password_rules",
    "JIXIAO_PASSWORD_HASH": "password_hash",
    "JIXIAO_TOKEN": "token",
    "JIXIAO_OIDC_ISSUER": "oidc_issuer",
    "JIXIAO_OIDC_CLIENT_ID": "oidc_client_id",
    "JIXIAO_OIDC_CLIENT_SECRET": "oidc_secret",
    "JIXIAO_OIDC_NAME": "oidc_name",
    "JIXIAO_OIDC_CA": "oidc_ca",
}
"""Every setting, as it is called in the environment; what is secret is of a type that hides it."""

_UNSET = {"database_url": "（内置数据库）", "worker_database_url": "（内置数据库）"}


@app.command("show")
def show() -> None:
    """显示生效的设置；密码和连接串不显示。"""
    settings = Settings.from_env()
    for name, field in NAMES.items():
        typer.echo(f"{name}={_shown(field, getattr(settings, field))}")


def _shown(field: str, value: object) -> str:
    if value is None or value == ():
        return _UNSET.get(field, "（未设置）")
    return ",".join(value) if isinstance(value, tuple) else str(value)
