"""Links that are good for one use: the first administrator, a new password, an identity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow, class_row
from psycopg_pool import ConnectionPool

from domain.errors import MonitoringError
from services.access.keys import digest, new_key
from services.sql import named_statements

SQL = named_statements("services.access", "invitations.sql")

LASTS = timedelta(hours=24)


class Purpose(StrEnum):
    """What a link is good for."""

    FIRST_ADMINISTRATOR = "first_administrator"
    SET_PASSWORD = "set_password"  # noqa: S105  # a purpose, no password
    LINK_IDENTITY = "link_identity"


class InvitationGoneError(MonitoringError):
    """The link was used, withdrawn, or is past."""

    code = "invitation_gone"

    def __init__(self) -> None:
        super().__init__("该链接已使用或已过期。请向财政管理员（或在服务器上）重新取得。")


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a link is for; ``account_id`` is None where there is no account yet."""

    purpose: Purpose
    account_id: UUID | None


class Invitations:
    """The table ``operational.invitations``."""

    def __init__(self, pool: ConnectionPool[Connection[TupleRow]]) -> None:
        self._pool = pool

    def invite(self, purpose: Purpose, account_id: UUID | None, *, now: datetime) -> str:
        """Make a link's key; one before it for the same purpose is withdrawn."""
        key = new_key()
        values = {
            "digest": digest(key),
            "purpose": purpose,
            "account_id": account_id,
            "now": now,
            "expires_at": now + LASTS,
        }
        with self._pool.connection() as connection:
            connection.execute(SQL["withdraw"], values)
            connection.execute(SQL["invite"], values)
        return key

    def find(self, key: str, *, now: datetime) -> Invitation | None:
        """What a key is good for, without using it."""
        return self._one("find", {"digest": digest(key), "now": now})

    def take(self, key: str, purpose: Purpose, *, now: datetime) -> Invitation:
        """Use a key up; of two at once one gets it.

        Raises:
            InvitationGoneError: it is good for nothing.
        """
        return self.take_by(digest(key), purpose, now=now)

    def take_by(self, digest_: bytes, purpose: Purpose, *, now: datetime) -> Invitation:
        """Use a key up of which only the digest was kept; as of :meth:`take`."""
        taken = self._one("take", {"digest": digest_, "purpose": purpose, "now": now})
        if taken is None:
            raise InvitationGoneError
        return taken

    def _one(self, statement: str, values: dict[str, Any]) -> Invitation | None:
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(Invitation)) as cursor,
        ):
            return cursor.execute(SQL[statement], values).fetchone()
