"""One event of each class, made from its type hints, the same each time."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID, uuid5

from eventsourcing.domain import CanInitAggregate

from domain.event import UNTIMED, DomainAggregate
from domain.plan import Checkpoint, SpendingPlan
from services.log.catalogue import EventClass, event_classes
from services.log.codec import EventMapper, prepared_meta
from services.log.meta import Meta
from services.log.shapes import fields_of

STREAM = UUID("5f0f0f0f-0000-4000-8000-000000000001")
META = Meta("desk", uuid5(STREAM, "command"), "API")

_SCALARS: dict[object, object] = {
    int: 7,
    bool: True,
    Decimal: Decimal("12.30"),
    date: date(2025, 3, 31),
    datetime: datetime(2025, 3, 31, 9, 30, tzinfo=UTC),
    UUID: uuid5(STREAM, "other"),
    NoneType: None,
}

WHOLE: dict[type, object] = {
    SpendingPlan: SpendingPlan(
        (
            Checkpoint(date(2025, 6, 30), Decimal("0.5")),
            Checkpoint(date(2025, 12, 31), Decimal(1)),
        )
    ),
}
"""Values whose own rules a made-up one would break."""


def domain_events() -> dict[str, EventClass]:
    """The concrete event classes of ``domain/``, by topic."""
    return {
        topic: event_class
        for topic, event_class in event_classes().items()
        if event_class.__module__.partition(".")[0] == "domain"
    }


def sample_event(event_class: EventClass, topic: str) -> DomainAggregate.Event:
    """Make an event with every field filled."""
    fields = {name: sample(hint, name) for name, hint in fields_of(event_class).items()}
    version = 2
    if issubclass(event_class, CanInitAggregate):
        fields["originator_topic"] = topic.rpartition(".")[0]
        version = 1
    return event_class(
        originator_id=STREAM, originator_version=version, timestamp=UNTIMED, **fields
    )


def sample(hint: Any, name: str) -> Any:
    """Make a value of a type; a text says which field it stands in."""
    if hint is str:
        return f"{name} 甲"
    if hint in _SCALARS:
        return _SCALARS[hint]
    if isinstance(hint, type):
        return _of_class(hint)
    make = _GENERICS[get_origin(hint)]
    return make(get_args(hint), name)


def _of_class(cls: Any) -> Any:
    if cls in WHOLE:
        return WHOLE[cls]
    if issubclass(cls, Enum):
        return next(iter(cls))
    hints = get_type_hints(cls)
    return cls(**{f.name: sample(hints[f.name], f.name) for f in dataclasses.fields(cls)})


def _tuple(args: tuple[Any, ...], name: str) -> Any:
    return tuple(sample(arg, name) for arg in args if arg is not Ellipsis)


_GENERICS: dict[object, Any] = {
    tuple: _tuple,
    dict: lambda args, name: {sample(args[0], name): sample(args[1], name)},
    Literal: lambda args, _: args[0],
    Union: lambda args, name: sample(args[0], name),
    UnionType: lambda args, name: sample(args[0], name),
}


def entry(mapper: EventMapper, event: DomainAggregate.Event) -> dict[str, Any]:
    """What is pinned of an event: its stored state, and what each field reads as."""
    return {
        "state": json.loads(mapper.encode(event, prepared_meta(META)).state),
        "reads": reads(event),
    }


def reads(event: DomainAggregate.Event) -> dict[str, Any]:
    """Each stored field as Python shows it, types and all."""
    return {name: _shown(getattr(event, name)) for name in fields_of(type(event))}


def agrees(pinned: Any, now: Any) -> bool:
    """Whether all that was pinned reads the same; fields may have come or gone since."""
    if isinstance(pinned, dict) and isinstance(now, dict):
        return all(agrees(pinned[name], now[name]) for name in pinned.keys() & now.keys())
    if isinstance(pinned, list) and isinstance(now, list):
        return len(pinned) == len(now) and all(map(agrees, pinned, now))
    return bool(pinned == now)


def _shown(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_shown(one) for one in value]
    if dataclasses.is_dataclass(value):
        return {f.name: _shown(getattr(value, f.name)) for f in dataclasses.fields(value)}
    return repr(value)
