"""What was decided in the course of one request, kept beside it until its edge writes it down.

A context variable as in :mod:`services.access.present`: threads that are started for a request
see the same. Where nobody keeps it, nothing is noted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from domain.access.action import Action
from domain.access.place import Place


@dataclass(frozen=True, slots=True)
class Decision:
    """One kind of thing that was asked at one place, and whether it was allowed."""

    action: Action
    place: Place
    allowed: bool


@dataclass(slots=True)
class Acts:
    """What happened in one request.

    ``decided`` holds by decision the names of the things it was about, in order. ``read`` is
    what was shown where the address does not say it. ``failure`` is the code of a refusal that
    the answer's status does not show. ``is_noted``: it wrote its own line. ``is_empty``: nothing
    of the content was shown, whoever asked.
    """

    decided: dict[Decision, dict[str, None]] = field(default_factory=dict)
    read: str | None = None
    failure: str | None = None
    is_noted: bool = False
    is_empty: bool = False


_kept: ContextVar[Acts | None] = ContextVar("acts", default=None)


@contextmanager
def keeping() -> Iterator[Acts]:
    """Keep what is decided in a block."""
    acts = Acts()
    token = _kept.set(acts)
    try:
        yield acts
    finally:
        _kept.reset(token)


def note_decision(action: Action, place: Place, what: str, *, allowed: bool) -> None:
    """Note that something was asked of the one decision point."""
    if acts := _kept.get():
        acts.decided.setdefault(Decision(action, place, allowed), {})[what] = None


def note_read(what: str) -> None:
    """Note what is shown, where the address of the request does not say it."""
    if acts := _kept.get():
        acts.read = what


def note_failure(code: str) -> None:
    """Note that what was asked was not done, though the answer is a good one."""
    if acts := _kept.get():
        acts.failure = code


def note_own_line() -> None:
    """Note that a line was written already, so that no general one is needed."""
    if acts := _kept.get():
        acts.is_noted = True


def note_nothing_read() -> None:
    """Note that the answer holds nothing of the content."""
    if acts := _kept.get():
        acts.is_empty = True
