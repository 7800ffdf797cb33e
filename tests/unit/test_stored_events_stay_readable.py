"""What was stored once is read for ever: the golden file of every event class.

A class or a shape that is missing from it is added with ``python -m tests.golden.refresh``.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from eventsourcing.persistence import StoredEvent

from services.log.codec import EventMapper
from tests.golden.refresh import pinned
from tests.golden.samples import META, STREAM, agrees, domain_events, entry, reads

PINNED = pinned()
SHAPES = [(topic, number) for topic, shapes in PINNED.items() for number in range(len(shapes))]


@pytest.fixture(scope="module")
def mapper() -> EventMapper:
    """One mapper for all."""
    return EventMapper()


def stored(topic: str, shape: dict[str, Any]) -> StoredEvent:
    first = "originator_topic" in domain_events()[topic].__dataclass_fields__
    return StoredEvent(STREAM, 1 if first else 2, topic, json.dumps(shape["state"]).encode())


def test_every_event_class_of_the_domain_is_pinned() -> None:
    assert sorted(set(domain_events()) - set(PINNED)) == []


def test_no_event_class_ever_stored_is_gone() -> None:
    assert sorted(set(PINNED) - set(domain_events())) == []


@pytest.mark.parametrize(("topic", "number"), SHAPES)
def test_every_pinned_shape_reads_as_it_did(mapper: EventMapper, topic: str, number: int) -> None:
    shape = PINNED[topic][number]
    event, meta = mapper.decode(stored(topic, shape))
    assert meta == META
    assert agrees(shape["reads"], reads(event))


@pytest.mark.parametrize("topic", sorted(PINNED))
def test_the_last_pinned_shape_is_the_one_written_today(mapper: EventMapper, topic: str) -> None:
    shape = PINNED[topic][-1]
    event, _ = mapper.decode(stored(topic, shape))
    assert entry(mapper, event) == shape
