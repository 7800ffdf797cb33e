"""Who fills in with an account that several people use (填报人): asked, remembered, kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from psycopg import Connection
from psycopg.rows import TupleRow, class_row
from psycopg_pool import ConnectionPool

from domain.errors import MonitoringError
from services.sql import named_statements

SQL = named_statements("services.access", "fillers.sql")

_LONGEST_NAME = 60
_TELEPHONE = re.compile(r"\+?[0-9][0-9 \-]{5,22}[0-9]")


class FillerNeededError(MonitoringError):
    """An account of several people acts, and nobody said who it is."""

    code = "filler_needed"

    def __init__(self) -> None:
        super().__init__(
            "这是单位共用账户，提交前请在页面右上角填写填报人和电话；"
            "程序请带请求头 X-Filler 和 X-Filler-Telephone。"
        )


class FillerUnsoundError(MonitoringError):
    """The name or the telephone cannot be one."""

    code = "filler_unsound"

    def __init__(self, what: str) -> None:
        super().__init__(f"请填写{what}。")


@dataclass(frozen=True, slots=True)
class Filler:
    """A person behind a shared account; events hold the id alone."""

    filler_id: UUID
    account_id: UUID
    name: str
    telephone: str
    first_used_at: datetime
    last_used_at: datetime


class Fillers:
    """The table ``operational.fillers``."""

    def __init__(self, pool: ConnectionPool[Connection[TupleRow]]) -> None:
        self._pool = pool

    def keep(self, account_id: UUID, name: str, telephone: str, *, now: datetime) -> Filler:
        """Remember somebody; the same name and telephone again is the same one.

        Raises:
            FillerUnsoundError: there is no name, or it is no telephone.
        """
        values = {
            "filler_id": uuid4(),
            "account_id": account_id,
            "name": _sound_name(name),
            "telephone": _sound_telephone(telephone),
            "now": now,
        }
        return self._rows("keep", values)[0]

    def one(self, filler_id: UUID, account_id: UUID) -> Filler | None:
        """Somebody by id, of that account alone."""
        found = self._rows("one", {"filler_id": filler_id, "account_id": account_id})
        return found[0] if found else None

    def of_account(self, account_id: UUID) -> list[Filler]:
        """All of an account's, the one last used first."""
        return self._rows("of_account", {"account_id": account_id})

    def _rows(self, statement: str, values: dict[str, object]) -> list[Filler]:
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(Filler)) as cursor,
        ):
            return cursor.execute(SQL[statement], values).fetchall()


def _sound_name(name: str) -> str:
    found = " ".join(name.split())
    if not found or len(found) > _LONGEST_NAME or not found.isprintable():
        raise FillerUnsoundError(f"填报人姓名（{_LONGEST_NAME}字以内）")
    return found


def _sound_telephone(telephone: str) -> str:
    found = telephone.strip()
    if not _TELEPHONE.fullmatch(found):
        raise FillerUnsoundError("联系电话（如 0313-6221001 或手机号）")
    return found
