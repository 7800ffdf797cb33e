"""What the service refuses to start with, before it opens anything (faults.md E3, E15).

The rights of the database's roles are asked where it is opened (services/database/roles), where
it may listen when it serves (services/api/binding).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from ipaddress import ip_address

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

_SOCKET = ("/", "@")
_PROVED = ("verify-ca", "verify-full")
_OTHER_PROOFS = ("passfile", "sslcert", "service")
"""By which libpq can show who it is without a password in the address."""


def require_sound_start(settings: Settings) -> None:
    """Refuse settings that would leave the service open to others.

    Raises:
        SettingError: a database's address has no password, or is reached in the clear; or a
            secret is one that anybody would try.
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
    if not password and not _is_proved_otherwise(parts):
        raise SettingError(name, "没有口令。请填入 jixiao db init 显示的口令。")
    if not _is_here(parts) and parts.get("sslmode") not in _PROVED:
        raise SettingError(
            name,
            "指向另一台机器，而连接没有加密或没有核验对方。"
            "请在连接串中加上 sslmode=verify-full（并用 sslrootcert 指明证书机构）。",
        )
    names = [str(parts.get(key) or "") for key in ("user", "dbname", "host")]
    if password and _is_guessed(password, names):
        raise SettingError(
            name,
            "的口令是常见口令、示例口令或过短，已拒绝启动。"
            "请运行 jixiao db init --new-passwords，改用它显示的随机口令。",
        )


def _is_proved_otherwise(parts: Mapping[str, object]) -> bool:
    """Whether something else shows the server who comes; a socket on this machine can."""
    by_socket = all(host.startswith(_SOCKET) for host in _hosts(parts))
    return by_socket or any(parts.get(proof) for proof in _OTHER_PROOFS)


def _is_here(parts: Mapping[str, object]) -> bool:
    """Whether the connection never leaves this machine."""
    return all(map(_is_loopback, _hosts(parts)))


def _hosts(parts: Mapping[str, object]) -> list[str]:
    """Where libpq may connect: an address counts before a name, and none is a socket."""
    said = str(parts.get("hostaddr") or parts.get("host") or "/")
    return [host.strip() or "/" for host in said.split(",")]


def _is_loopback(host: str) -> bool:
    if host.startswith(_SOCKET) or host.casefold() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


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
