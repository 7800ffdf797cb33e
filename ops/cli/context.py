"""What every command of ``jixiao`` needs: the services, and a way to say what goes wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from services.bootstrap import Services
from services.bootstrap import open_services as open_all
from services.clock import Clock, wall_clock
from services.settings import Settings

FINDINGS, USAGE, UNREACHABLE = 1, 2, 3
"""Exit codes (architecture §8); 0 is fine."""


def say(text: str, done: int = 0, total: int = 0) -> None:  # noqa: ARG001  # told in the text
    """Progress goes to standard error, so that ``--json`` stays clean."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201  # this is the terminal


@contextmanager
def open_services(clock: Clock = wall_clock, *, web_only: bool = False) -> Iterator[Services]:
    """The services, as the environment sets them."""
    with open_all(Settings.from_env(), say, clock, web_only=web_only) as services:
        yield services
