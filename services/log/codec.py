"""Events to plain JSON and back (architecture §3, facts §3).

A stored state reads ``{"v": 1, "meta": {"actor", "command_id", "source"}, "data": {…}}``:
version of the event's shape, who caused it (with ``filler`` where several use the account), and
the fields an auditor can read and SQL can use. Stream, version and topic are columns; a
timestamp is not kept (rules §1: when something became known is written by the append).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Literal, NoReturn
from uuid import UUID

import msgspec
from eventsourcing.domain import CanInitAggregate, CanMutateAggregate
from eventsourcing.persistence import Mapper, StoredEvent
from eventsourcing.utils import TopicError, resolve_topic

from domain.event import UNTIMED, DomainAggregate
from services.log.catalogue import EventClass, event_classes
from services.log.errors import EventNotStorableError, UnreadableEventError
from services.log.meta import Meta
from services.log.shapes import NATIVE, plain_struct, strict_struct

_encoder = msgspec.json.Encoder(
    decimal_format="string", uuid_format="canonical", order="deterministic"
)
_read_meta = msgspec.json.Decoder(Meta).decode


class _State(msgspec.Struct, gc=False):
    """A stored state whose fields are not read yet."""

    v: int
    meta: msgspec.Raw
    data: Any


class _Reader:
    """What is needed to store and read one event class, built once."""

    def __init__(self, event_class: EventClass, topic: str) -> None:
        self.event_class = event_class
        self.topic = topic
        self.version: int = getattr(event_class, "class_version", 1)
        self.strict = strict_struct(event_class)
        self.plain = plain_struct(event_class)
        self.constants: dict[str, Any] = {"timestamp": UNTIMED}
        if issubclass(event_class, CanInitAggregate):
            self.constants["originator_topic"] = _aggregate_topic(topic)
        current = msgspec.defstruct(
            "Current", [("v", Literal[self.version]), ("meta", msgspec.Raw), ("data", self.plain)]
        )
        self.read: Callable[[bytes], Any] = msgspec.json.Decoder(current).decode


class EventMapper(Mapper[UUID]):
    """Turns domain events into rows of the log and back, with the metadata of their command.

    Reads every event of ``domain/``, and of any aggregate imported besides.
    """

    def __init__(self) -> None:
        # The library's transcoder has no part in this; encode() and decode() stand for it.
        super().__init__(transcoder=None)  # type: ignore[arg-type]
        self._by_topic: dict[str, _Reader] = {}
        self._by_class: dict[type, _Reader] = {}

    def encode(self, event: CanMutateAggregate[UUID], meta: msgspec.Raw) -> StoredEvent:
        """Make the row of an event; EventNotStorableError where a value has no stored form."""
        reader = self._by_class.get(type(event)) or self._learn(type(event))
        try:
            data = msgspec.convert(event, reader.strict, from_attributes=True, builtin_types=NATIVE)
        except msgspec.ValidationError as problem:
            raise EventNotStorableError(reader.topic, problem) from None
        state = _encoder.encode(_State(reader.version, meta, data))
        return _row(event.originator_id, event.originator_version, reader.topic, state)

    def decode(self, stored: StoredEvent) -> tuple[DomainAggregate.Event, Meta]:
        """Read a row; UnreadableEventError for an unknown topic or a shape that does not fit."""
        return self.decode_columns(
            stored.originator_id,  # type: ignore[arg-type]  # our ids are UUIDs
            stored.originator_version,
            stored.topic,
            stored.state,
        )

    def decode_columns(
        self, stream_id: UUID, version: int, topic: str, state: bytes
    ) -> tuple[DomainAggregate.Event, Meta]:
        """Read a row given as its columns, for windows of thousands."""
        try:
            reader = self._by_topic.get(topic) or self._find(topic)
            try:
                current = reader.read(state)
                data, meta = current.data, current.meta
            except msgspec.ValidationError:
                data, meta = _read_older(reader, state)
            fields = msgspec.structs.asdict(data)
            known_meta = _meta(bytes(meta))
        except Exception as problem:
            # Whatever stands in the way of one event has to name that event (architecture §5).
            raise UnreadableEventError(topic, (stream_id, version), problem) from problem
        event = object.__new__(reader.event_class)
        columns = event.__dict__
        columns["originator_id"] = stream_id
        columns["originator_version"] = version
        columns.update(reader.constants)
        columns.update(fields)
        return event, known_meta

    def to_domain_event(self, stored_event: StoredEvent) -> DomainAggregate.Event:
        """Read a row for the library's repository."""
        return self.decode(stored_event)[0]

    def to_stored_event(self, domain_event: object) -> NoReturn:
        """Refuse: no event is stored without metadata."""
        raise EventNotStorableError(str(type(domain_event)), "no metadata; use Log.save")

    def _learn(self, event_class: type[object]) -> _Reader:
        topic = getattr(event_class, "TOPIC", None) or str(event_class)
        reader = self._by_topic.get(topic) or self._find(topic)
        if reader.event_class is not event_class:
            raise EventNotStorableError(topic, f"{event_class} is not the class of its topic")
        self._by_class[event_class] = reader
        return reader

    def _find(self, topic: str) -> _Reader:
        event_class = event_classes().get(topic)
        if event_class is None:
            raise EventNotStorableError(topic, "no event class has this topic")
        try:
            reader = _Reader(event_class, topic)
        except (TypeError, TopicError) as problem:
            raise EventNotStorableError(topic, problem) from problem
        self._by_topic[topic] = reader
        return reader


def prepared_meta(meta: Meta) -> msgspec.Raw:
    """Encode metadata once for all events of a command.

    Who filled in stands there only where somebody did, so that all other events read as ever.
    """
    said = {"actor": meta.actor, "command_id": meta.command_id, "source": meta.source}
    if meta.filler is not None:
        said["filler"] = meta.filler
    return msgspec.Raw(_encoder.encode(said))


def _row(stream_id: UUID, version: int, topic: str, state: bytes) -> StoredEvent:
    # A frozen dataclass sets its attributes one by one; this is three times as fast.
    row = object.__new__(StoredEvent)
    columns = row.__dict__
    columns["originator_id"] = stream_id
    columns["originator_version"] = version
    columns["topic"] = topic
    columns["state"] = state
    return row


@lru_cache(maxsize=1024)
def _meta(state: bytes) -> Meta:
    # A window of events has few commands behind it.
    return _read_meta(state)


def _read_older(reader: _Reader, state: bytes) -> tuple[Any, msgspec.Raw]:
    """Lift a state of an earlier version through the class's upcasts, one by one."""
    stored = msgspec.json.decode(state, type=_State)
    if stored.v > reader.version:
        raise EventNotStorableError(reader.topic, f"version {stored.v} is newer than this release")
    for version in range(stored.v, reader.version):
        getattr(reader.event_class, f"upcast_v{version}_v{version + 1}")(stored.data)
    return msgspec.convert(stored.data, reader.plain), stored.meta


def _aggregate_topic(topic: str) -> str:
    """``payment.recorded`` begins a ``payment``; TypeError where no aggregate says so."""
    prefix = topic.rpartition(".")[0]
    aggregate = resolve_topic(prefix)
    if not (isinstance(aggregate, type) and issubclass(aggregate, DomainAggregate)):
        message = f"no aggregate has the topic {prefix!r}"
        raise TypeError(message)
    return prefix
