"""The first event of a store: what it is for, and whose."""

from __future__ import annotations

from domain.errors import NotOnRecordError
from domain.store import Store, StoreKind
from services.log.application import Log
from services.log.errors import ConcurrencyError
from services.log.meta import Meta


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
