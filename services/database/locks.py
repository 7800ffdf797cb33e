"""Locks between processes: an advisory lock of the kernel on a file, freed when its holder dies."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from services.database.ownership import belongs_to_folder

POLL = 0.05  # seconds between two tries for a lock that somebody else holds


class FileLock:
    """One open file whose ``flock`` we hold, shared or exclusive.

    The file is never deleted: a lock on a deleted file locks nobody out. Programs that are
    started meanwhile do not inherit it unless they are handed the descriptor.
    """

    def __init__(self, path: Path) -> None:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        self._descriptor = os.open(path, flags, 0o600)
        belongs_to_folder(self._descriptor, path.parent)

    @property
    def descriptor(self) -> int:
        """For a program that is started to hold the lock too, as long as any of it lives."""
        return self._descriptor

    def share(self) -> None:
        """Hold the lock together with others."""
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def try_exclusive(self) -> bool:
        """Hold the lock alone if nobody else holds it; say whether that worked."""
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def wait_exclusive(self, waiting: Callable[[float], None]) -> None:
        """Hold the lock alone, however long it takes; ``waiting`` hears the seconds so far."""
        began = time.monotonic()
        while not self.try_exclusive():
            waiting(time.monotonic() - began)
            time.sleep(POLL)

    def close(self) -> None:
        """Let the lock go."""
        os.close(self._descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def alone(path: Path, waiting: Callable[[float], None]) -> Iterator[None]:
    """Hold the lock on ``path`` exclusively for the length of a block."""
    with FileLock(path) as lock:
        lock.wait_exclusive(waiting)
        yield
