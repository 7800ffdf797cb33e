"""A toy aggregate with every kind of field an event may hold, and one for bulk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any, Literal
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import event

from domain.event import DomainAggregate
from services.log.meta import Meta

META = Meta(actor="desk", command_id=None, source="test")
NOON = datetime.fromisoformat("2025-06-30T12:00:00+08:00")


class Colour(StrEnum):
    RED = "红"
    GREEN = "绿"


class Size(IntEnum):
    SMALL = 1
    LARGE = 2


@dataclass(frozen=True, slots=True)
class Share:
    on: date
    share: Decimal
    note: str | None = None


@dataclass(frozen=True)
class Plan:
    shares: tuple[Share, ...]
    colours: tuple[Colour, ...] = ()
    main: Share | None = None


class Toy(DomainAggregate):
    """Holds one of each."""

    TOPIC = "toy"

    class Event(DomainAggregate.Event):
        """Anything recorded about a toy."""

    class Made(Event, DomainAggregate.Created):
        """One of each kind of field."""

        TOPIC = "toy.made"
        name: str
        amount: Decimal
        count: int
        fine: bool
        made_on: date
        made_at: datetime
        owner: UUID
        colour: Colour
        size: Size
        plan: Plan
        pair: tuple[int, str]
        kind: Literal["a", "b"]
        sums: dict[str, Decimal]
        remark: str | None
        checked_at: datetime | None

    Created = Made

    class Painted(Event):
        """A field that may be empty, and one with a default."""

        TOPIC = "toy.painted"
        colour: Colour | None
        cost: Decimal = Decimal(0)

    class Weighed(Event):
        """Once kept grams in one field, later kilograms in another, at last with a scale."""

        TOPIC = "toy.weighed"
        class_version = 3
        kilograms: Decimal
        scale: str

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            state["kilograms"] = str(Decimal(state.pop("grams")) / 1000)

        @staticmethod
        def upcast_v2_v3(state: dict[str, Any]) -> None:
            state["scale"] = "unknown"

    @event(Made)
    def __init__(
        self,
        name: str,
        amount: Decimal,
        count: int,
        fine: bool,
        made_on: date,
        made_at: datetime,
        owner: UUID,
        colour: Colour,
        size: Size,
        plan: Plan,
        pair: tuple[int, str],
        kind: Literal["a", "b"],
        sums: dict[str, Decimal],
        remark: str | None,
        checked_at: datetime | None,
    ) -> None:
        self.name, self.amount, self.count, self.fine = name, amount, count, fine
        self.made_on, self.made_at, self.owner = made_on, made_at, owner
        self.colour: Colour | None = colour
        self.size, self.plan, self.pair, self.kind = size, plan, pair, kind
        self.sums, self.remark, self.checked_at = sums, remark, checked_at
        self.cost = self.kilograms = Decimal(0)

    @event(Painted)
    def paint(self, colour: Colour | None, cost: Decimal) -> None:
        self.colour, self.cost = colour, cost

    @event(Weighed)
    def weigh(self, kilograms: Decimal, scale: str) -> None:  # noqa: ARG002  # stored only
        self.kilograms = kilograms


class Voucher(DomainAggregate):
    """One fact in a stream of its own, as payments are."""

    TOPIC = "voucher"

    class Event(DomainAggregate.Event):
        """Anything recorded about a voucher."""

    class Noted(Event, DomainAggregate.Created):
        """A voucher came in."""

        TOPIC = "voucher.noted"
        number: str
        amount: Decimal
        paid_on: date
        summary: str

    Created = Noted

    class Mended(Event):
        """Its amount was wrong."""

        TOPIC = "voucher.mended"
        amount: Decimal

    @event(Noted)
    def __init__(self, number: str, amount: Decimal, paid_on: date, summary: str) -> None:
        self.number, self.amount, self.paid_on, self.summary = number, amount, paid_on, summary

    @staticmethod
    def create_id(number: str) -> UUID:
        return uuid5(NAMESPACE_URL, f"voucher:{number}")

    @event(Mended)
    def mend(self, amount: Decimal) -> None:
        self.amount = amount


def voucher(number: object, summary: str = "项目款", amount: str = "123.45") -> Voucher:
    return Voucher(str(number), Decimal(amount), date(2025, 3, 1), summary)


def ticking(start: datetime = NOON) -> Callable[[], datetime]:
    """A clock that goes on by a second each time it is asked."""
    moments = [start]

    def tick() -> datetime:
        moments.append(moments[-1] + timedelta(seconds=1))
        return moments[-2]

    return tick
