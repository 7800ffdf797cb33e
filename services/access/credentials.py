"""Passwords: kept as hashes, changed by the person, reset by the desk."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow, class_row
from psycopg_pool import ConnectionPool

from domain.errors import MonitoringError
from services.access.choices import PasswordRules, Scheme
from services.access.hashing import hash_password, is_outdated, verify
from services.access.password_rules import REMEMBERED, WeakPasswordError, require_sound
from services.access.samples import SAMPLE_PASSWORD
from services.sql import named_statements

SQL = named_statements("services.access", "credentials.sql")


class WrongPasswordError(MonitoringError):
    """The present password was not given."""

    code = "wrong_password"

    def __init__(self) -> None:
        super().__init__("现在的密码不对，密码没有更改。")


class NotAlikeError(MonitoringError):
    """A new password was typed in two ways."""

    code = "not_alike"

    def __init__(self) -> None:
        super().__init__("两次输入的密码不一样，请重新输入。")


@dataclass(frozen=True, slots=True)
class Credential:
    """What is kept of one account's password."""

    hash: str
    earlier: list[str]
    changed_at: datetime
    must_change: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose password it is; the rules look at login and name."""

    account_id: UUID
    login: str
    name: str


@dataclass(frozen=True, slots=True)
class PasswordPolicy:
    """How passwords have to be, and how they are kept."""

    rules: PasswordRules = PasswordRules.CLASSIFIED
    scheme: Scheme = Scheme.ARGON2ID


class Credentials:
    """The table ``operational.credentials``."""

    def __init__(self, pool: ConnectionPool[Connection[TupleRow]], policy: PasswordPolicy) -> None:
        self._pool = pool
        self.policy = policy

    def find(self, account_id: UUID) -> Credential | None:
        """What is kept for an account."""
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(Credential)) as cursor,
        ):
            return cursor.execute(SQL["find"], {"account_id": account_id}).fetchone()

    def any(self) -> bool:
        """Whether anybody can sign in with a password at all."""
        with self._pool.connection() as connection:
            row = connection.execute(SQL["any"]).fetchone()
        return bool(row and row[0])

    def check(self, account_id: UUID | None, password: str) -> Credential | None:
        """The credential if this is its password; it takes as long for nobody's.

        Raises:
            TooManySignInsError: too many are at it.
        """
        known = self.find(account_id) if account_id is not None else None
        if not verify(password, known.hash if known else None) or known is None:
            return None
        if account_id is not None and is_outdated(known.hash, self.policy.scheme):
            self._renew(account_id, known.hash, password)
        return known

    def require_sound(self, holder: Holder, password: str) -> None:
        """Check a new password against the rules; WeakPasswordError."""
        require_sound(password, self.policy.rules, login=holder.login, name=holder.name)

    def is_sound(self, holder: Holder, password: str) -> bool:
        """Whether a new password follows the rules."""
        try:
            self.require_sound(holder, password)
        except WeakPasswordError:
            return False
        return True

    def set(self, holder: Holder, password: str, *, now: datetime, must_change: bool) -> None:
        """Give a new password.

        Raises:
            WeakPasswordError: it breaks a rule, or was one of the last.
            TooManySignInsError: too many are at it.
        """
        self.require_sound(holder, password)
        known = self.find(holder.account_id)
        before = [known.hash, *known.earlier] if known else []
        remembered = before[: REMEMBERED[self.policy.rules]]
        if any(verify(password, kept) for kept in remembered):
            raise WeakPasswordError([f"与最近{REMEMBERED[self.policy.rules]}次用过的相同"])
        hashed = hash_password(password, self.policy.scheme)
        self._keep(holder.account_id, Credential(hashed, remembered, now, must_change))

    def set_sample(self, account_id: UUID, *, now: datetime) -> None:
        """Give an account of the sample year the password that is told to everybody."""
        hashed = hash_password(SAMPLE_PASSWORD, self.policy.scheme)
        self._keep(account_id, Credential(hashed, [], now, must_change=False))

    def _keep(self, account_id: UUID, credential: Credential) -> None:
        values = {"account_id": account_id, **asdict(credential)}
        with self._pool.connection() as connection:
            connection.execute(SQL["keep"], values)

    def _renew(self, account_id: UUID, known: str, password: str) -> None:
        """Keep the same password by today's scheme."""
        renewed = hash_password(password, self.policy.scheme)
        values = {"account_id": account_id, "hash": renewed, "known": known}
        with self._pool.connection() as connection:
            connection.execute(SQL["renew_hash"], values)
