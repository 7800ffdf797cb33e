"""Values of the domain as JSON documents in read tables, and back."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def as_document(value: object) -> str:
    """Write a value of the domain as JSON text."""
    return msgspec.json.encode(value).decode()


_decoders: dict[object, msgspec.json.Decoder[Any]] = {}


def from_document(kind: type[T], text: str) -> T:
    """Read a value of the domain back from JSON text."""
    decoder = _decoders.get(kind)
    if decoder is None:
        decoder = _decoders.setdefault(kind, msgspec.json.Decoder(kind))
    value: T = decoder.decode(text)
    return value


def plain(value: object) -> Any:  # noqa: ANN401  # JSON is whatever it is
    """Turn a value into plain JSON-able data."""
    return msgspec.to_builtins(value)
