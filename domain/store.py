"""What kind of store this log is: a demo or a real one, from its first event on (rules §1)."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from eventsourcing.domain import event

from domain.errors import MonitoringError
from domain.event import DomainAggregate
from domain.identity import derived_id


class StoreKind(StrEnum):
    """Synthetic or real; never both."""

    DEMO = "demo"
    REAL = "real"


class WrongStoreError(MonitoringError):
    """The store is of the other kind."""

    code = "wrong_store"

    def __init__(self, known: StoreKind, wanted: StoreKind) -> None:
        words = {StoreKind.DEMO: "演示数据（虚构）", StoreKind.REAL: "正式数据"}
        super().__init__(
            f"本数据目录存放的是{words[known]}，不能用于{words[wanted]}。"
            f"请用 JIXIAO_DATA_DIR 另指一个空目录。"
        )


class Store(DomainAggregate):
    """The first stream of every log."""

    TOPIC = "store"

    class Event(DomainAggregate.Event):
        """Anything recorded about the store."""

    class Founded(Event, DomainAggregate.Created):
        """数据库已建立."""

        TOPIC = "store.founded"
        kind: StoreKind
        region: str
        label: str

    Created = Founded

    @event(Founded)
    def __init__(self, kind: StoreKind, region: str, label: str) -> None:
        self.kind = kind
        self.region = region
        self.label = label

    @staticmethod
    def create_id() -> UUID:
        """There is one."""
        return derived_id("store")

    def require(self, wanted: StoreKind) -> None:
        """Refuse to mix synthetic and real data.

        Raises:
            WrongStoreError: the store is of the other kind.
        """
        if self.kind is not wanted:
            raise WrongStoreError(self.kind, wanted)
