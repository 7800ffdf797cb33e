"""How often a password may be tried: a growing wait from the fifth failure, a lock at twenty.

Counted for the login name as typed, whether there is such an account or not, and for the
address; no lock is for ever (ASVS 6.1.1). Who has to wait is told so without any hashing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import MonitoringError

FREE = 4
LOCKED_AT = 20
LOCK = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=1)
"""Without a failure for that long, counting begins anew."""

ADDRESS_FACTOR = 5
"""Many people share one address: it may fail that many times more often."""


class WaitError(MonitoringError):
    """Too many failures; nothing was checked."""

    code = "sign_in_wait"

    def __init__(self, seconds: int) -> None:
        wait = f"{seconds}秒" if seconds < 120 else f"{-(-seconds // 60)}分钟"
        super().__init__(f"登录失败次数过多，请{wait}后再试。忘记密码请联系财政管理员重置。")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Failures:
    """What is counted for one name or address."""

    count: int
    last_at: datetime

    def open_again_at(self, factor: int = 1) -> datetime:
        """The moment from which another try is checked."""
        count = self.count // factor
        if count <= FREE:
            return self.last_at
        if count >= LOCKED_AT:
            return self.last_at + LOCK
        return self.last_at + timedelta(seconds=min(2 ** (count - FREE - 1), 60))

    def require_open(self, now: datetime, factor: int = 1) -> None:
        """Let a try be checked, or say how long to wait.

        Raises:
            WaitError: it is too early.
        """
        left = (self.open_again_at(factor) - now).total_seconds()
        if left > 0:
            raise WaitError(int(left) + 1)
