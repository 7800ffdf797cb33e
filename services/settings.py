"""What the environment sets; read in one place, once (README: Environment)."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_network
from pathlib import Path
from typing import TypedDict, TypeVar

from domain.errors import MonitoringError
from services.access.choices import PasswordRules, Scheme
from services.access.oidc.origin import is_issuer
from services.secret import Secret, open_rights

Choice = TypeVar("Choice", bound=StrEnum)


class SettingError(MonitoringError):
    """A setting is missing or cannot be understood, or the service does not run with it."""

    code = "setting"

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"设置 {name} {problem}")
        self.name = name


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; what is secret is of a type that never shows.

    ``region`` are nine digits, None until the first write of a real store asks for it.
    ``proxies`` are the addresses or networks whose word is taken for who asks.
    """

    data_dir: Path
    region: str | None = None
    database_url: Secret | None = None
    worker_database_url: Secret | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    base_url: str | None = None
    proxies: tuple[str, ...] = ()
    tls_certificate: Path | None = None
    tls_key: Path | None = None
    log_level: str = "INFO"
    token: Secret | None = None
    password_rules: PasswordRules = PasswordRules.CLASSIFIED
    password_hash: Scheme = Scheme.ARGON2ID
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_secret: Secret | None = None
    oidc_name: str | None = None
    oidc_ca: Path | None = None

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Settings:
        """Read ``JIXIAO_*``; each secret also as ``*_FILE``.

        Raises:
            SettingError: a value cannot be understood; the sentence names it.
        """
        source = os.environ if env is None else env
        get = _Reader(source)
        return cls(
            data_dir=Path(get("JIXIAO_DATA_DIR") or default_data_dir(source)).expanduser(),
            region=_region(get("JIXIAO_REGION")),
            database_url=get.secret("JIXIAO_DATABASE_URL"),
            worker_database_url=get.secret("JIXIAO_WORKER_DATABASE_URL"),
            host=get("JIXIAO_HOST") or "127.0.0.1",
            port=_port(get("JIXIAO_PORT") or "8000"),
            base_url=get("JIXIAO_BASE_URL"),
            proxies=_networks(get("JIXIAO_PROXIES") or ""),
            tls_certificate=get.path("JIXIAO_TLS_CERTIFICATE"),
            tls_key=get.path("JIXIAO_TLS_KEY"),
            log_level=(get("JIXIAO_LOG_LEVEL") or "INFO").upper(),
            token=get.secret("JIXIAO_TOKEN"),
            password_rules=_one_of(PasswordRules, get, "JIXIAO_PASSWORD_RULES"),
            password_hash=_one_of(Scheme, get, "JIXIAO_PASSWORD_HASH"),
            **_oidc(get),
        )

    def require_region(self) -> str:
        """The region, which is configured and never guessed.

        Raises:
            SettingError: it is not set.
        """
        if self.region is None:
            raise SettingError("JIXIAO_REGION", "未设置。请设为本级财政区划代码（9位数字）后重试。")
        return self.region

    @property
    def address(self) -> str:
        """Where a browser finds the service."""
        return self.base_url or f"http://{self.host}:{self.port}"

    @property
    def is_encrypted(self) -> bool:
        """Whether browsers reach the service over TLS, by what its address says."""
        return (self.base_url or "").casefold().startswith("https://")


def default_data_dir(env: Mapping[str, str]) -> str:
    """Where data lie when nobody says: under the user's data folder, or the system's as root."""
    if os.geteuid() == 0:
        return "/var/lib/jixiao"
    return str(Path(env.get("XDG_DATA_HOME") or "~/.local/share") / "jixiao")


@dataclass(frozen=True, slots=True)
class _Reader:
    env: Mapping[str, str]

    def __call__(self, name: str) -> str | None:
        return self.env.get(name) or None

    def path(self, name: str) -> Path | None:
        text = self(name)
        return Path(text).expanduser() if text else None

    def secret(self, name: str) -> Secret | None:
        """A secret out of its file, or else out of the environment."""
        file = self(f"{name}_FILE")
        text = _in_file(f"{name}_FILE", Path(file)) if file else self(name)
        return Secret(text) if text else None


def _in_file(name: str, file: Path) -> str:
    try:
        too_wide, text = open_rights(file), file.read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else "不是UTF-8文本"
        raise SettingError(name, f"指向的文件 {file} 读不出：{reason}。请检查后重试。") from problem
    if too_wide:
        raise SettingError(
            name, f"指向的文件 {file} 对本机其他用户开放。请运行 chmod 600 {file} 后重试。"
        )
    if not text:
        raise SettingError(name, f"指向的文件 {file} 是空的。请写入内容后重试。")
    return text


def _region(text: str | None) -> str | None:
    if text is not None and not re.fullmatch(r"\d{9}", text):
        raise SettingError("JIXIAO_REGION", f"须为9位数字，现为“{text}”。")
    return text


def _one_of(kind: type[Choice], get: _Reader, name: str) -> Choice:
    """One of some words; the first of them where nothing is set."""
    words = [one.value for one in kind]
    text = get(name) or words[0]
    if text not in words:
        raise SettingError(name, f"须为{'、'.join(words)}之一，现为“{text}”。")
    return kind(text)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) < 65536:
        raise SettingError("JIXIAO_PORT", f"须为端口号，现为“{text}”。")
    return int(text)


class _Oidc(TypedDict):
    oidc_issuer: str | None
    oidc_client_id: str | None
    oidc_secret: Secret | None
    oidc_name: str | None
    oidc_ca: Path | None


def _oidc(get: _Reader) -> _Oidc:
    """What is said of an identity provider: all of it, or nothing."""
    found = _Oidc(
        oidc_issuer=get("JIXIAO_OIDC_ISSUER"),
        oidc_client_id=get("JIXIAO_OIDC_CLIENT_ID"),
        oidc_secret=get.secret("JIXIAO_OIDC_CLIENT_SECRET"),
        oidc_name=get("JIXIAO_OIDC_NAME"),
        oidc_ca=get.path("JIXIAO_OIDC_CA"),
    )
    issuer = found["oidc_issuer"]
    if issuer is not None and not is_issuer(issuer):
        raise SettingError(
            "JIXIAO_OIDC_ISSUER", f"须为认证服务的 https:// 地址，现为“{issuer}”。请改正后重试。"
        )
    needed = {
        "JIXIAO_OIDC_ISSUER": issuer,
        "JIXIAO_OIDC_CLIENT_ID": found["oidc_client_id"],
        "JIXIAO_OIDC_CLIENT_SECRET": found["oidc_secret"],
    }
    missing = [name for name, value in needed.items() if value is None]
    if any(found.values()) and missing:
        raise SettingError(missing[0], "未设置，而统一身份认证的其他设置已有。请补上，或全部去掉。")
    return found


def _networks(text: str) -> tuple[str, ...]:
    """Addresses or networks parted by commas; never all there are."""
    found = tuple(word.strip() for word in text.split(",") if word.strip())
    for word in found:
        try:
            is_all = ip_network(word).prefixlen == 0
        except ValueError:
            is_all = True
        if is_all:
            raise SettingError(
                "JIXIAO_PROXIES",
                f"中的“{word}”不能使用。请填反向代理的IP地址或网段，用逗号分隔。",
            )
    return found
