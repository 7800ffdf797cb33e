"""Writers in processes of their own, for races at the log."""

from __future__ import annotations

import random
from decimal import Decimal

from domain.event import DomainAggregate
from services.log.application import Log
from services.log.errors import ConcurrencyError
from services.log.recorder import utc_now
from tests.toys import META, Voucher, voucher


def write(conninfo: str, writer: int, events: int) -> None:
    """Append events in batches of 1 to 60, each a stream of its own."""
    sizes = random.Random(writer)  # noqa: S311  # the same race each time
    with Log(conninfo, clock=utc_now, pool_size=1) as log:
        written = 0
        while written < events:
            size = min(sizes.randint(1, 60), events - written)
            batch: list[DomainAggregate] = [voucher(f"{writer}-{written + n}") for n in range(size)]
            log.save(*batch, meta=META)
            written += size


def raise_by_one(conninfo: str, number: str, times: int) -> None:
    """Raise a voucher's amount by one, as often as asked, against all others who do."""
    with Log(conninfo, clock=utc_now, pool_size=1) as log:
        for _ in range(times):
            while True:
                thing = log.get(Voucher, Voucher.create_id(number))
                thing.mend(thing.amount + Decimal(1))
                try:
                    log.save(thing, meta=META)
                except ConcurrencyError:
                    continue
                break
