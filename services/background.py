"""Imports that go on after their request was answered, in threads of the service's own process."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from dataclasses import dataclass, field
from threading import Event, Lock, Semaphore
from typing import TypeVar

from domain.errors import MonitoringError
from services.recording import Progress

Result = TypeVar("Result")

AT_ONCE = 2
"""Imports side by side: each reads in a child process and writes under the log's one lock."""
MOST = 16
"""Imports under way and waiting for their turn; each holds a connection of the database."""
SOON_S = 2.0
"""How long a request waits: what is done by then is answered as done."""
_LOOK_S = 0.5

logger = logging.getLogger(__name__)


class TooManyImportsError(MonitoringError):
    """Too many imports are under way."""

    code = "too_many_imports"

    def __init__(self) -> None:
        super().__init__(f"正在入库和排队的文件已有{MOST}份。请等其中几份完成后再入库。")


class ServiceEndsError(MonitoringError):
    """The service ends while an import goes on."""

    code = "service_ends"

    def __init__(self) -> None:
        super().__init__("服务停止，入库暂停。已入库的行保留，点“继续”即接着进行，不会重复入库。")


@dataclass
class Turn:
    """Hears how far an import is; at the first word it waits until others are done."""

    background: Background
    taken: bool = False

    def __call__(self, said: str, done: int = 0, total: int = 0, /) -> None:
        """Wait for the turn; ServiceEndsError where the service ends."""
        del said, done, total
        while True:
            if self.background.ending.is_set():
                raise ServiceEndsError
            if self.taken or self.background.places.acquire(timeout=_LOOK_S):
                self.taken = True
                return

    def over(self) -> None:
        """Let the next one have its turn."""
        if self.taken:
            self.background.places.release()


@dataclass
class Background:
    """Threads that act as whoever asked; when the service ends they stop after their chunk."""

    ending: Event = field(default_factory=Event)
    places: Semaphore = field(default_factory=lambda: Semaphore(AT_ONCE))
    _threads: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(MOST, thread_name_prefix="import")
    )
    _lock: Lock = field(default_factory=Lock)
    _going: int = 0

    def soon(self, work: Callable[[Progress], Result]) -> Result | None:
        """Do some work beside; None where it goes on after the answer.

        Raises:
            TooManyImportsError: too many are under way.
            Exception: whatever the work raised before the answer.
        """
        future = self._start(work)
        wait([future], SOON_S)
        if future.done():
            return future.result()
        future.add_done_callback(_log)
        return None

    def _start(self, work: Callable[[Progress], Result]) -> Future[Result]:
        with self._lock:
            if self._going >= MOST:
                raise TooManyImportsError
            self._going += 1
        return self._threads.submit(copy_context().run, self._do, work)

    def _do(self, work: Callable[[Progress], Result]) -> Result:
        turn = Turn(self)
        try:
            return work(turn)
        finally:
            turn.over()
            with self._lock:
                self._going -= 1

    def close(self) -> None:
        """Wait until what is under way has stopped."""
        self.ending.set()
        self._threads.shutdown(wait=True)


def _log(future: Future[Result]) -> None:
    """Keep what nobody waits for any more; what has a sentence of its own stands with its run."""
    problem = future.exception()
    if problem is not None and not isinstance(problem, MonitoringError):
        logger.error("an import broke off", exc_info=problem)
