"""What the environment sets; read in one place, once (README: Environment)."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from domain.errors import MonitoringError
from services.access.choices import PasswordRules, Scheme

Choice = TypeVar("Choice", bound=StrEnum)

SECRETS = ("JIXIAO_DATABASE_URL", "JIXIAO_WORKER_DATABASE_URL", "JIXIAO_TOKEN")


class SettingError(MonitoringError):
    """A setting is missing or cannot be understood."""

    code = "setting"

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"设置 {name} {problem}")
        self.name = name


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; addresses and passwords never show in its text.

    ``region`` are nine digits, None until the first write of a real store asks for it.
    """

    data_dir: Path
    region: str | None = None
    database_url: str | None = field(default=None, repr=False)
    worker_database_url: str | None = field(default=None, repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    base_url: str | None = None
    log_level: str = "INFO"
    token: str | None = field(default=None, repr=False)
    password_rules: PasswordRules = PasswordRules.CLASSIFIED
    password_hash: Scheme = Scheme.ARGON2ID

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Settings:
        """Read ``JIXIAO_*``; each secret also as ``*_FILE``.

        Raises:
            SettingError: a value cannot be understood; the sentence names it.
        """
        source = os.environ if env is None else env
        get = _reader(source)
        return cls(
            data_dir=Path(get("JIXIAO_DATA_DIR") or default_data_dir(source)).expanduser(),
            region=_region(get("JIXIAO_REGION")),
            database_url=get("JIXIAO_DATABASE_URL"),
            worker_database_url=get("JIXIAO_WORKER_DATABASE_URL"),
            host=get("JIXIAO_HOST") or "127.0.0.1",
            port=_port(get("JIXIAO_PORT") or "8000"),
            base_url=get("JIXIAO_BASE_URL"),
            log_level=(get("JIXIAO_LOG_LEVEL") or "INFO").upper(),
            token=get("JIXIAO_TOKEN"),
            password_rules=_one_of(PasswordRules, get, "JIXIAO_PASSWORD_RULES"),
            password_hash=_one_of(Scheme, get, "JIXIAO_PASSWORD_HASH"),
        )

    def require_region(self) -> str:
        """The region, which is configured and never guessed.

        Raises:
            SettingError: it is not set.
        """
        if self.region is None:
            raise SettingError("JIXIAO_REGION", "未设置。请设为本级财政区划代码（9位数字）后重试。")
        return self.region


def default_data_dir(env: Mapping[str, str]) -> str:
    """Where data lie when nobody says: under the user's data folder, or the system's as root."""
    if os.geteuid() == 0:
        return "/var/lib/jixiao"
    return str(Path(env.get("XDG_DATA_HOME") or "~/.local/share") / "jixiao")


def _reader(env: Mapping[str, str]) -> _Reader:
    return _Reader(env)


@dataclass(frozen=True, slots=True)
class _Reader:
    env: Mapping[str, str]

    def __call__(self, name: str) -> str | None:
        file = self.env.get(f"{name}_FILE") if name in SECRETS else None
        if file:
            try:
                return Path(file).read_text(encoding="utf-8").strip()
            except OSError as problem:
                raise SettingError(f"{name}_FILE", f"指向的文件读不出：{problem}") from problem
        return self.env.get(name) or None


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
