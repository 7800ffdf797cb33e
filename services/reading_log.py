"""The log as it is read by people and programs: whole, by who may (审计、财政管理员)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.access.action import Action
from services.access.permitting import permit
from services.log.application import Log
from services.log.reading import LoggedEvent

PAGE = 1_000


def read_page(log: Log, after: int, limit: int) -> Sequence[LoggedEvent]:
    """Events behind a position, in order.

    Raises:
        NotAllowedError, NotOnRecordError: whoever is present may not read the log.
    """
    permit(Action.READ_LOG)
    return log.read(after, limit)


def read_all(log: Log, after: int = 0) -> Iterator[LoggedEvent]:
    """Every event behind a position; as of read_page."""
    while page := read_page(log, after, PAGE):
        yield from page
        after = page[-1].position
