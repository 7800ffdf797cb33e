"""Events to plain JSON and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from eventsourcing.domain import CanMutateAggregate, event
from eventsourcing.persistence import StoredEvent
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.event import DomainAggregate
from services.log.codec import EventMapper, prepared_meta
from services.log.errors import EventNotStorableError, UnreadableEventError
from services.log.meta import Meta
from tests.toys import META, Colour, Plan, Share, Size, Toy, voucher

MAPPER = EventMapper()
STREAM = UUID("5f0f0f0f-0000-4000-8000-000000000001")

decimals = st.decimals(allow_nan=False, allow_infinity=False, places=4)
moments = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001  # Hypothesis adds the zone
    timezones=st.sampled_from([UTC, datetime.fromisoformat("2025-01-01T00:00+08:00").tzinfo]),
)
shares = st.builds(Share, on=st.dates(), share=decimals, note=st.none() | st.text())
plans = st.builds(
    Plan,
    shares=st.lists(shares, max_size=3).map(tuple),
    colours=st.lists(st.sampled_from(Colour), max_size=3).map(tuple),
    main=st.none() | shares,
)
toys = st.builds(
    Toy,
    name=st.text(),
    amount=decimals,
    count=st.integers(-(2**63), 2**63 - 1),
    fine=st.booleans(),
    made_on=st.dates(),
    made_at=moments,
    owner=st.uuids(),
    colour=st.sampled_from(Colour),
    size=st.sampled_from(Size),
    plan=plans,
    pair=st.tuples(st.integers(-9, 9), st.text()),
    kind=st.sampled_from(["a", "b"]),
    sums=st.dictionaries(st.text(), decimals, max_size=3),
    remark=st.none() | st.text(),
    checked_at=st.none() | moments,
)


def stored(events: Sequence[CanMutateAggregate[UUID]], meta: Meta = META) -> list[StoredEvent]:
    prepared = prepared_meta(meta)
    return [MAPPER.encode(one, prepared) for one in events]


def replayed(rows: list[StoredEvent]) -> DomainAggregate:
    aggregate: Any = None
    for row in rows:
        aggregate = MAPPER.to_domain_event(row).mutate(aggregate)
    assert isinstance(aggregate, DomainAggregate)
    return aggregate


def toy(**changes: Any) -> Toy:
    fields: dict[str, Any] = {
        "name": "木马",
        "amount": Decimal("12.30"),
        "count": 3,
        "fine": True,
        "made_on": date(2025, 3, 1),
        "made_at": datetime(2025, 3, 1, 8, tzinfo=UTC),
        "owner": STREAM,
        "colour": Colour.RED,
        "size": Size.LARGE,
        "plan": Plan((Share(date(2025, 6, 30), Decimal("0.5")),), (Colour.GREEN,)),
        "pair": (1, "x"),
        "kind": "a",
        "sums": {"甲": Decimal(1)},
        "remark": None,
        "checked_at": None,
    }
    return Toy(**(fields | changes))


@settings(deadline=None)  # the first example imports the whole domain
@given(toys, st.none() | st.sampled_from(Colour), decimals)
def test_what_is_stored_comes_back_equal_and_replays_to_the_live_aggregate(
    live: Toy, colour: Colour | None, weight: Decimal
) -> None:
    live.paint(colour, Decimal(1))
    live.weigh(weight, "old")
    events = live.collect_events()
    rows = stored(events)
    assert [MAPPER.decode(row) for row in rows] == [(one, META) for one in events]
    assert replayed(rows) == live


@settings(deadline=None)
@given(st.text(), st.none() | st.uuids(), st.text())
def test_metadata_come_back_equal(actor: str, command_id: UUID | None, source: str) -> None:
    meta = Meta(actor, command_id, source)
    [row] = stored(voucher(1).pending_events, meta)
    assert MAPPER.decode(row)[1] == meta
    assert b"filler" not in row.state


def test_who_filled_in_stands_in_the_metadata_where_somebody_did() -> None:
    meta = Meta("unit", None, "screen", uuid4())
    [row] = stored(voucher(1).pending_events, meta)
    assert MAPPER.decode(row)[1] == meta


def test_a_state_is_plain_json_that_an_auditor_can_read() -> None:
    command_id = uuid4()
    [row] = stored(toy().pending_events, Meta("desk", command_id, "API"))
    assert json.loads(row.state) == {
        "v": 1,
        "meta": {"actor": "desk", "command_id": str(command_id), "source": "API"},
        "data": {
            "name": "木马",
            "amount": "12.30",
            "count": 3,
            "fine": True,
            "made_on": "2025-03-01",
            "made_at": "2025-03-01T08:00:00Z",
            "owner": str(STREAM),
            "colour": "红",
            "size": 2,
            "plan": {
                "shares": [{"on": "2025-06-30", "share": "0.5", "note": None}],
                "colours": ["绿"],
                "main": None,
            },
            "pair": [1, "x"],
            "kind": "a",
            "sums": {"甲": "1"},
            "remark": None,
            "checked_at": None,
        },
    }


def test_decimals_keep_their_places() -> None:
    [row] = stored(toy(amount=Decimal("1.200")).pending_events)
    assert str(replayed([row]).amount) == "1.200"  # type: ignore[attr-defined]  # a toy's


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", 12.3),
        ("amount", 12),
        ("amount", "12.3"),
        ("count", 3.0),
        ("count", True),
        ("name", 1.5),
        ("fine", 1),
        ("made_at", datetime(2025, 3, 1)),  # noqa: DTZ001  # what is refused
        ("checked_at", datetime(2025, 3, 1)),  # noqa: DTZ001  # what is refused
        ("made_on", datetime(2025, 3, 1, tzinfo=UTC)),
        ("made_on", "2025-03-01"),
        ("owner", str(STREAM)),
        ("colour", "蓝"),
        ("kind", "c"),
        ("name", None),
        ("pair", (1, "x", 2)),
        ("sums", {"甲": 0.1}),
        ("plan", Plan((Share(date(2025, 6, 30), 0.5),))),  # type: ignore[arg-type]
        ("plan", None),
    ],
)
def test_a_value_that_would_not_come_back_is_refused(field: str, value: object) -> None:
    with pytest.raises(EventNotStorableError, match=field):
        stored(toy(**{field: value}).pending_events)


class Leaky(DomainAggregate):
    """Events whose types the log does not take."""

    TOPIC = "leaky"

    class Event(DomainAggregate.Event):
        """Anything recorded about a leak."""

    class Sprung(Event, DomainAggregate.Created):
        """A float has no place in an event."""

        TOPIC = "leaky.sprung"
        litres: float

    Created = Sprung

    @event(Sprung)
    def __init__(self, litres: float) -> None:
        self.litres = litres


def test_a_float_is_refused_by_its_type() -> None:
    with pytest.raises(EventNotStorableError, match="float"):
        stored(Leaky(0.5).pending_events)


class Stray(DomainAggregate):
    """An aggregate whose first event is filed under another name."""

    TOPIC = "stray"

    class Event(DomainAggregate.Event):
        """Anything recorded about a stray."""

    class Found(Event, DomainAggregate.Created):
        """No aggregate is called ``lost``."""

        TOPIC = "lost.found"

    Created = Found

    @event(Found)
    def __init__(self) -> None:
        """Nothing to set."""


def test_a_first_event_is_filed_under_its_aggregate() -> None:
    with pytest.raises(EventNotStorableError, match="lost"):
        stored(Stray().pending_events)


def weighed(version: int, data: dict[str, Any]) -> StoredEvent:
    meta = {"actor": "desk", "command_id": None, "source": "test"}
    state = json.dumps({"v": version, "meta": meta, "data": data}).encode()
    return StoredEvent(STREAM, 2, "toy.weighed", state)


@pytest.mark.parametrize(
    ("version", "data"),
    [
        (1, {"grams": "1500"}),
        (2, {"kilograms": "1.5"}),
        (3, {"kilograms": "1.5", "scale": "unknown"}),
    ],
)
def test_every_earlier_shape_is_lifted_to_the_present_one(
    version: int, data: dict[str, Any]
) -> None:
    event, meta = MAPPER.decode(weighed(version, data))
    assert isinstance(event, Toy.Weighed)
    assert (event.kilograms, event.scale, meta) == (Decimal("1.5"), "unknown", META)


def test_a_field_added_later_takes_its_default() -> None:
    row = weighed(1, {"colour": None})
    painted, _ = MAPPER.decode(StoredEvent(STREAM, 2, "toy.painted", row.state))
    assert isinstance(painted, Toy.Painted)
    assert (painted.colour, painted.cost) == (None, Decimal(0))


@pytest.mark.parametrize(
    "row",
    [
        StoredEvent(STREAM, 7, "nobody.knows", b"{}"),
        StoredEvent(STREAM, 7, "toy.weighed", b"{"),
        StoredEvent(STREAM, 7, "toy.weighed", b"[]"),
        weighed(4, {"kilograms": "1.5", "scale": "x"}),
        weighed(3, {"kilograms": "1.5"}),
        weighed(3, {"kilograms": "much", "scale": "x"}),
        weighed(3, {"kilograms": "1.5", "scale": "x", "colour": "红"}),
        weighed(1, {}),
    ],
)
def test_what_cannot_be_read_says_which_event_it_is(row: StoredEvent) -> None:
    with pytest.raises(UnreadableEventError) as refusal:
        MAPPER.decode(row)
    named = (refusal.value.topic, refusal.value.stream_id, refusal.value.version)
    assert named == (row.topic, STREAM, row.originator_version)


def test_no_event_is_stored_without_metadata() -> None:
    with pytest.raises(EventNotStorableError, match="metadata"):
        MAPPER.to_stored_event(voucher(1).pending_events[0])
