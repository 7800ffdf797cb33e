"""What the log refuses, and what it cannot do."""

from __future__ import annotations

from uuid import UUID

from eventsourcing.persistence import IntegrityError

from domain.errors import MonitoringError


class ConcurrencyError(MonitoringError, IntegrityError):
    """Somebody else wrote this version of the stream first; load again and decide again.

    ``stream_id`` and ``version`` name the place that was taken, None where the server did
    not say. Also an ``IntegrityError``, so that the library's own code understands it.
    """

    code = "concurrent_change"

    def __init__(self, stream_id: UUID | None, version: int | None) -> None:
        super().__init__(f"记录 {stream_id} 的第 {version} 条刚刚已被他人写入，请刷新后重试")
        self.stream_id = stream_id
        self.version = version


class CommandReusedError(MonitoringError):
    """A command id came back with other content; nothing was written."""

    code = "command_reused"

    def __init__(self, command_id: UUID) -> None:
        super().__init__(f"请求编号 {command_id} 已用于另一项内容不同的操作，未作记录")
        self.command_id = command_id


class AppendTooLargeError(MonitoringError):
    """More than one append may hold; independent facts go through ``append_facts``."""

    code = "append_too_large"

    def __init__(self, events: int, size: int) -> None:
        super().__init__(f"一次写入 {events} 条、{size} 字节，超出上限，请分批提交")
        self.events = events
        self.size = size


class LogBusyError(MonitoringError):
    """Somebody held the log's lock longer than an append waits; nothing was written."""

    code = "log_busy"

    def __init__(self) -> None:
        super().__init__("记录库正忙，本次未写入，请稍后重试")


class LogUnreachableError(MonitoringError):
    """The database did not answer.

    Whether the append was written is unknown; sent again with the same command id it is
    written once, and answered as the first time.
    """

    code = "log_unreachable"

    def __init__(self) -> None:
        super().__init__("暂时连不上记录库，请稍后以同一请求编号重试")


class EventNotStorableError(MonitoringError):
    """An event holds what the log does not take: a float, a time without zone, a wrong type."""

    code = "event_not_storable"

    def __init__(self, topic: str, reason: object) -> None:
        super().__init__(f"Event {topic} cannot be stored: {reason}")
        self.topic = topic


class UnreadableEventError(MonitoringError):
    """A stored event cannot be turned back into an event; ``position`` None: not read by one."""

    code = "unreadable_event"

    def __init__(self, topic: str, place: tuple[UUID, int], reason: object) -> None:
        stream_id, version = place
        super().__init__(f"Event {topic} of {stream_id}, version {version}: {reason}")
        self.topic = topic
        self.stream_id = stream_id
        self.version = version
        self.position: int | None = None


class NaiveTimeError(MonitoringError, ValueError):
    """A moment without a time zone says nothing about order."""

    code = "naive_time"

    def __init__(self, moment: object) -> None:
        super().__init__(f"Time without zone: {moment}")
