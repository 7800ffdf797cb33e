"""What the service refuses to start with, before it opens anything (faults.md E3, E15).

The rights of the database's roles are asked where it is opened (services/database/roles), where
it may listen when it serves (services/api/binding).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import psycopg
from psycopg.conninfo import conninfo_to_dict

from services.access.password_rules import is_common, is_walk
from services.database.openness import require_closed_data
from services.secret import Secret
from services.settings import SettingError, Settings

SHORTEST = 12
"""Signs of a secret; those of ``jixiao db init`` have 32."""

PLACEHOLDERS = frozenset(
    {"changeme", "change-me", "change_me", "example", "jixiao", "placeholder", "todo", "您的口令"}
)
"""What stands in examples, besides the common passwords; ``…`` and ``<…>`` are seen as such."""

_OTHER_PROOFS = ("passfile", "sslcert", "service")
"""By which libpq can show who it is without a password in the address."""


def require_sound_start(settings: Settings) -> None:
    """Refuse settings that would leave the service open to others.

    Raises:
        SettingError: a database's address has no password, or a secret is one that anybody
            would try.
        OpenToOthersError: others of this machine could read or change the data folder.
    """
    for name, url in (
        ("JIXIAO_DATABASE_URL", settings.database_url),
        ("JIXIAO_WORKER_DATABASE_URL", settings.worker_database_url),
    ):
        if url is not None:
            _require_sound_address(name, url)
    if settings.oidc_secret is not None and _is_guessed(settings.oidc_secret.reveal(), ()):
        raise SettingError(
            "JIXIAO_OIDC_CLIENT_SECRET",
            "是常见口令、示例口令或过短，已拒绝启动。请在统一身份认证中另发一个随机密钥。",
        )
    require_closed_data(settings.data_dir)


def _require_sound_address(name: str, url: Secret) -> None:
    try:
        parts = conninfo_to_dict(url.reveal())
    except psycopg.ProgrammingError:
        # Its own words would show the address, and with it the password.
        raise SettingError(
            name, "不是有效的连接串。请按 postgresql://用户:口令@主机:端口/数据库 填写。"
        ) from None
    password = str(parts.get("password") or "")
    if not password and _needs_one(parts):
        raise SettingError(name, "没有口令。请填入 jixiao db init 显示的口令。")
    names = [str(parts.get(key) or "") for key in ("user", "dbname", "host")]
    if password and _is_guessed(password, names):
        raise SettingError(
            name,
            "的口令是常见口令、示例口令或过短，已拒绝启动。"
            "请运行 jixiao db init --new-passwords，改用它显示的随机口令。",
        )


def _needs_one(parts: Mapping[str, object]) -> bool:
    """Whether nothing else shows the server who comes; a socket on this machine can."""
    by_socket = str(parts.get("host") or "/").startswith(("/", "@"))
    return not by_socket and not any(parts.get(proof) for proof in _OTHER_PROOFS)


def _is_guessed(secret: str, names: Iterable[str]) -> bool:
    """Whether somebody would try it: short, common, from an example, or one of the names."""
    said = secret.casefold()
    return (
        len(said) < SHORTEST
        or said in {*map(str.casefold, names), *PLACEHOLDERS}
        or said.startswith(("<", "…", "..."))
        or is_common(said)
        or is_walk(said)
    )
