"""The one who leads the projections, in a thread of its own, through every restart."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass

import psycopg

from services.leading import PROJECTOR, Leadership
from services.log.errors import LogUnreachableError
from services.projections import tables
from services.projections.projector import Projector

logger = logging.getLogger(__name__)

WAIT_S = 1.0
LONGEST_PAUSE_S = 5.0


@dataclass(frozen=True, slots=True)
class SupervisorStatus:
    """Whether this process leads, and what stopped it last."""

    leading: bool
    last_error: str | None


class Supervisor:
    """Projects what is appended, as long as it runs; one process of many leads.

    A database that goes away is waited for, ever longer up to 5 s; another leader is waited
    for too.
    """

    def __init__(self, projector: Projector, channel: str) -> None:
        self._projector = projector
        self._channel = channel
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="projections", daemon=True)
        self._status = SupervisorStatus(leading=False, last_error=None)

    @property
    def status(self) -> SupervisorStatus:
        """Whether it leads, and the last error."""
        return self._status

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, and wait for the window in hand."""
        self._stopping.set()
        self._thread.join(timeout=30)

    def _run(self) -> None:
        pause = 0.1
        while not self._stopping.is_set():
            try:
                with Leadership(self._projector.worker_url, PROJECTOR) as leadership:
                    if leadership.try_lead():
                        self._status = SupervisorStatus(leading=True, last_error=None)
                        self._lead(leadership)
                pause = 0.1
            except (psycopg.Error, LogUnreachableError) as problem:
                logger.warning("projections interrupted", extra={"error": str(problem)})
                self._status = SupervisorStatus(leading=False, last_error=str(problem))
                pause = min(pause * 2, LONGEST_PAUSE_S)
            except Exception as problem:  # nobody else would hear of it
                logger.exception("projections failed")
                self._status = SupervisorStatus(leading=False, last_error=repr(problem))
                pause = LONGEST_PAUSE_S
            self._stopping.wait(pause)

    def _lead(self, leadership: Leadership) -> None:
        self._projector.prepare(logger.info)
        with (
            psycopg.connect(self._projector.worker_url, autocommit=True) as listening,
            tables.owner_connection(self._projector.worker_url) as connection,
            self._projector.runner(connection) as runner,
        ):
            listening.execute(
                psycopg.sql.SQL("LISTEN {}").format(psycopg.sql.Identifier(self._channel))
            )
            while not self._stopping.is_set():
                if not runner.advance():
                    self._wait(listening)
                    if not leadership.try_lead():
                        return

    def _wait(self, listening: psycopg.Connection) -> None:
        """Until something is appended, or a second has passed: notices can be lost."""
        for _ in listening.notifies(timeout=WAIT_S, stop_after=1):
            return
