"""Trying mutants in forked processes: each inherits what is warm, and takes its change along."""

from __future__ import annotations

import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable

from ops.mutation.jobs import Outcome

SURVIVED, KILLED, UNDECIDED = 0, 1, 90
"""What a forked process ends with; any other end is a mutant that was noticed."""

_WALL_SECONDS = 900
_MEMORY_BYTES = 4 << 30
_BY_CODE = {SURVIVED: Outcome.SURVIVED, UNDECIDED: Outcome.UNDECIDED}


class Pool:
    """So many forked processes at a time; ``done`` is told the outcome of each."""

    def __init__(self, size: int, done: Callable[[int, Outcome], None]) -> None:
        self._size, self._done = size, done
        self._running: dict[int, int] = {}

    def start(self, number: int, work: Callable[[], int], cpu_seconds: int) -> None:
        """Try one, once a process is free; it may use so many seconds of a processor."""
        while len(self._running) >= self._size:
            self._wait()
        child = os.fork()
        if child == 0:
            _end_with(work, cpu_seconds)
        self._running[child] = number

    def finish(self) -> None:
        """Wait for all that run."""
        while self._running:
            self._wait()

    def _wait(self) -> None:
        child, status = os.wait()
        number = self._running.pop(child)
        if os.WIFSIGNALED(status):
            self._done(number, Outcome.TIMED_OUT)
        else:
            self._done(number, _BY_CODE.get(os.WEXITSTATUS(status), Outcome.KILLED))


def run_apart(work: Callable[[], int]) -> int:
    """Run something in a process of its own and give what it ended with; it may write."""
    child = os.fork()
    if child == 0:
        code = KILLED
        try:
            code = work()
        except BaseException:  # noqa: BLE001 - the parent learns of it by the code
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _end_with(work: Callable[[], int], cpu_seconds: int) -> None:
    """Do the work in silence and within limits, and leave without cleaning up."""
    code = UNDECIDED  # what fails outside the tests is no kill
    try:
        _be_silent()
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
        signal.alarm(_WALL_SECONDS)
        code = work()
    finally:
        os._exit(code)


def _be_silent() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
