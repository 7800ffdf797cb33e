"""``jixiao config``: what the environment sets."""

from __future__ import annotations

import typer

from services.settings import Settings

app = typer.Typer(no_args_is_help=True, help="设置。")


@app.command("show")
def show() -> None:
    """显示生效的设置；密码和连接串不显示。"""
    settings = Settings.from_env()
    secret = "（已设置，不显示）"  # noqa: S105  # it is what stands for one
    typer.echo(f"JIXIAO_DATA_DIR={settings.data_dir}")
    typer.echo(f"JIXIAO_REGION={settings.region or '（未设置）'}")
    typer.echo(f"JIXIAO_DATABASE_URL={secret if settings.database_url else '（内置数据库）'}")
    typer.echo(
        f"JIXIAO_WORKER_DATABASE_URL={secret if settings.worker_database_url else '（内置数据库）'}"
    )
    typer.echo(f"JIXIAO_HOST={settings.host}")
    typer.echo(f"JIXIAO_PORT={settings.port}")
    typer.echo(f"JIXIAO_BASE_URL={settings.base_url or '（未设置）'}")
    typer.echo(f"JIXIAO_LOG_LEVEL={settings.log_level}")
