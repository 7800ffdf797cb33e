"""Reading the next window while the database writes this one."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from services.log.reading import LoggedEvent
from services.projections.reading import EventReader


class ReadAhead:
    """An event reader that has the next full window in hand when it is asked for.

    Decoding is work of ours and writing is work of the database's, so the two go side by side.
    An error in reading ahead comes out when that window is asked for.
    """

    def __init__(self, inner: EventReader) -> None:
        self._inner = inner
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="reading ahead")
        self._ahead: tuple[int, int, Future[list[LoggedEvent]]] | None = None

    def read(self, after: int, limit: int) -> list[LoggedEvent]:
        """Up to ``limit`` events behind a position; the window behind a full one is begun."""
        entries = self._taken(after, limit)
        if len(entries) == limit:
            follows = entries[-1].position
            self._ahead = (follows, limit, self._thread.submit(self._inner.read, follows, limit))
        return entries

    def read_before(self, poison: int, after: int) -> list[LoggedEvent]:
        """As the inner reader."""
        return self._inner.read_before(poison, after)

    def _taken(self, after: int, limit: int) -> list[LoggedEvent]:
        ahead, self._ahead = self._ahead, None
        if ahead is not None and ahead[:2] == (after, limit):
            entries = ahead[2].result()
            if len(entries) == limit:
                return entries
        # What was read ahead may be older than what is there now.
        return self._inner.read(after, limit)

    def close(self) -> None:
        """Wait for what is being read."""
        self._thread.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
