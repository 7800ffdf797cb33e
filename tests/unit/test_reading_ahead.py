"""The next window is in hand when it is asked for, and never an old one."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest

from services.log.meta import Meta
from services.log.reading import LoggedEvent
from services.projections.ahead import ReadAhead
from tests.declaring import declared

EVENT = declared().pending_events[0]
MOMENT = datetime(2025, 7, 1, tzinfo=UTC)


class ListLog:
    """A log in memory that notes what was asked of it, and by which thread."""

    def __init__(self, length: int) -> None:
        self.length = length
        self.asked: list[tuple[int, str]] = []
        self.broken = False

    def read(self, after: int, limit: int) -> list[LoggedEvent]:
        self.asked.append((after, threading.current_thread().name))
        if self.broken:
            raise LookupError("cannot be read")
        last = min(self.length, after + limit)
        meta = Meta("测试", None, "test")
        return [LoggedEvent(n, EVENT, meta, MOMENT) for n in range(after + 1, last + 1)]  # type: ignore[arg-type]

    def read_before(self, poison: int, after: int) -> list[LoggedEvent]:
        return self.read(after, poison - after - 1)


def positions(entries: list[LoggedEvent]) -> list[int]:
    return [entry.position for entry in entries]


def test_windows_come_in_order_and_the_second_was_read_by_the_other_thread() -> None:
    log = ListLog(7)
    with ReadAhead(log) as reader:
        assert positions(reader.read(0, 3)) == [1, 2, 3]
        assert positions(reader.read(3, 3)) == [4, 5, 6]
        assert positions(reader.read(6, 3)) == [7]
    threads = dict(log.asked[:2])
    assert threads[0] == threading.current_thread().name
    assert threads[3].startswith("reading ahead")


def test_a_window_that_was_not_full_is_read_again_when_it_is_asked_for() -> None:
    log = ListLog(3)
    with ReadAhead(log) as reader:
        reader.read(0, 3)
        log.length = 5
        assert positions(reader.read(3, 3)) == [4, 5]


def test_another_place_than_the_next_is_read_afresh() -> None:
    log = ListLog(9)
    with ReadAhead(log) as reader:
        reader.read(0, 3)
        assert positions(reader.read(1, 3)) == [2, 3, 4]


def test_an_error_comes_out_where_it_belongs_and_not_before() -> None:
    log = ListLog(9)
    with ReadAhead(log) as reader:
        log_reads = positions(reader.read(0, 3))
        reader.read(3, 3)
        log.broken = True
        assert log_reads == [1, 2, 3]
        with pytest.raises(LookupError):
            reader.read(0, 3)


def test_what_lies_before_a_poison_event_is_asked_of_the_log() -> None:
    with ReadAhead(ListLog(9)) as reader:
        assert positions(reader.read_before(5, 2)) == [3, 4]
