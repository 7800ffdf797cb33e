"""The accounts of a store of made-up data; a store of real data has none of ours."""

from __future__ import annotations

from dataclasses import dataclass

from domain.access.place import REGION, Place
from domain.access.role import Role
from domain.store import StoreKind
from services.founding import store_on_record
from services.log.application import Log

SAMPLE_PASSWORD = "Yanshi-2025"  # noqa: S105  # of made-up data, told on the sign-in page


@dataclass(frozen=True, slots=True)
class SampleAccount:
    """One login of a sample store."""

    login: str
    name: str
    role: Role
    place: Place = REGION


def samples_of(log: Log) -> tuple[SampleAccount, ...]:
    """The sample logins of a store, none where its data are real."""
    store = store_on_record(log)
    return SAMPLES if store is not None and store.kind is StoreKind.DEMO else ()


SAMPLES = (
    SampleAccount("admin", "财政管理员", Role.FINANCE_ADMINISTRATOR),
    SampleAccount("desk", "社保股", Role.FINANCE_DESK),
    SampleAccount("auditor", "审计员", Role.AUDITOR),
    SampleAccount("operator", "运维", Role.OPERATOR),
)
