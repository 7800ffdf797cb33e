"""Letting the garbage collector rest while a long list is built: nothing in it is cyclic.

A file of 100,000 lines is half a million objects that all stay; the collector would walk them
again and again and find nothing, for half of the time that reading takes.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_resting = 0


@contextmanager
def collector_resting() -> Iterator[None]:
    """Pause cyclic collection for a block; blocks of several threads may overlap."""
    _count(1)
    try:
        yield
    finally:
        _count(-1)


def _count(change: int) -> None:
    global _resting  # noqa: PLW0603  # the collector is one a process, too
    with _lock:
        _resting += change
        if _resting:
            gc.disable()
        else:
            gc.enable()
