"""What can be wrong with the database: each refusal says, in Chinese, the next step."""

from __future__ import annotations

import shlex
from pathlib import Path

from domain.errors import MonitoringError


class UnsupportedSystemError(MonitoringError):
    """The embedded server runs on Linux only."""

    code = "unsupported_system"

    def __init__(self, system: str) -> None:
        super().__init__(
            f"自带数据库只能在 Linux 上运行（当前系统：{system}）。"
            "请换到 Linux，或设置 JIXIAO_DATABASE_URL 使用已有的 PostgreSQL。"
        )


class ProgramsMissingError(MonitoringError):
    """The wheel with PostgreSQL's programs is not installed, or not whole."""

    code = "database_programs_missing"

    def __init__(self, missing: str) -> None:
        super().__init__(
            f"没有找到自带的 PostgreSQL 程序（{missing}）。"
            "请重新安装依赖（make run 会自动安装），"
            "或设置 JIXIAO_DATABASE_URL 使用已有的 PostgreSQL。"
        )


class ServerUserMissingError(MonitoringError):
    """As root the server needs an unprivileged account, and none could be made."""

    code = "database_user_missing"

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"以 root 运行时，数据库须由系统用户 {name} 运行，"
            f"但该用户不存在，也没能创建：{reason}。"
            f"请先创建系统用户 {name}，或改用普通用户运行。"
        )


class DataFolderError(MonitoringError):
    """The data folder cannot be used as it is."""

    code = "data_folder_unusable"

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"数据目录 {folder} 不能使用：{reason}。"
            "请改用该目录的所有者运行，或用 JIXIAO_DATA_DIR 另选一个目录。"
        )


class OpenToOthersError(MonitoringError):
    """Other users of the machine could read or change what is the service's alone."""

    code = "open_to_others"

    def __init__(self, path: Path, mode: int) -> None:
        super().__init__(
            f"{path} 对本机其他用户开放（权限 {mode:o}），已拒绝启动。"
            f"请由其所有者运行 chmod {mode & 0o711:o} {shlex.quote(str(path))} 后重新启动。"
        )


class ServerStartError(MonitoringError):
    """PostgreSQL did not come up, or could not make its cluster."""

    code = "database_start_failed"

    def __init__(self, what: str, detail: str, log: Path | None = None) -> None:
        where = f"详情见 {log}。" if log else ""
        super().__init__(f"{what}：{detail or '没有更多信息'}。{where}请排除原因后重新启动。")


class PasswordLostError(MonitoringError):
    """The cluster exists but the file with its password does not."""

    code = "database_password_lost"

    def __init__(self, file: Path) -> None:
        super().__init__(f"数据库已存在，但口令文件 {file} 丢失。请从备份恢复该文件，再重新启动。")


class DatabaseUnreachableError(MonitoringError):
    """Nobody answers at the address that was given, or the login is refused."""

    code = "database_unreachable"

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(
            f"无法连接数据库 {address}：{reason}。"
            "请检查地址、用户名和口令，以及数据库服务器是否已经启动。"
        )


class ServerTooOldError(MonitoringError):
    """The server is older than the oldest PostgreSQL we are tested on."""

    code = "database_too_old"

    def __init__(self, version: str) -> None:
        super().__init__(
            f"数据库版本过低：PostgreSQL {version}。请升级到 PostgreSQL 15 或更高版本。"
        )


class EncodingNotUtf8Error(MonitoringError):
    """The database cannot hold Chinese text."""

    code = "database_encoding"

    def __init__(self, encoding: str) -> None:
        super().__init__(
            f"数据库编码是 {encoding}，不能保存中文。请新建一个编码为 UTF8 的数据库，"
            "再运行 jixiao db init。"
        )


class NotInitialisedError(MonitoringError):
    """The database has none of our tables yet."""

    code = "database_not_initialised"

    def __init__(self, dbname: str) -> None:
        super().__init__(f"数据库 {dbname} 还没有初始化。请由数据库管理员运行一次 jixiao db init。")


class MigrationsPendingError(MonitoringError):
    """The tables are those of an earlier release."""

    code = "database_outdated"

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            f"数据库结构需要升级（缺少 {'、'.join(names)}）。请由数据库管理员运行 jixiao db init。"
        )


class ProgramOutdatedError(MonitoringError):
    """The tables are those of a later release than this program."""

    code = "program_outdated"

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            f"数据库结构比本程序新（多出 {'、'.join(names)}）。请把本程序升级到最新版本。"
        )


class MigrationChangedError(MonitoringError):
    """A migration that was applied is no longer the file it was."""

    code = "migration_changed"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"已执行的数据库迁移 {name} 与本程序所带的内容不一致。请重新安装未经改动的程序。"
        )


class RoleTooPowerfulError(MonitoringError):
    """A process would run with more rights than it may have."""

    code = "role_too_powerful"

    def __init__(self, role: str, reason: str, setting: str) -> None:
        super().__init__(
            f"数据库用户 {role} 权限过大（{reason}），已拒绝启动。请运行 jixiao db init，"
            f"并在 {setting} 中改用它所建的用户。"
        )


class RoleTooWeakError(MonitoringError):
    """A process lacks a right it needs."""

    code = "role_too_weak"

    def __init__(self, role: str, reason: str, setting: str) -> None:
        super().__init__(
            f"数据库用户 {role} 权限不足（{reason}）。请运行 jixiao db init，"
            f"并在 {setting} 中改用它所建的用户。"
        )


class AdminTooWeakError(MonitoringError):
    """The administrator's role may not make what has to be made."""

    code = "admin_too_weak"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"管理员账号权限不足：{reason}。请改用超级用户，或同时具有 CREATEDB 和 CREATEROLE "
            "权限并拥有该数据库的用户，再运行 jixiao db init。"
        )


class UrlMissingError(MonitoringError):
    """A server by URL needs both addresses."""

    code = "database_url_missing"

    def __init__(self, missing: str) -> None:
        super().__init__(
            f"使用已有的 PostgreSQL 时还需要设置 {missing}。"
            "请补上该设置；两个地址在运行 jixiao db init 时给出。"
        )
