"""A watch over the embedded server: while anyone uses it, a server that died is brought back."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Self

from domain.errors import MonitoringError

EVERY = 1.0  # seconds

log = logging.getLogger(__name__)


class Watch:
    """A thread that calls ``ensure_running`` once a second for the length of a block."""

    def __init__(self, ensure_running: Callable[[], None]) -> None:
        self._ensure_running = ensure_running
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="database-watch", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        told = ""
        while not self._ended.wait(EVERY):
            try:
                self._ensure_running()
            except (MonitoringError, OSError) as problem:
                # The users of the database see their own errors; the next second is another try.
                if str(problem) != told:
                    log.exception("The embedded database is down and could not be restarted")
                told = str(problem)
            else:
                told = ""
