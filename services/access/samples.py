"""What a store of made-up data tells whoever comes; a store of real data has nothing of ours."""

from __future__ import annotations

from domain.store import StoreKind
from services.founding import store_on_record
from services.log.application import Log

SAMPLE_PASSWORD = "Yanshi-2025"  # noqa: S105  # of made-up data, told on the sign-in page


def is_sample(log: Log) -> bool:
    """Whether the data of a store are made up."""
    store = store_on_record(log)
    return store is not None and store.kind is StoreKind.DEMO
