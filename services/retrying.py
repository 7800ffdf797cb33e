"""Deciding again when somebody else wrote first."""

from __future__ import annotations

import time
from collections.abc import Callable
from random import SystemRandom
from typing import TypeVar

from services.log.appending import Appended, Command
from services.log.application import Log
from services.log.errors import ConcurrencyError

Result = TypeVar("Result")

ATTEMPTS = 5

_jitter = SystemRandom()


def decide_again(decide: Callable[[], Result]) -> Result:
    """Load, decide and save, up to five times; each time on what is on record then.

    Raises:
        ConcurrencyError: others were first every time.
    """
    for attempt in range(ATTEMPTS - 1):
        try:
            return decide()
        except ConcurrencyError:
            time.sleep(_jitter.uniform(0.005, 0.03) * (attempt + 1))
    return decide()


def once(log: Log, command: Command | None, decide: Callable[[], Appended]) -> Appended:
    """Answer a command that is on record as the first time; else decide, and again if need be.

    Raises:
        CommandReusedError: the command came before with another content.
        ConcurrencyError: others were first every time.
    """
    done = log.answered(command) if command is not None else None
    return done or decide_again(decide)
