"""The first event of a store: what it is for, and whose."""

from __future__ import annotations

from domain.errors import MonitoringError, NotOnRecordError
from domain.store import Store, StoreKind
from services.log.application import Log
from services.log.errors import ConcurrencyError
from services.log.meta import Meta


class RegionNotSetError(MonitoringError):
    """The first write of a real store has to know its region."""

    code = "region_not_set"

    def __init__(self) -> None:
        super().__init__("首次写入前请设置 JIXIAO_REGION 为本级财政区划代码（9位数字）。")


def store_on_record(log: Log) -> Store | None:
    """The store as founded, None while the log is empty."""
    try:
        return log.get(Store, Store.create_id())
    except NotOnRecordError:
        return None


def found(log: Log, kind: StoreKind, region: str, label: str, meta: Meta) -> Store:
    """Found an empty store, or make sure that it is of this kind; safe to repeat.

    Raises:
        WrongStoreError: it is of the other kind.
    """
    known = store_on_record(log)
    if known is None:
        try:
            log.save(store := Store(kind, region, label), meta=meta)
        except ConcurrencyError:
            known = log.get(Store, Store.create_id())
        else:
            return store
    known.require(kind)
    return known


def opened(log: Log, region: str | None, meta: Meta) -> Store:
    """The store on record, or a real one founded for the configured region.

    Raises:
        RegionNotSetError: nothing is on record and no region is configured.
    """
    known = store_on_record(log)
    if known is not None:
        return known
    if region is None:
        raise RegionNotSetError
    return found(log, StoreKind.REAL, region, "正式数据", meta)
