"""The shape an event class is stored in: msgspec structs built from its type hints.

Two structs a class. The *strict* one is what the fields must really be when they come in:
a float where a Decimal belongs, a time without a zone or a list for a tuple never reaches
the log. The *plain* one has the domain's own classes and is what comes back.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum
from functools import cache, reduce
from operator import or_
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec

from services.log.catalogue import EventClass

NATIVE = (date, datetime, Decimal, UUID)
"""Types that come as themselves, never as the text they are stored as."""

OF_THE_STREAM = frozenset({"originator_id", "originator_version", "timestamp", "originator_topic"})
"""Attributes of the library's events that the row, the topic or a constant tells already."""

_SCALARS = frozenset({str, int, bool, NoneType, date, Decimal, UUID})
_ZONED = Annotated[datetime, msgspec.Meta(tz=True)]


def fields_of(event_class: EventClass) -> dict[str, Any]:
    """Name and type of each field that is stored, in the order they are declared."""
    hints = get_type_hints(event_class)
    return {
        field.name: hints[field.name]
        for field in dataclasses.fields(event_class)
        if field.name not in OF_THE_STREAM
    }


def strict_struct(event_class: EventClass) -> type[msgspec.Struct]:
    """What the fields of an event must be; TypeError where a type cannot be stored."""
    fields = [(name, strict(hint)) for name, hint in fields_of(event_class).items()]
    return msgspec.defstruct(event_class.__name__, fields, gc=False)


def plain_struct(event_class: EventClass) -> type[msgspec.Struct]:
    """What the fields of an event come back as; a field added later takes its default."""
    defaults = {field.name: _default(field) for field in dataclasses.fields(event_class)}
    fields = [(name, hint, defaults[name]) for name, hint in fields_of(event_class).items()]
    return msgspec.defstruct(
        event_class.__name__,
        [field if field[2] is not msgspec.NODEFAULT else field[:2] for field in fields],
        gc=False,
        kw_only=True,
        forbid_unknown_fields=True,
    )


def strict(hint: object) -> object:
    """Rebuild a type hint so that only the values themselves pass, at any depth."""
    if hint is datetime:
        return _ZONED
    if hint in _SCALARS or get_origin(hint) is Literal:
        return hint
    if isinstance(hint, type) and issubclass(hint, (StrEnum, IntEnum)):
        return hint  # a plain Enum's members do not pass as their values
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _strict_dataclass(hint)
    return _strict_generic(hint)


def _strict_generic(hint: object) -> object:
    build = _GENERICS.get(get_origin(hint))
    if build is None:
        message = f"no stored form for {hint!r}"
        raise TypeError(message)
    return build(get_args(hint))


def _union(args: tuple[object, ...]) -> object:
    return reduce(or_, map(strict, args))


def _tuple(args: tuple[object, ...]) -> object:
    return tuple.__class_getitem__(tuple(a if a is Ellipsis else strict(a) for a in args))


def _mapping(args: tuple[object, ...]) -> object:
    key, value = args
    return dict[strict(key), strict(value)]  # type: ignore[misc]


_GENERICS: dict[Any, Callable[[tuple[object, ...]], object]] = {
    Union: _union,
    UnionType: _union,
    tuple: _tuple,
    dict: _mapping,
}


@cache
def _strict_dataclass(cls: type) -> type[msgspec.Struct]:
    hints = get_type_hints(cls)
    fields = [(field.name, strict(hints[field.name])) for field in dataclasses.fields(cls)]
    return msgspec.defstruct(cls.__name__, fields, gc=False)


def _default(field: dataclasses.Field[object]) -> object:
    if field.default_factory is not dataclasses.MISSING:
        return msgspec.field(default_factory=field.default_factory)
    return msgspec.NODEFAULT if field.default is dataclasses.MISSING else field.default
