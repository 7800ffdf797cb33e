"""Cutting a long batch of facts into appends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b

from eventsourcing.persistence import StoredEvent

from services.log.appending import MAX_BYTES, MAX_EVENTS, size_of

Stream = list[StoredEvent]
"""The events of one new aggregate."""


def chunks(streams: Iterable[Stream]) -> Iterator[list[Stream]]:
    """Cut at 5,000 events or 4 MB, never inside a stream; the same batch cuts the same way."""
    chunk: list[Stream] = []
    events = size = 0
    for stream in streams:
        events, size = events + len(stream), size + size_of(stream)
        if chunk and (events > MAX_EVENTS or size > MAX_BYTES):
            yield chunk
            chunk, events, size = [], len(stream), size_of(stream)
        if stream:
            chunk.append(stream)
    if chunk:
        yield chunk


def digest_of(chunk: list[Stream]) -> bytes:
    """What a chunk says, in 16 bytes."""
    content = blake2b(digest_size=16)
    for stream in chunk:
        for stored in stream:
            content.update(stored.originator_id.bytes)  # type: ignore[union-attr]
            content.update(stored.state)
    return content.digest()
